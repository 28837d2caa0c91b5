package io.scorebook.catalog.load;

import java.util.Collection;
import java.util.stream.Collectors;

/// Pieces of SQL.
final class Sql {
  private Sql() {}

  static String name(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  static String text(String text) {
    return '\'' + text.replace("'", "''") + '\'';
  }

  static String names(Collection<String> identifiers) {
    return identifiers.stream().map(Sql::name).collect(Collectors.joining(", "));
  }

  /// `alias."a", alias."b"`.
  static String names(String alias, Collection<String> identifiers) {
    return identifiers.stream()
        .map(identifier -> alias + "." + name(identifier))
        .collect(Collectors.joining(", "));
  }
}
