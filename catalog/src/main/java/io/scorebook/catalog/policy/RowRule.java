package io.scorebook.catalog.policy;

import io.scorebook.documents.Location;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/// Which rows of a table some may read.
///
/// @param name what provenance calls it
/// @param effect whether it shows rows, or keeps back what others show
/// @param condition SQL over the table's columns and the attributes of who asks, `caller.x`
public record RowRule(
    String name, Audience audience, Effect effect, String condition, Location location) {

  private static final Pattern ATTRIBUTE =
      Pattern.compile("(?<![\\w.])\"?caller\"?\\s*\\.\\s*\"?(\\w+)", Pattern.CASE_INSENSITIVE);

  /// What a rule does with the rows for which its condition holds.
  public enum Effect {
    /// Shows them. Of several such rules one is enough.
    LETS("where"),
    /// Keeps back all others, whatever shows them.
    NARROWS("only");

    private final String key;

    Effect(String key) {
      this.key = key;
    }

    /// The key under which a document has the condition.
    public String key() {
      return key;
    }
  }

  /// The attributes that the condition may name.
  public Set<String> attributes() {
    var names = new LinkedHashSet<String>();
    ATTRIBUTE.matcher(condition).results().forEach(found -> names.add(found.group(1)));
    return names;
  }

  /// Whether the condition holds for all rows.
  public boolean isAlwaysTrue() {
    return condition.strip().equalsIgnoreCase("TRUE");
  }
}
