package io.scorebook.engine.draft.document;

import io.scorebook.catalog.table.ColumnType;
import io.scorebook.catalog.table.ColumnType.Simple;
import io.scorebook.engine.draft.document.ModelPlan.Aggregate;
import io.scorebook.engine.draft.document.ModelPlan.ModelField;
import io.scorebook.engine.draft.document.ModelPlan.ModelMetric;
import io.scorebook.engine.draft.guess.DraftColumn;
import io.scorebook.engine.draft.guess.DraftTable;
import io.scorebook.engine.draft.guess.Link;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// `model.yaml`.
final class ModelDocument {
  private ModelDocument() {}

  static String of(String domain, ModelPlan plan) {
    var lines = new Lines();
    lines.comment(
        0,
        "Drafted from files by `scorebook init`. Each guess has its reason beside it: mend what is wrong, say what is meant, and drop these comments.");
    lines.add("version: 0.2.0.dev0").add("name: " + domain);
    lines.add("description: " + Lines.yaml(description(plan)));
    lines.add("custom_extensions:").add(2, "- vendor_name: SCOREBOOK");
    lines.add(4, "data: '{\"version\": \"0.1.0\"}'").add("").add("datasets:");
    plan.guesses().tables().forEach(table -> dataset(domain, table, plan, lines));
    if (!plan.guesses().links().isEmpty()) {
      lines.add("relationships:");
      plan.guesses().links().forEach(link -> relationship(link, plan, lines));
      lines.add("");
    }
    lines.add("metrics:");
    plan.metrics().forEach(metric -> metric(metric, lines));
    return lines.toString();
  }

  private static String description(ModelPlan plan) {
    return "Drafted from "
        + plan.guesses().tables().stream()
            .map(table -> table.profile().fileNames())
            .collect(Collectors.joining(", "));
  }

  private static void dataset(String domain, DraftTable table, ModelPlan plan, Lines lines) {
    lines.add(2, "- name: " + table.name());
    lines.add(4, "description: " + Lines.yaml("The rows of " + table.profile().fileNames()));
    lines.add(4, "source: %s.%s".formatted(domain, table.name()));
    lines.comment(4, "key: " + table.key().why());
    lines.add(
        4,
        "primary_key: "
            + Lines.list(table.key().columns().stream().map(DraftColumn::name).toList()));
    table
        .label()
        .ifPresent(label -> {
          lines.comment(4, "unique: %s; the contract keeps names distinct".formatted(label.why()));
          lines.add(4, "unique_keys:").add(6, "- " + Lines.list(List.of(label.column().name())));
        });
    lines.add(4, "fields:");
    for (ModelField field : plan.fields(table)) {
      lines.comment(6, field.role().why());
      lines.add(6, "- name: " + field.name());
      lines.add(8, "description: " + Lines.yaml(words(field, table)));
      lines.add(8, "datatype: " + datatype(field.column().type().type()));
      if (field.isDimension()) {
        lines.add(8, "dimension: {is_time: %s}".formatted(field.column().type().isTime()));
      }
      lines.add(8, "expression: " + expression(field.column().name()));
    }
    lines.add("");
  }

  private static String words(ModelField field, DraftTable table) {
    return "'%s' of %s"
        .formatted(field.column().profile().name().strip(), table.profile().fileNames());
  }

  private static String expression(String sql) {
    return "{dialects: [{dialect: OSSIE_SQL_2026, expression: %s}]}".formatted(sql);
  }

  private static String datatype(ColumnType type) {
    return switch (type) {
      case ColumnType.Decimal _ -> "Decimal";
      case Simple simple ->
          switch (simple) {
            case BOOLEAN -> "Boolean";
            case INTEGER, LONG -> "Integer";
            case FLOAT, DOUBLE -> "Float";
            case STRING -> "String";
            case DATE -> "Date";
            case TIMESTAMP -> "DateTime";
            case TIMESTAMP_TZ -> "DateTimeTz";
            case TIME, BINARY ->
                throw new IllegalArgumentException("Invalid type of a contract: " + type);
          };
    };
  }

  private static void relationship(Link link, ModelPlan plan, Lines lines) {
    lines.comment(2, link.why());
    link.doubt().ifPresent(doubt -> lines.comment(2, "doubtful: " + doubt));
    lines.add(2, "- name: " + link.name());
    lines.add(4, "from: " + link.from()).add(4, "to: " + link.to());
    lines.add(4, "from_columns: " + Lines.list(link.fromColumns()));
    lines.add(4, "to_columns: " + Lines.list(link.toColumns()));
    Map<String, String> exposed = plan.exposed(link);
    boolean same = exposed.entrySet().stream().allMatch(e -> e.getKey().equals(e.getValue()));
    String names =
        same
            ? Lines.jsonList(List.copyOf(exposed.keySet()))
            : exposed.entrySet().stream()
                .map(e -> "%s: %s".formatted(Lines.json(e.getKey()), Lines.json(e.getValue())))
                .collect(Collectors.joining(", ", "{", "}"));
    lines.add(4, "custom_extensions:").add(6, "- vendor_name: SCOREBOOK");
    lines.add(8, "data: '{\"exposes\": %s}'".formatted(names));
  }

  private static void metric(ModelMetric metric, Lines lines) {
    ModelField field = metric.field();
    lines.comment(
        2,
        switch (metric.aggregate()) {
          case COUNT -> "counts rows: '%s' is never empty".formatted(field.name());
          case SUM -> "summed: " + field.role().why();
          case AVG -> field.role().why();
        });
    field.role().doubt().ifPresent(doubt -> lines.comment(2, "doubtful: it " + doubt));
    lines.add(2, "- name: " + metric.name());
    lines.add(4, "description: " + Lines.yaml(description(metric)));
    if (metric.aggregate() == Aggregate.COUNT) {
      lines.add(4, "datatype: Integer");
    } else if (metric.aggregate() == Aggregate.SUM) {
      lines.add(4, "datatype: " + datatype(field.column().type().type()));
    }
    lines.add(4, "expression: " + expression(metric.expression()));
  }

  private static String description(ModelMetric metric) {
    String column = metric.field().column().profile().name().strip();
    String files = metric.table().profile().fileNames();
    return switch (metric.aggregate()) {
      case COUNT -> "Rows of %s (rows)".formatted(files);
      case SUM -> "Sum of '%s' of %s".formatted(column, files);
      case AVG ->
          "Average of '%s' of %s over its rows, each counted alike".formatted(column, files);
    };
  }
}
