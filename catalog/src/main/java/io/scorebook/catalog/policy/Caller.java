package io.scorebook.catalog.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Who asks: what policies are held against, and what the audit remembers. It carries no secret.
///
/// Two callers that are equal may see the same, so that a caller may key what was made for one.
///
/// @param name of the key, or of the person or program that the token was issued to
/// @param groups that grants name
/// @param attributes that row filters compare with, as `team` to `[BOS, LAL]`
/// @param purpose what the answer is for, where the caller says so and may say so
public record Caller(
    String name,
    Set<String> groups,
    Map<String, List<String>> attributes,
    Optional<String> purpose) {

  /// The group of those to whom the home belongs, who see all. It comes with the home alone: no key
  /// and no claim of a token puts a caller into it.
  public static final String OWNERS = "owners";

  /// The group of those who publish domains.
  public static final String PUBLISHERS = "publishers";

  /// The group of those who look after what is published, and see who read what.
  public static final String STEWARDS = "stewards";

  public Caller {
    if (name.isBlank()) {
      throw new IllegalArgumentException("Invalid caller: must have a name");
    }
    groups = java.util.Collections.unmodifiableSet(new TreeSet<>(groups));
    attributes =
        java.util.Collections.unmodifiableMap(
            attributes.entrySet().stream()
                .collect(
                    Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> List.copyOf(entry.getValue()),
                        (one, _) -> one,
                        TreeMap::new)));
  }

  /// In groups alone.
  public static Caller of(String name, String... groups) {
    return new Caller(name, Set.of(groups), Map.of(), Optional.empty());
  }

  /// Who has the home's files before him: a policy could keep nothing from him.
  public static Caller local() {
    return of("local", OWNERS);
  }

  /// Who has the home's own token, which lies among its files.
  public static Caller token() {
    return of("token", OWNERS);
  }

  /// Whether he sees versions that are not for others yet.
  public boolean seesDrafts() {
    return seesAll() || groups.contains(PUBLISHERS) || groups.contains(STEWARDS);
  }

  /// Whether the home is the caller's own, so that policies hide nothing.
  public boolean seesAll() {
    return groups.contains(OWNERS);
  }

  /// The same one, asking for something.
  public Caller withPurpose(Optional<String> other) {
    return new Caller(name, groups, attributes, other);
  }
}
