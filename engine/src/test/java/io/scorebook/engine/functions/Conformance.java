package io.scorebook.engine.functions;

import io.scorebook.documents.Findings;
import io.scorebook.engine.answer.Engine;
import io.scorebook.engine.answer.EngineException;
import io.scorebook.engine.answer.Lake;
import io.scorebook.engine.answer.Limits;
import io.scorebook.engine.answer.PinnedTables;
import io.scorebook.engine.answer.Rows;
import io.scorebook.semantic.check.ModelCheck;
import io.scorebook.semantic.model.OssieReader;
import io.scorebook.semantic.model.SemanticModel;
import io.scorebook.semantic.plan.Plan;
import io.scorebook.semantic.plan.Planner;
import io.scorebook.semantic.plan.Planning;
import io.scorebook.semantic.question.Filter;
import io.scorebook.semantic.question.Question;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Runs cases as people would: an expression stands in a model, the model is checked, a question is
/// planned, an engine answers.
final class Conformance {
  private static final Limits LIMITS = Limits.of(Duration.ofMinutes(1));

  private static final String MODEL =
      """
      version: 0.2.0.dev0
      name: functions
      datasets:
        - name: t
          source: test.t
          primary_key: [id]
          fields:
            - {name: id, dimension: {}, expression: {dialects: [{dialect: OSSIE_SQL_2026, expression: id}]}}
            - {name: g, dimension: {}, expression: {dialects: [{dialect: OSSIE_SQL_2026, expression: g}]}}
      """;

  private static final String ROWS =
      """
      metrics:
        - {name: rows, expression: {dialects: [{dialect: OSSIE_SQL_2026, expression: COUNT(t.id)}]}}
      """;

  private final PinnedTables tables;

  Conformance(Lake lake) {
    this.tables = lake.pin(List.of("t"));
  }

  private static Optional<SemanticModel> model(String expression, Findings findings) {
    String text =
        MODEL
            + (isMetric(expression)
                ? ROWS + "  - name: v\n" + written(4, expression)
                : "      - name: v\n        dimension: {}\n" + written(8, expression) + ROWS);
    Optional<SemanticModel> model = OssieReader.parse("model.yaml", text, findings);
    model.ifPresent(read -> ModelCheck.check(read, List.of(SmallTable.source()), findings));
    return model;
  }

  private static String written(int indent, String expression) {
    return """
    expression:
      dialects:
        - dialect: OSSIE_SQL_2026
          expression: |-
            %s
    """
        .formatted(expression)
        .indent(indent);
  }

  /// In metrics fields are written with their dataset.
  private static boolean isMetric(String expression) {
    return expression.contains("t.");
  }

  /// @return the values, `ERROR why` or `REFUSED why`
  String run(String expression, Engine engine) {
    var findings = new Findings();
    Optional<SemanticModel> model = model(expression, findings);
    if (findings.hasErrors() || model.isEmpty()) {
      return "REFUSED " + findings.toList();
    }
    var planner = new Planner(model.get(), List.of(SmallTable.source()), List.of());
    try {
      var values = new ArrayList<String>();
      for (Asked asked : plans(expression, planner)) {
        values.addAll(ask(asked.plan(), engine, asked.column()));
      }
      return written(expression, values);
    } catch (EngineException e) {
      return (e.kind() == EngineException.Kind.DATA ? "ERROR " : "FAILED ") + e.getMessage();
    } catch (RuntimeException e) {
      return "FAILED " + e; // told with the other differences
    }
  }

  /// A question of a case, and the column of its answer that has the values.
  record Asked(Plan plan, int column) {}

  /// What is asked of an engine for an expression; nothing where the check refuses it.
  static List<Asked> plans(String expression) {
    var findings = new Findings();
    Optional<SemanticModel> model = model(expression, findings);
    return findings.hasErrors() || model.isEmpty()
        ? List.of()
        : plans(expression, new Planner(model.get(), List.of(SmallTable.source()), List.of()));
  }

  /// Of a field all rows; of a metric each group and the total, then no rows.
  private static List<Asked> plans(String expression, Planner planner) {
    if (!isMetric(expression)) {
      return List.of(new Asked(plan(planner, Question.of(List.of("rows"), List.of("id", "v"))), 1));
    }
    Question sets =
        Question.of(List.of("v"), List.of("g")).withGroupingSets(List.of(List.of("g"), List.of()));
    Question none =
        Question.of(List.of("v"), List.of())
            .withFilters(List.of(new Filter.Comparison("g", Filter.Op.EQUAL, List.of("none"))));
    return List.of(new Asked(plan(planner, sets), 2), new Asked(plan(planner, none), 0));
  }

  private static Plan plan(Planner planner, Question question) {
    return switch (planner.plan(question)) {
      case Planning.Planned(Plan planned) -> planned;
      case Planning.Rejected(var issues) -> throw new AssertionError(issues);
    };
  }

  /// The values as a case writes them: one for all rows of a field where they are the same.
  static String written(String expression, List<String> values) {
    return !isMetric(expression) && values.stream().distinct().count() == 1
        ? values.getFirst()
        : String.join(" | ", values);
  }

  private List<String> ask(Plan plan, Engine engine, int column) {
    var values = new ArrayList<String>();
    try (Rows rows = engine.run(plan, tables, LIMITS)) {
      while (rows.next()) {
        values.add(Values.write(rows.value(column)));
      }
    }
    return values;
  }
}
