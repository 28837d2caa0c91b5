package io.scorebook.semantic.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;

/// Collects what one planning has to be bounded by; travels with its cluster as [AssumedKeys] does.
final class Excesses {
  private final Map<String, Excess> searches = new LinkedHashMap<>();

  static Excesses of(RelOptCluster cluster) {
    return cluster
        .getPlanner()
        .getContext()
        .maybeUnwrap(Excesses.class)
        .orElseThrow(() -> new IllegalArgumentException("Invalid planning: it has no bounds"));
  }

  /// @param search finds a row where there is too much
  void add(RelNode search, Issue issue) {
    searches.computeIfAbsent(
        RelOptUtil.toString(search),
        _ ->
            new Excess(
                Plans.of(search, search.getRowType().getFieldNames(), List.of(Plan.Role.VALUE)),
                issue));
  }

  List<Excess> toList() {
    return List.copyOf(searches.values());
  }
}
