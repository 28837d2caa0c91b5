package io.scorebook.semantic.plan;

import io.scorebook.semantic.expression.Expressions;
import io.scorebook.semantic.expression.HiddenColumn;
import io.scorebook.semantic.lineage.Lineage;
import io.scorebook.semantic.lineage.LineageWalk;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.question.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelNode;

/// Makes a [Plan] of a tree: guarded, typed, with its lineage.
final class Plans {
  private Plans() {}

  static Plan of(CompiledModel model, Question question) {
    return of(model, AssumedKeys.planning(model), question);
  }

  private static Plan of(CompiledModel model, Expressions expressions, Question question) {
    QuestionPlanner.Planned planned = QuestionPlanner.plan(model, expressions, question, true);
    return bounded(of(planned.rel(), planned.names(), planned.roles()));
  }

  /// With what the planning found that has to be looked at before it is answered.
  static Plan bounded(Plan plan) {
    return new Plan(
        plan.rel(),
        plan.columns(),
        plan.tables(),
        plan.assumedKeys(),
        plan.relationships(),
        plan.lineage(),
        Excesses.of(plan.rel().getCluster()).toList());
  }

  static Plan of(CompiledModel model, ProductTable table) {
    return of(model, AssumedKeys.planning(model), table);
  }

  /// A table that another planner plans.
  ///
  /// @param own the model of the planner that is asked
  static Plan of(CompiledModel own, CompiledModel model, String planner, ProductTable table) {
    RelOptCluster cluster = AssumedKeys.planning(own).cluster();
    Expressions expressions = Expressions.over(model.sources(), List.of(), cluster);
    return within(cluster, planner, model, () -> of(model, expressions, table));
  }

  /// Plans a part of a plan that is of another planner.
  static <T> T within(
      RelOptCluster cluster, String planner, CompiledModel model, Supplier<T> planning) {
    return AssumedKeys.of(cluster)
        .within(planner, () -> AskedQueries.of(cluster).within(model, planning));
  }

  private static Plan of(CompiledModel model, Expressions expressions, ProductTable table) {
    return switch (table.content()) {
      case ProductTable.Content.Metrics(Question question) -> of(model, expressions, question);
      case ProductTable.Content.Rows(String name) -> {
        Dataset dataset = dataset(model, name);
        RelNode rel = DatasetRows.plan(model, expressions, dataset);
        List<Plan.Role> roles =
            DatasetRows.columns(model, dataset).values().stream()
                .map(path -> path.field().isDimension() ? Plan.Role.DIMENSION : Plan.Role.VALUE)
                .toList();
        yield of(rel, rel.getRowType().getFieldNames(), roles);
      }
    };
  }

  /// @throws Refusal where there is no such dataset
  static Dataset dataset(CompiledModel model, String name) {
    return model
        .model()
        .findDataset(name)
        .orElseThrow(() ->
            new Refusal(
                Issue.Code.UNKNOWN_TABLE,
                name,
                "Cannot find dataset '%s'; %s"
                    .formatted(
                        name,
                        io.scorebook.documents.Suggestions.clause(
                            name,
                            model.model().datasets().stream()
                                .map(Dataset::name)
                                .filter(model.visibility()::hasDataset)
                                .toList())),
                List.of()));
  }

  static Plan of(RelNode rel, List<String> names, List<Plan.Role> roles) {
    var columns = new ArrayList<Plan.OutputColumn>();
    IntStream.range(0, names.size())
        .forEach(i ->
            columns.add(
                new Plan.OutputColumn(
                    names.get(i),
                    OutputTypes.of(names.get(i), rel.getRowType().getFieldList().get(i).getType()),
                    roles.get(i))));
    Lineage lineage = LineageWalk.of(rel, names);
    Set<String> tables = Guard.check(rel);
    return new Plan(
        Guard.namesHidden(rel, lineage) ? HiddenColumn.asNull(rel) : rel,
        columns,
        tables,
        AssumedKeys.of(rel.getCluster()).toSet(),
        AssumedKeys.of(rel.getCluster()).relationships(),
        lineage);
  }
}
