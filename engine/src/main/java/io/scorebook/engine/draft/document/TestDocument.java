package io.scorebook.engine.draft.document;

import io.scorebook.catalog.table.ColumnType;
import io.scorebook.catalog.table.ColumnType.Simple;
import io.scorebook.engine.draft.document.ModelPlan.Aggregate;
import io.scorebook.engine.draft.document.ModelPlan.ModelMetric;
import io.scorebook.engine.draft.document.ModelPlan.Seen;
import io.scorebook.engine.draft.guess.DraftColumn;
import io.scorebook.engine.draft.guess.DraftTable;
import io.scorebook.engine.draft.guess.Link;
import io.scorebook.engine.draft.guess.RoleGuess.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Tests of a table's metrics: three invented rows, and what they come to, worked out here row by
/// row. No value of the files is in them.
final class TestDocument {
  private static final int ROWS = 3;

  private final DraftTable table;
  private final ModelPlan plan;
  private final Optional<Seen> by;

  private TestDocument(DraftTable table, ModelPlan plan) {
    this.table = table;
    this.plan = plan;
    this.by = linkedText(table, plan);
  }

  static String of(DraftTable table, ModelPlan plan) {
    return new TestDocument(table, plan).text();
  }

  /// A text of a table that is linked directly by one column, to group by.
  private static Optional<Seen> linkedText(DraftTable table, ModelPlan plan) {
    return plan.dimensions(table).values().stream()
        .filter(seen -> seen.path().size() == 1)
        .filter(seen -> seen.path().getFirst().fromColumns().size() == 1)
        .filter(seen -> seen.field().column().type().type() == Simple.STRING)
        .filter(seen -> seen.field().role().role() == Role.DIMENSION)
        .findFirst();
  }

  private String text() {
    var lines = new Lines();
    lines.comment(
        0,
        "Drafted: invented rows, and what the metrics make of them. Replace them by examples that say what the metrics mean.");
    lines.add(
        "description: " + Lines.yaml("Metrics of %s over %d rows".formatted(table.name(), ROWS)));
    lines.add("tables:");
    rows(table, lines);
    by.ifPresent(seen -> rows(seen.table(), lines));
    lines.add("").add("tests:");
    lines.add(2, "- name: all rows together");
    lines.add(4, "question: {metrics: %s}".formatted(Lines.list(names())));
    lines.add(4, "expect:").add(6, "- {%s}".formatted(expected(List.of(1, 2, 3))));
    by.ifPresent(seen -> grouped(seen, lines));
    return lines.toString();
  }

  private void grouped(Seen seen, Lines lines) {
    lines.add("").add(2, "- name: " + Lines.yaml("each " + seen.name() + " has its own rows"));
    lines.add(
        4, "question: {metrics: %s, dimensions: [%s]}".formatted(Lines.list(names()), seen.name()));
    lines.add(4, "expect:");
    IntStream.rangeClosed(1, ROWS)
        .forEach(key -> {
          List<Integer> of =
              IntStream.rangeClosed(1, ROWS).boxed().filter(row -> reference(row) == key).toList();
          if (!of.isEmpty()) {
            String value = value(seen.table(), seen.field().column(), key);
            lines.add(6, "- {%s: %s, %s}".formatted(seen.name(), value, expected(of)));
          }
        });
  }

  /// To which row of the other table a row leads: the last two to one, where that may be.
  private int reference(int row) {
    boolean isKey =
        by.map(seen -> seen.path().getFirst().fromColumns().getFirst())
            .flatMap(name -> table.key().single().filter(key -> key.name().equals(name)))
            .isPresent();
    return isKey ? row : Math.min(row, 2);
  }

  private List<String> names() {
    return plan.metrics(table).stream().map(ModelMetric::name).toList();
  }

  private void rows(DraftTable of, Lines lines) {
    List<DraftColumn> shown = of.columns().stream().filter(column -> isShown(of, column)).toList();
    lines.add(2, of.name() + ":");
    lines.add(4, "columns: " + Lines.list(shown.stream().map(DraftColumn::name).toList()));
    lines.add(4, "rows:");
    for (int row = 1; row <= ROWS; row++) {
      var values = new ArrayList<String>();
      for (DraftColumn column : shown) {
        values.add(value(of, column, row));
      }
      lines.add(6, "- [%s]".formatted(String.join(", ", values)));
    }
  }

  private boolean isShown(DraftTable of, DraftColumn column) {
    boolean measured =
        of.equals(table)
            && plan.metrics(table).stream().anyMatch(m -> m.field().column().equals(column));
    boolean links = of.equals(table) && by.filter(seen -> isFrom(seen, column)).isPresent();
    boolean grouped =
        by.filter(seen -> seen.table().equals(of) && seen.field().column().equals(column))
            .isPresent();
    return measured || links || grouped || of.key().has(column) || column.isRequired();
  }

  private static boolean isFrom(Seen seen, DraftColumn column) {
    Link link = seen.path().getFirst();
    return link.fromColumns().getFirst().equals(column.name());
  }

  private String value(DraftTable of, DraftColumn column, int row) {
    if (of.equals(table) && by.filter(seen -> isFrom(seen, column)).isPresent()) {
      return written(column.type().type(), reference(row));
    }
    boolean measured = of.role(column).role() == Role.SUM || of.role(column).role() == Role.AVERAGE;
    if (!measured) {
      return written(column.type().type(), row);
    }
    return isMissing(column, row) ? "null" : String.valueOf(row * 2);
  }

  /// The last row lacks what may be lacking.
  private static boolean isMissing(DraftColumn column, int row) {
    return row == ROWS && !column.isRequired();
  }

  private static String written(ColumnType type, int row) {
    return switch (type) {
      case ColumnType.Decimal _ -> String.valueOf(row);
      case Simple simple ->
          switch (simple) {
            case BOOLEAN -> String.valueOf(row % 2 == 0);
            case INTEGER, LONG, FLOAT, DOUBLE -> String.valueOf(row);
            case STRING -> List.of("blue", "green", "red").get(row - 1);
            case DATE -> "2024-01-0" + row;
            case TIMESTAMP -> "\"2024-01-01T0%d:00:00\"".formatted(row);
            case TIMESTAMP_TZ -> "\"2024-01-01T0%d:00:00Z\"".formatted(row);
            case TIME, BINARY ->
                throw new IllegalArgumentException("Invalid type of a contract: " + type);
          };
    };
  }

  private String expected(List<Integer> rows) {
    return String.join(
        ", ",
        plan.metrics(table).stream()
            .map(metric -> "%s: %s".formatted(metric.name(), answer(metric, rows)))
            .toList());
  }

  private static String answer(ModelMetric metric, List<Integer> rows) {
    if (metric.aggregate() == Aggregate.COUNT) {
      return String.valueOf(rows.size());
    }
    List<Integer> present =
        rows.stream()
            .filter(row -> !isMissing(metric.field().column(), row))
            .map(row -> row * 2)
            .toList();
    if (present.isEmpty()) {
      return "null";
    }
    int sum = present.stream().mapToInt(Integer::intValue).sum();
    return String.valueOf(metric.aggregate() == Aggregate.SUM ? sum : sum / present.size());
  }
}
