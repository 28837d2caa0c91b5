package io.scorebook.engine.answer;

import io.scorebook.semantic.plan.Plan.OutputType;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;

/// The exact type of a column's values: what a format of fixed types needs to know beyond
/// [OutputType].
public sealed interface ValueType {

  /// The types without parameters.
  enum Simple implements ValueType {
    STRING,
    /// 64 bits; a sum may be larger, and is then refused by a format that has no larger one.
    INTEGER,
    DOUBLE,
    BOOLEAN,
    DATE,
    /// Without a zone, in microseconds.
    TIMESTAMP,
    /// A moment, in microseconds of UTC.
    INSTANT
  }

  /// An exact number of up to `precision` digits, `scale` of them behind the point.
  record Decimal(int precision, int scale) implements ValueType {}

  /// The types of a plan's columns.
  static List<ValueType> of(RelDataType row) {
    return row.getFieldList().stream()
        .map(RelDataTypeField::getType)
        .map(ValueType::ofColumn)
        .toList();
  }

  private static ValueType ofColumn(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case CHAR, VARCHAR, NULL -> Simple.STRING;
      case TINYINT, SMALLINT, INTEGER, BIGINT -> Simple.INTEGER;
      case DECIMAL ->
          type.getScale() == 0 ? Simple.INTEGER : new Decimal(type.getPrecision(), type.getScale());
      case REAL, FLOAT, DOUBLE -> Simple.DOUBLE;
      case BOOLEAN -> Simple.BOOLEAN;
      case DATE -> Simple.DATE;
      case TIMESTAMP -> Simple.TIMESTAMP;
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> Simple.INSTANT;
      default -> throw new IllegalArgumentException("Invalid column of an answer: " + type);
    };
  }

  /// The type where nothing but the type of the answer is known.
  static ValueType of(OutputType type) {
    return switch (type) {
      case STRING -> Simple.STRING;
      case INTEGER -> Simple.INTEGER;
      case DECIMAL -> new Decimal(38, 18);
      case DOUBLE -> Simple.DOUBLE;
      case BOOLEAN -> Simple.BOOLEAN;
      case DATE -> Simple.DATE;
      case TIMESTAMP -> Simple.TIMESTAMP;
    };
  }
}
