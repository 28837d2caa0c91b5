package io.scorebook.semantic.plan;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.MeasureSqlType;

/// The types of answers for Calcite's types.
final class OutputTypes {
  private OutputTypes() {}

  /// @throws Refusal for a type that an answer cannot carry
  static Plan.OutputType of(String column, RelDataType type) {
    RelDataType plain =
        type instanceof MeasureSqlType measure ? measure.getMeasureElementType() : type;
    return switch (plain.getSqlTypeName()) {
      case CHAR, VARCHAR, NULL -> Plan.OutputType.STRING;
      case TINYINT, SMALLINT, INTEGER, BIGINT -> Plan.OutputType.INTEGER;
      case DECIMAL -> plain.getScale() == 0 ? Plan.OutputType.INTEGER : Plan.OutputType.DECIMAL;
      case REAL, FLOAT, DOUBLE -> Plan.OutputType.DOUBLE;
      case BOOLEAN -> Plan.OutputType.BOOLEAN;
      case DATE -> Plan.OutputType.DATE;
      case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> Plan.OutputType.TIMESTAMP;
      default ->
          throw new Refusal(
              Issue.Code.UNSUPPORTED_SQL,
              column,
              "Cannot answer with the column '%s' of type %s; cast it to a type of an answer"
                  .formatted(column, plain.getSqlTypeName().getName()),
              java.util.List.of());
    };
  }
}
