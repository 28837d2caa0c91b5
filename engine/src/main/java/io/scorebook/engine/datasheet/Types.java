package io.scorebook.engine.datasheet;

import io.scorebook.engine.datasheet.Datasheet.Column;
import io.scorebook.engine.datasheet.Datasheet.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The types of answers as the standards call them.
final class Types {
  /// What a time without a zone looks like: `format: date-time` would want one.
  private static final String LOCAL_TIME =
      "^[+-]?\\d{4,10}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?$";

  private Types() {}

  /// In ODCS.
  static String logical(Type type) {
    return switch (type.of()) {
      case STRING -> "string";
      case INTEGER -> "integer";
      case DECIMAL, DOUBLE -> "number";
      case BOOLEAN -> "boolean";
      case DATE -> "date";
      case TIMESTAMP -> "timestamp";
    };
  }

  /// In SQL.
  static String sql(Type type) {
    return switch (type.of()) {
      case STRING -> "VARCHAR";
      case INTEGER -> "BIGINT";
      case DECIMAL -> "DECIMAL(%d,%d)".formatted(type.precision(), type.scale());
      case DOUBLE -> "DOUBLE";
      case BOOLEAN -> "BOOLEAN";
      case DATE -> "DATE";
      case TIMESTAMP -> type.isInstant() ? "TIMESTAMP WITH TIME ZONE" : "TIMESTAMP";
    };
  }

  /// In JSON Schema: each value may be null.
  static Map<String, Object> json(Type type) {
    var plain = new LinkedHashMap<String, Object>();
    plain.put(
        "type",
        switch (type.of()) {
          case STRING, DATE, TIMESTAMP -> List.of("string", "null");
          case INTEGER -> List.of("integer", "null");
          case DECIMAL, DOUBLE -> List.of("number", "null");
          case BOOLEAN -> List.of("boolean", "null");
        });
    switch (type.of()) {
      case DATE -> plain.put("format", "date");
      case TIMESTAMP ->
          plain.put(
              type.isInstant() ? "format" : "pattern", type.isInstant() ? "date-time" : LOCAL_TIME);
      case STRING, INTEGER, DECIMAL, DOUBLE, BOOLEAN -> {}
    }
    return plain;
  }

  /// What of a person a column tells, as tags: `pii` and `pii:name`.
  static List<String> tags(Column column) {
    var tags = new ArrayList<String>();
    if (!column.pii().isEmpty()) {
      tags.add("pii");
      column.pii().forEach(what -> tags.add("pii:" + what));
    }
    return tags;
  }
}
