package io.scorebook.engine.compare;

import io.scorebook.catalog.policy.Audience;
import io.scorebook.catalog.policy.Grant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Whom rules concern, group by group.
final class Reach {
  static final Audience EVERYONE = Audience.of(Set.of(Grant.EVERYONE));

  private Reach() {}

  /// The groups of an audience that none of the others has, for all of its purposes.
  static Set<String> beyond(Audience audience, List<Audience> others) {
    var beyond = new TreeSet<>(audience.who());
    beyond.removeIf(
        group -> others.stream().anyMatch(other -> has(other, group, audience.purposes())));
    return beyond;
  }

  static Set<String> beyond(Audience audience, Audience other) {
    return beyond(audience, List.of(other));
  }

  private static boolean has(Audience audience, String group, Set<String> purposes) {
    return (audience.who().contains(Grant.EVERYONE) || audience.who().contains(group))
        && (audience.purposes().isEmpty()
            || !purposes.isEmpty() && audience.purposes().containsAll(purposes));
  }

  /// Whether someone of these groups may be concerned.
  static boolean hasSome(Audience audience, Set<String> groups) {
    return audience.who().contains(Grant.EVERYONE)
        || groups.contains(Grant.EVERYONE)
        || groups.stream().anyMatch(audience.who()::contains);
  }

  static String words(Set<String> groups) {
    return groups.contains(Grant.EVERYONE) ? "everyone" : String.join(", ", new TreeSet<>(groups));
  }

  static String words(Audience audience) {
    return words(audience.who())
        + (audience.purposes().isEmpty()
            ? ""
            : " for " + String.join(", ", new TreeSet<>(audience.purposes())));
  }

  /// What is said of those whom a rule leaves alone; empty where there are none.
  static String but(Audience except) {
    return except.who().isEmpty() ? "" : ", but for " + words(except);
  }
}
