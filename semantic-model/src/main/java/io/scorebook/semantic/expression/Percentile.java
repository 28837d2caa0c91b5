package io.scorebook.semantic.expression;

import java.math.BigDecimal;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeTransforms;

/// The value below which a fraction of the values of a group lies. NULLs are left out; of no values
/// it is NULL.
///
/// The fraction belongs to the function, so that the call has one argument like any other aggregate
/// and needs no order of its own.
public final class Percentile extends OwnAggregate {
  private final BigDecimal fraction;
  private final boolean descending;
  private final boolean continuous;

  private Percentile(String name, BigDecimal fraction, boolean descending, boolean continuous) {
    super(
        name,
        SqlKind.OTHER_FUNCTION, // for its own kinds Calcite wants an order
        (continuous ? ReturnTypes.DOUBLE : ReturnTypes.ARG0)
            .andThen(SqlTypeTransforms.FORCE_NULLABLE),
        continuous ? OperandTypes.NUMERIC : OperandTypes.COMPARABLE_ORDERED);
    if (fraction.signum() < 0 || fraction.compareTo(BigDecimal.ONE) > 0) {
      throw new IllegalArgumentException("Invalid fraction: " + fraction);
    }
    this.fraction = fraction;
    this.descending = descending;
    this.continuous = continuous;
  }

  /// The value in the middle; of an even count the mean of the two. A DOUBLE.
  static Percentile median() {
    return new Percentile("MEDIAN", new BigDecimal("0.5"), false, true);
  }

  /// Interpolated between the two values next to the place `fraction * (count - 1)`. A DOUBLE.
  static Percentile continuous(BigDecimal fraction) {
    return new Percentile(
        "PERCENTILE_CONT(%s)".formatted(fraction.toPlainString()), fraction, false, true);
  }

  /// The first value that at least the fraction of the values does not exceed. Of the values' type.
  ///
  /// @param descending whether the largest value is the first
  static Percentile discrete(BigDecimal fraction, boolean descending) {
    return new Percentile(
        "PERCENTILE_DISC(%s%s)".formatted(fraction.toPlainString(), descending ? " DESC" : ""),
        fraction,
        descending,
        false);
  }

  /// Between 0 and 1.
  public BigDecimal fraction() {
    return fraction;
  }

  public boolean isContinuous() {
    return continuous;
  }

  /// Whether the largest value is the first.
  public boolean isDescending() {
    return descending;
  }

  @Override
  public void unparse(SqlWriter writer, SqlCall call, int left, int right) {
    if (getName().equals("MEDIAN")) {
      super.unparse(writer, call, left, right);
      return;
    }
    writer.print(
        "%s(%s)"
            .formatted(
                continuous ? "PERCENTILE_CONT" : "PERCENTILE_DISC", fraction.toPlainString()));
    writer.keyword(" WITHIN GROUP");
    SqlWriter.Frame frame = writer.startList("(", ")");
    writer.keyword("ORDER BY");
    call.operand(0).unparse(writer, 0, 0);
    Optional.of("DESC").filter(_ -> descending).ifPresent(writer::keyword);
    writer.endList(frame);
  }
}
