package io.scorebook.catalog.policy;

import io.scorebook.documents.Location;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Leave for some groups to read some things.
///
/// @param who names of groups, or [#EVERYONE]
/// @param on the names of each kind of thing, or [#EVERYTHING]; a kind that is absent is not
///   granted
public record Grant(
    Set<String> who, Map<Kind, Set<String>> on, Optional<String> description, Location location) {

  /// Stands for all groups, and for those who are in none.
  public static final String EVERYONE = "*";

  /// Stands for all things of a kind.
  public static final String EVERYTHING = "*";

  public Grant {
    who = Set.copyOf(who);
    var kinds = new EnumMap<Kind, Set<String>>(Kind.class);
    on.forEach((kind, names) -> kinds.put(kind, Set.copyOf(names)));
    on = Map.copyOf(kinds);
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

  boolean allows(Set<String> groups, Kind kind, String name) {
    Set<String> names = on.getOrDefault(kind, Set.of());
    boolean concerns =
        who.contains(EVERYONE) || groups.stream().anyMatch(group -> who.contains(group));
    return concerns
        && (names.contains(EVERYTHING) || names.stream().anyMatch(name::equalsIgnoreCase));
  }
}
