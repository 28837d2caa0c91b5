package io.scorebook.catalog.policy;

import io.scorebook.documents.Location;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Leave for some groups to read some things.
///
/// @param on the names of each kind of thing, or [#EVERYTHING]; a kind that is absent is not
///   granted
public record Grant(
    Audience audience, Map<Kind, Set<String>> on, Optional<String> description, Location location) {

  /// Stands for all groups, and for those who are in none.
  public static final String EVERYONE = "*";

  /// Stands for all things of a kind.
  public static final String EVERYTHING = "*";

  public Grant {
    var kinds = new EnumMap<Kind, Set<String>>(Kind.class);
    on.forEach((kind, names) -> kinds.put(kind, Set.copyOf(names)));
    on = Map.copyOf(kinds);
  }

  /// The groups that it is for, or [#EVERYONE].
  public Set<String> who() {
    return audience.who();
  }

  /// What can be granted.
  public enum Kind {
    PRODUCT,
    DATASET,
    METRIC;

    /// The key under which a document lists the names.
    public String key() {
      return name().toLowerCase(Locale.ROOT) + "s";
    }
  }

  boolean isOn(Kind kind, String name) {
    Set<String> names = on.getOrDefault(kind, Set.of());
    return names.contains(EVERYTHING) || names.stream().anyMatch(name::equalsIgnoreCase);
  }
}
