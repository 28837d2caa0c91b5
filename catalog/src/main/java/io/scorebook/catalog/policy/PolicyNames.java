package io.scorebook.catalog.policy;

import io.scorebook.documents.Findings;
import io.scorebook.documents.Suggestions;
import io.scorebook.documents.Value;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The names of groups, purposes and attributes in a policies document: each has to be declared in
/// it, so that a misspelt one is found rather than believed. Only where a document has nothing but
/// grants may it name groups without declaring them.
final class PolicyNames {
  private final Findings findings;
  private final Optional<Set<String>> groups;
  private final Set<String> purposes;
  private final Set<String> attributes;

  private PolicyNames(
      Findings findings,
      Optional<Set<String>> groups,
      Set<String> purposes,
      Set<String> attributes) {
    this.findings = findings;
    this.groups = groups;
    this.purposes = purposes;
    this.attributes = attributes;
  }

  static PolicyNames declared(Value.Mapping document, Findings findings) {
    boolean needed =
        document.entries().containsKey("tables") || document.entries().containsKey("metrics");
    if (needed && !document.entries().containsKey("groups")) {
      findings.error(
          document.location(),
          "Cannot find the required 'groups'",
          "list the names of all groups that the rules name, so that a misspelt one is found");
    }
    return new PolicyNames(
        findings,
        document.entries().containsKey("groups") || needed
            ? Optional.of(Set.copyOf(document.texts("groups", findings)))
            : Optional.empty(),
        Set.copyOf(document.texts("purposes", findings)),
        Set.copyOf(document.texts("attributes", findings)));
  }

  /// A list of groups that must be there, or of `*` alone.
  Optional<Set<String>> groups(Value.Mapping mapping, String key) {
    Optional<Set<String>> found = list(mapping, key, "group");
    found.ifPresent(list ->
        list.stream()
            .filter(name -> !name.equals(Grant.EVERYONE) && !name.equals(Caller.OWNERS))
            .forEach(name ->
                groups.ifPresent(known -> check(mapping, key, "group", name, known, "groups"))));
    return found;
  }

  /// The purposes of a rule; none where it has none.
  Set<String> purposes(Value.Mapping mapping) {
    if (!mapping.entries().containsKey("purpose")) {
      return Set.of();
    }
    Set<String> found = list(mapping, "purpose", "purpose").orElse(Set.of());
    found.forEach(name -> check(mapping, "purpose", "purpose", name, purposes, "purposes"));
    return found;
  }

  /// Those for whom a rule does not hold.
  Audience except(Value.Mapping mapping) {
    Set<String> purpose = purposes(mapping);
    if (!mapping.entries().containsKey("except")) {
      if (!purpose.isEmpty()) {
        findings.error(
            mapping.locationOf("purpose"),
            "Cannot use 'purpose' without 'except': it says for what the exception is");
      }
      return Audience.NOBODY;
    }
    Set<String> who = groups(mapping, "except").orElse(Set.of());
    if (who.contains(Grant.EVERYONE) && purpose.isEmpty()) {
      findings.error(
          mapping.locationOf("except"),
          "Cannot except everyone: the rule would hold for nobody",
          "remove the rule");
    }
    return new Audience(who, purpose);
  }

  /// A list of names, or of `*` alone.
  Optional<Set<String>> list(Value.Mapping mapping, String key, String what) {
    List<String> names = mapping.texts(key, findings);
    if (names.isEmpty()) {
      findings.error(
          mapping.locationOf(key),
          "Cannot find a %s in '%s'".formatted(what, key),
          "list names, or write [\"*\"] for all");
      return Optional.empty();
    }
    for (String name : names) {
      boolean isPattern = name.contains("*") && !name.equals(Grant.EVERYTHING);
      if (isPattern || name.isBlank() || (name.equals(Grant.EVERYTHING) && names.size() > 1)) {
        findings.error(
            mapping.locationOf(key),
            "Cannot use '%s' in '%s'".formatted(name, key),
            "list full names, or write [\"*\"] alone");
      }
    }
    return Optional.of(new HashSet<>(names));
  }

  /// An attribute that nobody has would show nobody anything.
  void checkAttributes(Collection<TableRules> tables) {
    for (TableRules table : tables) {
      for (RowRule rule : table.rows().orElse(List.of())) {
        rule.attributes().stream()
            .filter(name -> !attributes.contains(name))
            .forEach(name ->
                findings.error(
                    rule.location(),
                    "Cannot find the attribute 'caller.%s' in 'attributes'".formatted(name),
                    attributes.isEmpty()
                        ? "list the attributes of callers that the rules name"
                        : Suggestions.clause(name, attributes)));
      }
    }
  }

  private void check(
      Value.Mapping mapping,
      String key,
      String what,
      String name,
      Set<String> known,
      String declared) {
    if (!known.contains(name)) {
      findings.error(
          mapping.locationOf(key),
          "Cannot find the %s '%s' in '%s'".formatted(what, name, declared),
          Suggestions.clause(name, known));
    }
  }
}
