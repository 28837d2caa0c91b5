package io.scorebook.engine.domain;

import io.scorebook.catalog.contract.Contract;
import io.scorebook.catalog.contract.Contracts;
import io.scorebook.catalog.policy.Access;
import io.scorebook.catalog.policy.ColumnRule;
import io.scorebook.catalog.policy.GroupSizeRule;
import io.scorebook.catalog.policy.Mask;
import io.scorebook.catalog.policy.Policies;
import io.scorebook.catalog.policy.RowRule;
import io.scorebook.catalog.policy.TableRules;
import io.scorebook.documents.Findings;
import io.scorebook.documents.Location;
import io.scorebook.documents.Suggestions;
import io.scorebook.semantic.lineage.Lineage;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Metric;
import io.scorebook.semantic.model.Relationship;
import io.scorebook.semantic.model.SemanticModel;
import io.scorebook.semantic.plan.Footprints;
import io.scorebook.semantic.plan.GroupSize;
import io.scorebook.semantic.plan.Planner;
import io.scorebook.semantic.plan.Sights;
import io.scorebook.semantic.plan.SourceTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Holds the rules of policies against the tables, the joins and the metrics of their domain: a
/// rule that could not be kept, or that would make answers wrong, is refused before anyone asks.
final class PolicyCheck {
  private final Policies policies;
  private final SemanticModel model;
  private final Contracts contracts;
  private final Planner planner;
  private final Findings findings;

  private PolicyCheck(
      Policies policies,
      SemanticModel model,
      Contracts contracts,
      Planner planner,
      Findings findings) {
    this.policies = policies;
    this.model = model;
    this.contracts = contracts;
    this.planner = planner;
    this.findings = findings;
  }

  /// @param planner of all of the model
  static void check(
      Policies policies,
      SemanticModel model,
      Contracts contracts,
      Planner planner,
      Findings findings) {
    var check = new PolicyCheck(policies, model, contracts, planner, findings);
    policies.tables().values().forEach(check::table);
    policies.groupSizes().values().forEach(check::groupSize);
    if (!findings.hasErrors()) {
      check.keys();
    }
  }

  /// Whether what is masked for somebody tells rows apart, and brings them together, in another
  /// model over the same tables: that of an earlier publication, which nobody could hold these
  /// rules against.
  static boolean keepsKeys(Access access, Planner planner) {
    var tables = new TreeMap<String, TableRules>();
    access
        .tables()
        .forEach((table, of) -> {
          String name = table.substring(table.indexOf('.') + 1);
          tables.put(
              name,
              new TableRules(name, Optional.empty(), of.columns(), Location.of("policies.yaml")));
        });
    var findings = new Findings();
    new PolicyCheck(
            new Policies(List.of(), tables, Map.of()),
            planner.model(),
            new Contracts(List.of()),
            planner,
            findings)
        .keys();
    return !findings.hasErrors();
  }

  private void table(TableRules rules) {
    Map<String, SourceTable> tables = tables();
    SourceTable table = tables.get(rules.table());
    if (table == null) {
      findings.error(
          rules.location(),
          "Cannot find the table '%s'".formatted(rules.table()),
          Suggestions.clause(rules.table(), tables.keySet()));
      return;
    }
    for (RowRule rule : rules.rows().orElse(List.of())) {
      Sights.problem(table, rule.condition())
          .ifPresent(problem -> findings.error(rule.location(), problem));
    }
    List<String> columns = table.columns().stream().map(SourceTable.Column::name).toList();
    for (ColumnRule rule : rules.columns().values()) {
      if (!columns.contains(rule.column())) {
        findings.error(
            rule.location(),
            "Cannot find the column '%s' of '%s'".formatted(rule.column(), rules.table()),
            Suggestions.clause(rule.column(), columns));
        continue;
      }
      Sights.problem(table, rule.column(), PolicySights.of(rule))
          .ifPresent(problem ->
              findings.error(
                  rule.location(), "Cannot mask '%s' so: %s".formatted(rule.column(), problem)));
    }
  }

  private Map<String, SourceTable> tables() {
    var tables = new TreeMap<String, SourceTable>();
    planner.sources().forEach(table -> tables.put(table.name(), table));
    return tables;
  }

  private void groupSize(GroupSizeRule rule) {
    List<String> metrics = model.metrics().stream().map(Metric::name).toList();
    if (!metrics.contains(rule.metric())) {
      findings.error(
          rule.location(),
          "Cannot find the metric '%s'".formatted(rule.metric()),
          Suggestions.clause(rule.metric(), metrics));
      return;
    }
    planner
        .problem(rule.metric(), new GroupSize(rule.atLeast(), rule.of()))
        .ifPresent(problem ->
            findings.error(
                rule.location(),
                "Cannot count the groups of '%s' by '%s': %s"
                    .formatted(rule.metric(), rule.of(), problem)));
  }

