package io.scorebook.engine.datasheet;

import io.scorebook.engine.datasheet.Datasheet.Column;
import io.scorebook.engine.datasheet.Datasheet.Table;
import io.scorebook.engine.datasheet.Datasheet.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The Avro schema of a row: that in which `?format=avro` writes it, with words.
final class AvroRow {
  private AvroRow() {}

  static Map<String, Object> render(Datasheet sheet, Table table) {
    var record = new LinkedHashMap<String, Object>();
    record.put("type", "record");
    record.put("name", "row");
    record.put("namespace", "scorebook");
    table.port().description().ifPresent(words -> record.put("doc", words));
    record.put("product", sheet.product().name());
    record.put("version", table.port().version().toString());
    record.put("port", table.port().name());
    record.put("contractId", table.port().contractId());
    record.put("owner", sheet.product().owner());
    record.put("purpose", sheet.product().purpose());
    record.put("primaryKey", table.key());
    record.put("fields", table.columns().stream().map(AvroRow::field).toList());
    return record;
  }

  private static Map<String, @Nullable Object> field(Column column) {
    var field = new LinkedHashMap<String, @Nullable Object>();
    field.put("name", column.name());
    var union = new ArrayList<Object>();
    union.add("null");
    union.add(type(column.type()));
    field.put("type", union);
    field.put("default", null);
    column.description().ifPresent(words -> field.put("doc", words));
    column.unit().ifPresent(unit -> field.put("unit", unit));
    if (!column.pii().isEmpty()) {
      field.put("pii", String.join(",", column.pii()));
    }
    if (!column.synonyms().isEmpty()) {
      field.put("synonyms", column.synonyms());
    }
    column.metric().ifPresent(metric -> field.put("formula", metric.expression()));
    List<String> sources = column.madeOf();
    if (!sources.isEmpty()) {
      field.put("sources", sources);
    }
    return field;
  }

  private static Object type(Type type) {
    return switch (type.of()) {
      case STRING -> "string";
      case INTEGER -> "long";
      case DOUBLE -> "double";
      case BOOLEAN -> "boolean";
      case DATE -> logical("int", "date");
      case TIMESTAMP ->
          logical("long", type.isInstant() ? "timestamp-micros" : "local-timestamp-micros");
      case DECIMAL -> {
        Map<String, Object> decimal = logical("bytes", "decimal");
        decimal.put("precision", type.precision());
        decimal.put("scale", type.scale());
        yield decimal;
      }
    };
  }

  private static Map<String, Object> logical(String of, String name) {
    var type = new LinkedHashMap<String, Object>();
    type.put("type", of);
    type.put("logicalType", name);
    return type;
  }
}
