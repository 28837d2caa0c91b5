package io.scorebook.semantic.imports;

import io.scorebook.semantic.model.SemanticModel;
import java.util.List;
import java.util.Locale;

/// What came of an import: a model, the tables that it reads as far as they are known, and the
/// report.
public record Draft(SemanticModel model, List<Table> tables, Fidelity fidelity) {
  public Draft {
    tables = List.copyOf(tables);
  }

  /// A source table.
  ///
  /// @param primaryKey columns that identify a row; empty where none are known
  public record Table(String name, List<Column> columns, List<String> primaryKey) {
    public Table {
      columns = List.copyOf(columns);
      primaryKey = List.copyOf(primaryKey);
    }
  }

  /// @param isAssumed whether the source does not say the type
  public record Column(String name, Type type, boolean isAssumed) {}

  /// Types of columns, in the words of Avro.
  public enum Type {
    STRING("\"string\""),
    LONG("\"long\""),
    DOUBLE("\"double\""),
    DECIMAL("{\"type\": \"bytes\", \"logicalType\": \"decimal\", \"precision\": 18, \"scale\": 4}"),
    BOOLEAN("\"boolean\""),
    DATE("{\"type\": \"int\", \"logicalType\": \"date\"}"),
    TIMESTAMP("{\"type\": \"long\", \"logicalType\": \"local-timestamp-micros\"}");

    private final String avro;

    Type(String avro) {
      this.avro = avro;
    }

    /// As an Avro schema.
    public String avro() {
      return avro;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
