package io.scorebook.catalog.store;

import java.util.regex.Pattern;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;

/// The name of a table: its domain's namespace and its own name, as in `basketball.games`.
public record TableName(String namespace, String name) implements Comparable<TableName> {
  private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  public TableName {
    if (!isWord(namespace) || !isWord(name)) {
      throw new IllegalArgumentException(
          "Invalid table name '%s.%s': must be letters, digits and underscores"
              .formatted(namespace, name));
    }
  }

  /// Whether the text can be a namespace, the name of a table or of a column.
  public static boolean isWord(String text) {
    return WORD.matcher(text).matches();
  }

  /// Reads `namespace.name`.
  public static TableName parse(String text) {
    int dot = text.indexOf('.');
    if (dot < 0) {
      throw new IllegalArgumentException(
          "Invalid table name '%s': must be NAMESPACE.NAME".formatted(text));
    }
    return new TableName(text.substring(0, dot), text.substring(dot + 1));
  }

  /// The table that holds the rejected rows of this one.
  public TableName quarantine() {
    return new TableName(namespace, name + "__quarantine");
  }

  public TableIdentifier identifier() {
    return TableIdentifier.of(Namespace.of(namespace), name);
  }

  @Override
  public int compareTo(TableName other) {
    int byNamespace = namespace.compareTo(other.namespace);
    return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return namespace + "." + name;
  }
}