  /// What tells rows apart, or brings them together, keeps doing so under a mask: only pseudonyms
  /// do, and only where both sides of a join have them for the same callers.
  private void keys() {
    for (Contract contract : contracts.inLoadOrder()) {
      contract
          .primaryKey()
          .forEach(column ->
              masked(stored(contract, column))
                  .ifPresent(rule -> mustBeHash(rule, "it is in the primary key")));
      contract
          .references()
          .forEach(reference -> {
            for (int i = 0; i < reference.fields().size(); i++) {
              same(
                  Set.of(
                      stored(contract, reference.fields().get(i)),
                      new Footprints.Stored(
                          contract.table().namespace() + "." + reference.to(),
                          reference.toFields().get(i))),
                  "a reference of '%s'".formatted(contract.table().name()));
            }
          });
    }
    for (Dataset dataset : model.datasets()) {
      var keys = new ArrayList<>(dataset.uniqueKeys());
      keys.add(dataset.primaryKey());
      for (List<String> key : keys) {
        for (Set<Lineage.Edge> column : planner.footprints().key(dataset, key)) {
          mustBeKept(column, "a key of the dataset '%s' has it".formatted(dataset.name()));
        }
      }
      planner
          .footprints()
          .joins(dataset)
          .forEach(stored ->
              masked(stored)
                  .ifPresent(rule ->
                      refuse(
                          rule,
                          "the query of the dataset '%s' joins by it".formatted(dataset.name()),
                          "deny it, or join by relationships")));
    }
    model.relationships().forEach(this::relationship);
  }

  private void relationship(Relationship relationship) {
    List<Set<Lineage.Edge>> from = key(relationship.from(), relationship.fromColumns());
    List<Set<Lineage.Edge>> to = key(relationship.to(), relationship.toColumns());
    String what = "the relationship '%s'".formatted(relationship.name());
    for (int i = 0; i < from.size(); i++) {
      var both = new HashSet<>(from.get(i));
      both.addAll(to.get(i));
      mustBeKept(both, what + " joins by it");
      same(both.stream().map(PolicyCheck::stored).collect(Collectors.toSet()), what);
    }
  }

  /// A pseudonym is as good as a value where it is only compared, not where it is computed with.
  private void mustBeKept(Set<Lineage.Edge> key, String why) {
    for (Lineage.Edge edge : key) {
      masked(stored(edge))
          .ifPresent(rule -> {
            mustBeHash(rule, why);
            if (edge.use() != Lineage.Use.IDENTITY) {
              refuse(rule, why + ", and computes with it", "deny it");
            }
          });
    }
  }

  private static Footprints.Stored stored(Lineage.Edge edge) {
    return new Footprints.Stored(edge.table(), edge.column());
  }

  private List<Set<Lineage.Edge>> key(String dataset, List<String> columns) {
    return planner.footprints().key(model.findDataset(dataset).orElseThrow(), columns);
  }

  /// Columns that are compared have the same mask for the same callers, or none.
  private void same(Set<Footprints.Stored> columns, String what) {
    List<ColumnRule> rules =
        columns.stream().flatMap(column -> masked(column).stream()).distinct().toList();
    if (rules.isEmpty()) {
      return;
    }
    rules.forEach(rule -> mustBeHash(rule, what + " joins by it"));
    boolean all = columns.stream().allMatch(column -> masked(column).isPresent());
    boolean alike = rules.stream().map(ColumnRule::except).distinct().count() == 1;
    if (!all || !alike) {
      refuse(
          rules.getFirst(),
          "%s joins by it, and the other side is not masked for the same callers".formatted(what),
          "mask all of %s by hash, with the same 'except'"
              .formatted(
                  columns.stream()
                      .map(column -> column.table() + "." + column.column())
                      .sorted()
                      .collect(Collectors.joining(", "))));
    }
  }

  private void mustBeHash(ColumnRule rule, String why) {
    if (!(rule.mask().orElseThrow() instanceof Mask.Hash)) {
      refuse(rule, why, "use hash, which keeps what is equal equal, or deny it");
    }
  }

  private void refuse(ColumnRule rule, String why, String mend) {
    boolean told =
        findings.toList().stream().anyMatch(finding -> finding.location().equals(rule.location()));
    if (!told) {
      findings.error(
          rule.location(), "Cannot mask '%s' so: %s".formatted(rule.column(), why), mend);
    }
  }

  /// The rule on a column that is masked; one that is denied takes with it what it is a key of.
  private Optional<ColumnRule> masked(Footprints.Stored column) {
    int dot = column.table().indexOf('.');
    return Optional.ofNullable(policies.tables().get(column.table().substring(dot + 1)))
        .map(rules -> rules.columns().get(column.column()))
        .filter(rule -> rule.mask().isPresent());
  }

  private static Footprints.Stored stored(Contract contract, String column) {
    return new Footprints.Stored(contract.table().toString(), column);
  }
}
