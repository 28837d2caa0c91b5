package io.scorebook.engine.trino;

import io.scorebook.engine.answer.Engine;
import io.scorebook.engine.answer.EngineException;
import io.scorebook.engine.answer.EngineException.Kind;
import io.scorebook.engine.answer.Limits;
import io.scorebook.engine.answer.PinnedTables;
import io.scorebook.engine.answer.Rows;
import io.scorebook.engine.sql.PlanSql;
import io.scorebook.semantic.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Writes what Trino would be asked. There is no Trino behind it: an answer is refused.
public final class TrinoEngine implements Engine {
  @Override
  public String name() {
    return "trino";
  }

  @Override
  public boolean runs() {
    return false;
  }

  @Override
  public Rows run(Plan plan, PinnedTables tables, Limits limits) {
    throw new EngineException(
        Kind.UNSUPPORTED,
        "Cannot answer on Trino: its SQL is written, but not sent; ask for an explanation, which shows it, or ask another engine",
        null);
  }

  @Override
  public String text(Plan plan) {
    PlanSql.Text text = PlanSql.explain(plan.rel(), TrinoDialect.INSTANCE);
    List<String> expressions = new ArrayList<>();
    text.scans().forEach(scan -> expressions.add(scan(scan)));
    expressions.addAll(text.expressions());
    return expressions.isEmpty()
        ? text.select()
        : "WITH " + String.join(",\n", expressions) + "\n" + text.select();
  }

  /// The rows of a table, each column of the type that the plan knows it by.
  private static String scan(PlanSql.Scan scan) {
    String table =
        List.of(scan.table().split("\\.", -1)).stream()
            .map(TrinoEngine::name)
            .collect(Collectors.joining("."));
    String columns =
        scan.columns().stream()
            .map(column ->
                "%s AS %sc%d"
                    .formatted(
                        TrinoDialect.INSTANCE.cast(name(column.getName()), column.getType()),
                        scan.name(),
                        column.getIndex()))
            .collect(Collectors.joining(", "));
    return "%s AS (SELECT %s FROM %s)"
        .formatted(scan.name(), columns.isEmpty() ? "1 AS none" : columns, table);
  }

  private static String name(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  @Override
  public void close() {
    // nothing is held
  }
}
