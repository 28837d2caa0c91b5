package io.scorebook.catalog.policy;

import io.scorebook.documents.Findings;
import io.scorebook.documents.Value;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads the grants of a policies document.
final class PolicyReader {
  private static final Set<String> KEYS = Set.of("version", "description", "grants");
  private static final Set<String> GRANT_KEYS = Set.of("who", "on", "description");

  /// What a writer may want that cannot be enforced yet, without case, `_` and `-`.
  private static final Set<String> NOT_ENFORCED =
      Set.of(
          "rowfilter",
          "rowfilters",
          "filter",
          "filters",
          "where",
          "rows",
          "mask",
          "masks",
          "columnmask",
          "columnmasks",
          "columns",
          "deny",
          "denies",
          "except");

  private final Findings findings;

  private PolicyReader(Findings findings) {
    this.findings = findings;
  }

  static Optional<Policies> read(Optional<Value> root, Findings findings) {
    var own = new Findings();
    Optional<Policies> policies =
        root.flatMap(value -> value.asMapping("document", own))
            .map(document -> new PolicyReader(own).read(document));
    own.toList().forEach(findings::add);
    return own.hasErrors() ? Optional.empty() : policies;
  }

  private Policies read(Value.Mapping document) {
    allowOnly(document, KEYS);
    document.findText("version", findings);
    document.findText("description", findings);
    if (!document.entries().containsKey("grants")) {
      findings.error(
          document.location(),
          "Cannot find the required 'grants'",
          "write grants: [] to grant nothing");
    }
    return new Policies(
        document.mappings("grants", findings).stream()
            .flatMap(grant -> readGrant(grant).stream())
            .toList());
  }

  private Optional<Grant> readGrant(Value.Mapping grant) {
    allowOnly(grant, GRANT_KEYS);
    Optional<Set<String>> who = names(grant, "who", "group");
    Map<Grant.Kind, Set<String>> on = new EnumMap<>(Grant.Kind.class);
    Optional<Value.Mapping> things = grant.findMapping("on", findings);
    if (grant.find("on").isEmpty()) {
      findings.error(grant.location(), "Cannot find the required 'on'");
    }
    things.ifPresent(keys -> {
      allowOnly(
          keys, Stream.of(Grant.Kind.values()).map(Grant.Kind::key).collect(Collectors.toSet()));
      for (Grant.Kind kind : Grant.Kind.values()) {
        if (keys.find(kind.key()).isPresent()) {
          names(keys, kind.key(), "name").ifPresent(names -> on.put(kind, names));
        }
      }
      if (keys.entries().isEmpty()) {
        findings.error(keys.location(), "Cannot use a grant on nothing");
      }
    });
    Optional<String> description = grant.findText("description", findings);
    return who.filter(_ -> things.isPresent())
        .map(groups -> new Grant(groups, on, description, grant.location()));
  }

  /// A list of names, or of `*` alone.
  private Optional<Set<String>> names(Value.Mapping mapping, String key, String what) {
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

  private void allowOnly(Value.Mapping mapping, Set<String> known) {
    Set<String> told = new HashSet<>(known);
    for (String key : mapping.entries().keySet()) {
      String plain = key.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
      if (NOT_ENFORCED.contains(plain)) {
        findings.error(
            mapping.locationOf(key),
            "Cannot enforce '%s': there are grants only, no row filters, masks or denials"
                .formatted(key),
            "remove it, and what it protects from the grants");
        told.add(key);
      }
    }
    mapping.allowOnly(told, findings);
  }
}
