package io.scorebook.engine.publish;

import io.scorebook.catalog.policy.GroupSizeRule;
import io.scorebook.catalog.policy.Policies;
import io.scorebook.catalog.policy.TableRules;
import io.scorebook.catalog.publication.PublishedVersion;
import io.scorebook.catalog.registry.Product.Status;
import io.scorebook.catalog.store.TableName;
import io.scorebook.documents.Location;
import io.scorebook.engine.compare.DomainVersion;
import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.publish.Outcome.Reason;
import io.scorebook.semantic.plan.Footprints;
import io.scorebook.semantic.plan.GroupSize;
import io.scorebook.semantic.plan.Plan;
import io.scorebook.semantic.plan.Planner;
import io.scorebook.semantic.plan.Planning;
import io.scorebook.semantic.plan.SourceTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// The policies of today govern versions of before too, and name nothing that the documents of
/// today do not have. So what policies keep back of a version that is served has to stay in the
/// documents: a column that left the contract, a metric that is called otherwise, would be told
/// from then on to those from whom it was kept.
final class LostRules {
  private final Policies before;
  private final Domain next;

  private LostRules(Policies before, Domain next) {
    this.before = before;
    this.next = next;
  }

  /// @param last what stands until now
  static List<Reason> of(
      Optional<DomainVersion> last,
      List<PublishedVersion> versions,
      DomainVersion next,
      long number,
      Standing.Versions documents) {
    if (last.isEmpty()) {
      return List.of();
    }
    var rules = new LostRules(last.get().policies(), next.domain());
    var reasons = new ArrayList<Reason>();
    for (PublishedVersion version : versions) {
      if (version.documents() != number && version.status() != Status.RETIRED) {
        Domain source = documents.version(version.documents()).domain();
        for (String lost : rules.lost(version, source)) {
          reasons.add(
              new Reason(
                  Location.of("policies.yaml"),
                  "Cannot do without %s: %s is served still and has it, and no rule could keep it back; keep it, with its rule, or retire %s"
                      .formatted(lost, version.name(), version.name()),
                  List.of()));
        }
      }
    }
    return reasons;
  }

  private TreeSet<String> lost(PublishedVersion version, Domain source) {
    var lost = new TreeSet<String>();
    for (Domain.PublicPort port : source.ports()) {
      if (port.product().name().equals(version.product())
          && port.product().version().equals(version.version())) {
        // Of data that is not pinned no column may leave the contract anyway.
        if (!version.pinned().isEmpty()
            && source.planner().plan(port.table()) instanceof Planning.Planned(Plan plan)) {
          addColumns(plan, lost);
        }
        before.groupSizes().values().stream()
            .filter(rule -> isMadeOf(source, port, rule))
            .forEach(rule -> lost.add("the metric '%s'".formatted(rule.metric())));
      }
    }
    return lost;
  }

  private void addColumns(Plan plan, TreeSet<String> lost) {
    plan.tables().stream()
        .map(SourceTable::untagged)
        .filter(table -> rules(table).flatMap(TableRules::rows).isPresent())
        .filter(table -> next.contracts().find(name(table)).isEmpty())
        .forEach(table -> lost.add("the table '%s'".formatted(table)));
    for (Footprints.Stored column : Footprints.of(plan)) {
      boolean isKept =
          rules(column.table()).filter(of -> of.columns().containsKey(column.column())).isPresent();
      boolean isThere =
          next.contracts()
              .find(name(column.table()))
              .flatMap(contract -> contract.findField(column.column()))
              .isPresent();
      if (isKept && !isThere) {
        lost.add("the column '%s.%s'".formatted(column.table(), column.column()));
      }
    }
  }

  private static String name(String table) {
    return TableName.parse(table).name();
  }

  private Optional<TableRules> rules(String table) {
    return Optional.ofNullable(before.tables().get(name(table)));
  }

  /// Whether a port has values of a metric that is not there any more, or what is made of it.
  private boolean isMadeOf(Domain source, Domain.PublicPort port, GroupSizeRule rule) {
    if (next.model().findMetric(rule.metric()).isPresent()
        || source.model().findMetric(rule.metric()).isEmpty()) {
      return false;
    }
    try {
      Planner held =
          source
              .planner()
              .seenThrough(
                  Map.of(),
                  _ -> true,
                  _ -> true,
                  Map.of(rule.metric(), new GroupSize(rule.atLeast(), rule.of())));
      return held.plan(port.table()) instanceof Planning.Planned(Plan plan)
          && !held.heldBack(plan).isEmpty();
    } catch (IllegalArgumentException _) {
      return true; // nobody was given it whom the rule concerns
    }
  }
}
