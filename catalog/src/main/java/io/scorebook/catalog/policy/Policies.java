package io.scorebook.catalog.policy;

import io.scorebook.catalog.policy.Access.Condition;
import io.scorebook.catalog.policy.Access.RowFilter;
import io.scorebook.catalog.policy.Access.TableAccess;
import io.scorebook.catalog.policy.RowRule.Effect;
import io.scorebook.documents.Document;
import io.scorebook.documents.Findings;
import io.scorebook.documents.Location;
import io.scorebook.documents.Suggestions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The policies of a domain. What no grant names may not be read; what a table's rules keep back is
/// not there, for whatever is asked.
///
/// @param tables by name, those of which not everyone sees all
/// @param groupSizes by the name of the metric
public record Policies(
    List<Grant> grants, Map<String, TableRules> tables, Map<String, GroupSizeRule> groupSizes) {
  public Policies {
    grants = List.copyOf(grants);
    tables = Collections.unmodifiableMap(new TreeMap<>(tables));
    groupSizes = Collections.unmodifiableMap(new TreeMap<>(groupSizes));
  }

  /// Everything for everyone who has a token.
  public static Policies open() {
    var all = Set.of(Grant.EVERYTHING);
    return new Policies(
        List.of(
            new Grant(
                Audience.of(Set.of(Grant.EVERYONE)),
                Map.of(Grant.Kind.PRODUCT, all, Grant.Kind.DATASET, all, Grant.Kind.METRIC, all),
                Optional.empty(),
                Location.of("policies.yaml"))),
        Map.of(),
        Map.of());
  }

  /// Reads `policies.yaml` of a domain's folder. A domain without the file is [#open].
  ///
  /// @return the policies; empty where the file has an error
  public static Optional<Policies> read(Path domainFolder, Findings findings) {
    Path file = domainFolder.resolve("policies.yaml");
    return Files.exists(file)
        ? PolicyReader.read(Document.read(file, "policies.yaml", findings), findings)
        : Optional.of(open());
  }

  /// Reads a text; see [#read].
  public static Optional<Policies> parse(String name, String text, Findings findings) {
    return PolicyReader.read(Document.parse(name, text, findings), findings);
  }

  /// Whether someone in these groups may read a thing, for one purpose or another.
  public boolean allows(Set<String> groups, Grant.Kind kind, String name) {
    return !allowed(groups, kind, name).isEmpty();
  }

  /// The audiences that have someone in these groups and may read a thing; without one nobody of
  /// them may.
  public List<Audience> allowed(Set<String> groups, Grant.Kind kind, String name) {
    return grants.stream()
        .filter(grant -> grant.audience().concerns(groups) && grant.isOn(kind, name))
        .map(Grant::audience)
        .toList();
  }

  /// Whether everyone may read everything, so that there is nothing to enforce.
  public boolean isOpen() {
    return tables.isEmpty()
        && groupSizes.isEmpty()
        && Arrays.stream(Grant.Kind.values())
            .allMatch(kind ->
                grants.stream()
                    .anyMatch(grant ->
                        grant.who().contains(Grant.EVERYONE)
                            && grant.audience().purposes().isEmpty()
                            && grant.isOn(kind, Grant.EVERYTHING)));
  }

  /// What this comes to for a caller.
  ///
  /// @param namespace of the domain's tables
  public Access access(Caller caller, String namespace) {
    if (caller.seesAll()) {
      return Access.all();
    }
    var granted = new EnumMap<Grant.Kind, Set<String>>(Grant.Kind.class);
    grants.stream()
        .filter(grant -> grant.audience().concerns(caller))
        .forEach(grant ->
            grant
                .on()
                .forEach((kind, names) ->
                    granted.computeIfAbsent(kind, _ -> new HashSet<>()).addAll(names)));
    granted.replaceAll(
        (_, names) -> names.contains(Grant.EVERYTHING) ? Set.of(Grant.EVERYTHING) : names);
    var kept = new TreeMap<String, TableAccess>();
    tables.forEach((name, rules) -> {
      TableAccess access = access(caller, rules);
      if (access.rows().isPresent() || !access.columns().isEmpty()) {
        kept.put(namespace + "." + name, access);
      }
    });
    var sizes = new TreeMap<>(groupSizes);
    sizes.values().removeIf(rule -> rule.except().concerns(caller));
    return new Access(granted, kept, sizes);
  }

  /// Columns and rows are looked at by themselves: who sees all of one does not for that see more
  /// of the other.
  private static TableAccess access(Caller caller, TableRules rules) {
    var columns = new TreeMap<>(rules.columns());
    columns.values().removeIf(rule -> rule.except().concerns(caller));
    return new TableAccess(rules.rows().flatMap(rows -> filter(caller, rows)), columns);
  }

  private static Optional<RowFilter> filter(Caller caller, List<RowRule> rules) {
    List<RowRule> concerned =
        rules.stream().filter(rule -> rule.audience().concerns(caller)).toList();
    boolean all =
        concerned.stream().anyMatch(rule -> rule.effect() == Effect.LETS && rule.isAlwaysTrue());
    List<Condition> narrows = conditions(caller, concerned, Effect.NARROWS);
    if (all && narrows.isEmpty()) {
      return Optional.empty();
    }
    List<Condition> lets = conditions(caller, concerned, Effect.LETS);
    return Optional.of(new RowFilter(lets, narrows));
  }

  private static List<Condition> conditions(Caller caller, List<RowRule> rules, Effect effect) {
    return rules.stream()
        .filter(rule -> rule.effect() == effect)
        .map(rule -> {
          var values = new TreeMap<String, List<String>>();
          for (String name : rule.attributes()) {
            List<String> known = caller.attributes().get(name);
            if (known != null && !known.isEmpty()) {
              values.put(name, known);
            }
          }
          return new Condition(rule.name(), rule.condition(), values);
        })
        .toList();
  }

  /// Reports names that the domain does not have: a grant on a misspelt name would grant nothing.
  ///
  /// @param known the names of each kind that the domain has
  public void checkNames(Map<Grant.Kind, ? extends Collection<String>> known, Findings findings) {
    for (Grant grant : grants) {
      grant
          .on()
          .forEach((kind, names) -> {
            Collection<String> there = known.containsKey(kind) ? known.get(kind) : List.of();
            names.stream()
                .filter(name -> !name.equals(Grant.EVERYTHING))
                .filter(name -> there.stream().noneMatch(name::equalsIgnoreCase))
                .sorted()
                .forEach(name ->
                    findings.error(
                        grant.location(),
                        "Cannot grant '%s': there is no such one among the %s"
                            .formatted(name, kind.key()),
                        Suggestions.clause(name, there)));
          });
    }
  }
}
