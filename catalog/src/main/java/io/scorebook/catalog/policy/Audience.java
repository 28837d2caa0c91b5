package io.scorebook.catalog.policy;

import java.util.Set;

/// Whom a rule concerns, and for what.
///
/// @param who names of groups, or [Grant#EVERYONE]
/// @param purposes of which the caller must state one; where there is none, any purpose and no
///   purpose will do
public record Audience(Set<String> who, Set<String> purposes) {

  /// Nobody.
  public static final Audience NOBODY = new Audience(Set.of(), Set.of());

  public Audience {
    who = Set.copyOf(who);
    purposes = Set.copyOf(purposes);
  }

  public static Audience of(Set<String> who) {
    return new Audience(who, Set.of());
  }

  boolean concerns(Caller caller) {
    return concerns(caller.groups())
        && (purposes.isEmpty() || caller.purpose().filter(purposes::contains).isPresent());
  }

  /// Whether someone of these groups is concerned, for one purpose or another.
  boolean concerns(Set<String> groups) {
    return who.contains(Grant.EVERYONE) || groups.stream().anyMatch(who::contains);
  }
}
