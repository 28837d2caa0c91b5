package io.scorebook.catalog.policy;

import io.scorebook.documents.Findings;
import io.scorebook.documents.Value;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads a policies document: its grants, and by [TableRulesReader] what holds below them.
///
/// What is not known is refused. A word that were passed over would be a rule that its writer
/// believes in and nobody keeps.
final class PolicyReader {
  private static final Set<String> KEYS =
      Set.of(
          "version",
          "description",
          "groups",
          "purposes",
          "attributes",
          "grants",
          "tables",
          "metrics");
  private static final Set<String> GRANT_KEYS = Set.of("who", "purpose", "on", "description");
  private static final Set<String> SIZE_KEYS =
      Set.of("minimumGroupSize", "of", "except", "purpose", "description");

  private final Findings findings;
  private final PolicyNames names;

  private PolicyReader(Findings findings, PolicyNames names) {
    this.findings = findings;
    this.names = names;
  }

  static Optional<Policies> read(Optional<Value> root, Findings findings) {
    var own = new Findings();
    Optional<Policies> policies =
        root.flatMap(value -> value.asMapping("document", own))
            .map(document ->
                new PolicyReader(own, PolicyNames.declared(document, own)).read(document));
    own.toList().forEach(findings::add);
    return own.hasErrors() ? Optional.empty() : policies;
  }

  private Policies read(Value.Mapping document) {
    document.allowOnly(KEYS, findings);
    document.findText("version", findings);
    document.findText("description", findings);
    if (!document.entries().containsKey("grants")) {
      findings.error(
          document.location(),
          "Cannot find the required 'grants'",
          "write grants: [] to grant nothing");
    }
    List<Grant> grants =
        document.mappings("grants", findings).stream()
            .flatMap(grant -> readGrant(grant).stream())
            .toList();
    var tables = new HashMap<String, TableRules>();
    mapping(document, "tables")
        .forEach((name, rules) ->
            new TableRulesReader(findings, names)
                .read(name, rules)
                .ifPresent(read -> tables.put(name, read)));
    var sizes = new HashMap<String, GroupSizeRule>();
    mapping(document, "metrics")
        .forEach(
            (name, rule) -> readSize(name, rule).ifPresent(read -> sizes.put(read.metric(), read)));
    names.checkAttributes(tables.values());
    return new Policies(grants, tables, sizes);
  }

  private Map<String, Value.Mapping> mapping(Value.Mapping document, String key) {
    var found = new java.util.LinkedHashMap<String, Value.Mapping>();
    if (document.entries().containsKey(key) && document.find(key).isEmpty()) {
      findings.error(document.locationOf(key), "Cannot use '%s' without a value".formatted(key));
    }
    document
        .findMapping(key, findings)
        .ifPresent(of ->
            of.entries()
                .forEach((name, value) ->
                    value
                        .asMapping("'%s' of '%s'".formatted(name, key), findings)
                        .ifPresent(rules -> found.put(name, rules))));
    return found;
  }

  private Optional<Grant> readGrant(Value.Mapping grant) {
    grant.allowOnly(GRANT_KEYS, findings);
    Optional<Set<String>> who = names.groups(grant, "who");
    Set<String> purposes = names.purposes(grant);
    Map<Grant.Kind, Set<String>> on = new EnumMap<>(Grant.Kind.class);
    Optional<Value.Mapping> things = grant.findMapping("on", findings);
    if (grant.find("on").isEmpty()) {
      findings.error(grant.location(), "Cannot find the required 'on'");
    }
    things.ifPresent(keys -> {
      keys.allowOnly(
          Stream.of(Grant.Kind.values()).map(Grant.Kind::key).collect(Collectors.toSet()),
          findings);
      for (Grant.Kind kind : Grant.Kind.values()) {
        if (keys.find(kind.key()).isPresent()) {
          names.list(keys, kind.key(), "name").ifPresent(list -> on.put(kind, list));
        }
      }
      if (keys.entries().isEmpty()) {
        findings.error(keys.location(), "Cannot use a grant on nothing");
      }
    });
    Optional<String> description = grant.findText("description", findings);
    return who.filter(_ -> things.isPresent())
        .map(
            groups -> new Grant(new Audience(groups, purposes), on, description, grant.location()));
  }

  private Optional<GroupSizeRule> readSize(String metric, Value.Mapping rule) {
    rule.allowOnly(SIZE_KEYS, findings);
    rule.findText("description", findings);
    Optional<Integer> atLeast = rule.findInteger("minimumGroupSize", findings);
    if (rule.find("minimumGroupSize").isEmpty()) {
      findings.error(rule.location(), "Cannot find the required 'minimumGroupSize'");
    }
    if (atLeast.filter(size -> size < 2).isPresent()) {
      findings.error(
          rule.locationOf("minimumGroupSize"),
          "Invalid 'minimumGroupSize': must be 2 or more; a group of 1 is one's own");
    }
    String of = rule.text("of", findings);
    return atLeast.map(
        size -> new GroupSizeRule(metric, size, of, names.except(rule), rule.location()));
  }
}
