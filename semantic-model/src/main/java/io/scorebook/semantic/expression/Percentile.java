package io.scorebook.semantic.expression;

import java.math.BigDecimal;
import java.util.Optional;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.util.Optionality;

/// The value below which a fraction of the values of a group lies. NULLs are left out; of no values
/// it is NULL.
///
/// The fraction belongs to the function, so that the call has one argument like any other aggregate
/// and needs no order of its own.
public final class Percentile extends SqlAggFunction {
  private final BigDecimal fraction;
  private final boolean descending;

  private Percentile(
      String name, SqlKind kind, BigDecimal fraction, boolean descending, boolean keepsType) {
    super(
        name,
        null,
        kind,
        (keepsType ? ReturnTypes.ARG0 : ReturnTypes.DOUBLE)
            .andThen(SqlTypeTransforms.FORCE_NULLABLE),
        null,
        keepsType ? OperandTypes.COMPARABLE_ORDERED : OperandTypes.NUMERIC,
        SqlFunctionCategory.NUMERIC,
        false,
        false,
        Optionality.FORBIDDEN);
    if (fraction.signum() < 0 || fraction.compareTo(BigDecimal.ONE) > 0) {
      throw new IllegalArgumentException("Invalid fraction: " + fraction);
    }
    this.fraction = fraction;
    this.descending = descending;
  }

  /// The value in the middle; of an even count the mean of the two. A DOUBLE.
  static Percentile median() {
    return new Percentile("MEDIAN", SqlKind.PERCENTILE_CONT, new BigDecimal("0.5"), false, false);
  }

  /// Interpolated between the two values next to the place `fraction * (count - 1)`. A DOUBLE.
  static Percentile continuous(BigDecimal fraction) {
    return new Percentile(
        "PERCENTILE_CONT(%s)".formatted(fraction.toPlainString()),
        SqlKind.PERCENTILE_CONT,
        fraction,
        false,
        false);
  }

  /// The first value that at least the fraction of the values does not exceed. Of the values' type.
  ///
  /// @param descending whether the largest value is the first
  static Percentile discrete(BigDecimal fraction, boolean descending) {
    return new Percentile(
        "PERCENTILE_DISC(%s%s)".formatted(fraction.toPlainString(), descending ? " DESC" : ""),
        SqlKind.PERCENTILE_DISC,
        fraction,
        descending,
        true);
  }

  /// Between 0 and 1.
  public BigDecimal fraction() {
    return fraction;
  }

  public boolean isContinuous() {
    return kind == SqlKind.PERCENTILE_CONT;
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
    writer.print("%s(%s)".formatted(kind.name(), fraction.toPlainString()));
    writer.keyword(" WITHIN GROUP");
    SqlWriter.Frame frame = writer.startList("(", ")");
    writer.keyword("ORDER BY");
    call.operand(0).unparse(writer, 0, 0);
    Optional.of("DESC").filter(_ -> descending).ifPresent(writer::keyword);
    writer.endList(frame);
  }
}
