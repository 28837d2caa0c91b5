package io.scorebook.semantic.plan;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

/// How coarsely a time dimension is taken; the value is the first day of the period.
///
/// In a plan, `FLOOR(date TO WEEK)` means the Monday of the week, as ISO 8601 has it; an engine
/// whose own function means another day has to say it otherwise.
public enum Grain {
  DAY(TimeUnitRange.DAY),
  WEEK(TimeUnitRange.WEEK),
  MONTH(TimeUnitRange.MONTH),
  QUARTER(TimeUnitRange.QUARTER),
  YEAR(TimeUnitRange.YEAR);

  private final TimeUnitRange unit;

  Grain(TimeUnitRange unit) {
    this.unit = unit;
  }

  /// The grain of that name, as questions write it behind a dimension: `month` of `date.month`.
  public static Optional<Grain> find(String name) {
    return Arrays.stream(values()).filter(grain -> grain.title().equals(name)).findFirst();
  }

  /// The name as questions write it.
  public String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Whether this many of the other's periods make just one or more of its own, so that a step by
  /// it leads from the beginning of one to the beginning of another.
  boolean isMadeOf(Grain other) {
    return switch (this) {
      case DAY -> other == DAY;
      case WEEK -> other == DAY || other == WEEK;
      case MONTH -> other == DAY || other == MONTH;
      case QUARTER -> other == DAY || other == MONTH || other == QUARTER;
      case YEAR -> other == DAY || other == MONTH || other == QUARTER || other == YEAR;
    };
  }

  /// Whether values of the type lie in days.
  static boolean isOf(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case DATE, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> true;
      default -> false;
    };
  }

  /// The grain whose periods an expression gives the first days of; empty where it gives others.
  static Optional<Grain> of(RexNode key) {
    return switch (key) {
      case RexInputRef reference when reference.getType().getSqlTypeName() == SqlTypeName.DATE ->
          Optional.of(DAY);
      case RexCall call when call.getKind() == SqlKind.FLOOR ->
          call.getOperands().size() == 2 && call.getOperands().get(1) instanceof RexLiteral flag
              ? find(String.valueOf(flag.getValue()).toLowerCase(Locale.ROOT))
              : Optional.empty();
      case RexCall call
          when call.getKind() == SqlKind.CAST
              && call.getType().getSqlTypeName() == SqlTypeName.DATE ->
          Optional.of(DAY);
      default -> Optional.empty();
    };
  }

  /// The first day of the period that a date or time lies in.
  RexNode of(RexBuilder rex, RexNode time) {
    RelDataType date =
        rex.getTypeFactory()
            .createTypeWithNullability(
                rex.getTypeFactory().createSqlType(SqlTypeName.DATE), time.getType().isNullable());
    RexNode day = rex.ensureType(date, time, true);
    return this == DAY
        ? day
        : rex.makeCall(date, SqlStdOperatorTable.FLOOR, java.util.List.of(day, rex.makeFlag(unit)));
  }
}
