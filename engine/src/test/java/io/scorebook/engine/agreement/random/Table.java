package io.scorebook.engine.agreement.random;

import io.scorebook.semantic.plan.SourceTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/// A stored table, with its rows in memory.
record Table(String name, List<Column> columns, List<List<@Nullable Object>> rows) {

  enum Type {
    INTEGER,
    DECIMAL,
    STRING,
    DATE,
    BOOLEAN
  }

  record Column(String name, Type type, boolean required) {}

  Table withRows(List<List<@Nullable Object>> others) {
    return new Table(name, columns, others);
  }

  Table renamed(String prefix) {
    return new Table(prefix + name, columns, rows);
  }

  Type type(String column) {
    return columns.get(place(column)).type();
  }

  int place(String column) {
    return IntStream.range(0, columns.size())
        .filter(i -> columns.get(i).name().equals(column))
        .findFirst()
        .orElseThrow();
  }

  SourceTable source() {
    return new SourceTable(
        "test",
        name,
        columns.stream()
            .map(column ->
                new SourceTable.Column(
                    column.name(),
                    switch (column.type()) {
                      case INTEGER -> SourceTable.Type.Simple.INTEGER;
                      case DECIMAL -> new SourceTable.Type.Decimal(9, 2);
                      case STRING -> SourceTable.Type.Simple.STRING;
                      case DATE -> SourceTable.Type.Simple.DATE;
                      case BOOLEAN -> SourceTable.Type.Simple.BOOLEAN;
                    },
                    column.required()))
            .toList());
  }

  Schema schema() {
    var fields = new ArrayList<Types.NestedField>();
    for (Column column : columns) {
      var type =
          switch (column.type()) {
            case INTEGER -> Types.IntegerType.get();
            case DECIMAL -> Types.DecimalType.of(9, 2);
            case STRING -> Types.StringType.get();
            case DATE -> Types.DateType.get();
            case BOOLEAN -> Types.BooleanType.get();
          };
      int id = fields.size() + 1;
      fields.add(
          column.required()
              ? Types.NestedField.required(id, column.name(), type)
              : Types.NestedField.optional(id, column.name(), type));
    }
    return new Schema(fields);
  }
}
