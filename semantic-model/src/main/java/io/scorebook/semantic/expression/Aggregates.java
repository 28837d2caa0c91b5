package io.scorebook.semantic.expression;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeTransforms;

/// The aggregate functions that there are, each with one meaning on every engine.
///
/// NULLs are left out by all but COUNT(*). Of no values a count is 0 and all else is NULL.
public final class Aggregates {
  /// Roughly how many different values there are; how roughly is the engine's to say.
  public static final SqlAggFunction APPROX_COUNT_DISTINCT =
      new OwnAggregate(
          "APPROX_COUNT_DISTINCT", SqlKind.OTHER_FUNCTION, ReturnTypes.BIGINT, OperandTypes.ANY);

  private static final Map<String, SqlAggFunction> FUNCTIONS = new TreeMap<>();

  static {
    FUNCTIONS.put("SUM", SqlStdOperatorTable.SUM);
    FUNCTIONS.put("COUNT", SqlStdOperatorTable.COUNT);
    FUNCTIONS.put("AVG", SqlStdOperatorTable.AVG);
    FUNCTIONS.put("MIN", SqlStdOperatorTable.MIN);
    FUNCTIONS.put("MAX", SqlStdOperatorTable.MAX);
    FUNCTIONS.put("STDDEV", spread("STDDEV", SqlKind.STDDEV_SAMP));
    FUNCTIONS.put("STDDEV_SAMP", spread("STDDEV_SAMP", SqlKind.STDDEV_SAMP));
    FUNCTIONS.put("STDDEV_POP", spread("STDDEV_POP", SqlKind.STDDEV_POP));
    FUNCTIONS.put("VARIANCE", spread("VARIANCE", SqlKind.VAR_SAMP));
    FUNCTIONS.put("VAR_SAMP", spread("VAR_SAMP", SqlKind.VAR_SAMP));
    FUNCTIONS.put("VAR_POP", spread("VAR_POP", SqlKind.VAR_POP));
    FUNCTIONS.put("MEDIAN", Percentile.median());
    FUNCTIONS.put("APPROX_COUNT_DISTINCT", APPROX_COUNT_DISTINCT);
  }

  /// Those that take a fraction beside the value.
  private static final List<String> PERCENTILES =
      List.of("APPROX_PERCENTILE", "PERCENTILE_CONT", "PERCENTILE_DISC");

  private Aggregates() {}

  /// A spread of one value, taken as a sample, is NULL: so never without NULL.
  private static SqlAggFunction spread(String name, SqlKind kind) {
    return new OwnAggregate(
        name,
        kind,
        ReturnTypes.DOUBLE.andThen(SqlTypeTransforms.FORCE_NULLABLE),
        OperandTypes.NUMERIC);
  }

  /// The aggregate function that a parsed call has; empty where it has none.
  public static Optional<SqlAggFunction> find(SqlCall call) {
    if (call.getOperator() instanceof Percentile percentile) {
      return Optional.of(percentile);
    }
    return call.getOperator() instanceof SqlFunction function
        ? Optional.ofNullable(FUNCTIONS.get(function.getName().toUpperCase(Locale.ROOT)))
        : Optional.empty();
  }

  /// Whether it is one of those that there are.
  public static boolean isKnown(SqlAggFunction function) {
    return function instanceof Percentile || FUNCTIONS.containsValue(function);
  }

  /// Whether of no rows it is 0 rather than NULL.
  public static boolean isCount(SqlAggFunction function) {
    return function == SqlStdOperatorTable.COUNT || function == APPROX_COUNT_DISTINCT;
  }

  /// Whether it is of numbers alone.
  public static boolean isOfNumbers(SqlAggFunction function) {
    return function instanceof Percentile percentile
        ? percentile.isContinuous()
        : switch (function.getKind()) {
          case COUNT, MIN, MAX, OTHER_FUNCTION -> false;
          default -> true;
        };
  }

  /// Whether every engine has it also over a moving window of rows.
  public static boolean isOverRows(SqlAggFunction function) {
    return switch (function.getKind()) {
      case SUM, COUNT, AVG, MIN, MAX -> true;
      default -> false;
    };
  }

  /// The names of those that every engine has also over a moving window of rows.
  static List<String> namesOverRows() {
    return FUNCTIONS.entrySet().stream()
        .filter(entry -> isOverRows(entry.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /// The names of all, as they are written.
  public static List<String> names() {
    return java.util.stream.Stream.concat(FUNCTIONS.keySet().stream(), PERCENTILES.stream())
        .sorted()
        .toList();
  }

  /// The call with its function found; as it is where it calls no aggregate.
  ///
  /// @throws Misuse for a percentile that is not written as one
  static SqlCall resolve(SqlCall call) {
    if (!(call.getOperator() instanceof SqlFunction function)) {
      return call;
    }
    String name = function.getName().toUpperCase(Locale.ROOT);
    if (name.equals("PERCENTILE_CONT") || name.equals("PERCENTILE_DISC")) {
      throw new Misuse(call, howToWrite(name));
    }
    if (name.equals("APPROX_PERCENTILE")) {
      if (call.operandCount() != 2) {
        throw new Misuse(call, "Cannot use APPROX_PERCENTILE; write APPROX_PERCENTILE(value, 0.5)");
      }
      return with(Percentile.continuous(fraction(call, call.operand(1))), call, call.operand(0));
    }
    SqlAggFunction found = FUNCTIONS.get(name);
    // Calcite's own are found by Calcite.
    if (found == null || isOverRows(found)) {
      return call;
    }
    return new SqlBasicCall(
        found, call.getOperandList(), call.getParserPosition(), call.getFunctionQuantifier());
  }

  /// A percentile from its order; the call as it is where it is none.
  ///
  /// @throws Misuse for a percentile that is not written as one
  static SqlCall withinGroup(SqlCall whole) {
    if (!(whole.operand(0) instanceof SqlCall inner)) {
      return whole;
    }
    SqlNodeList order = whole.operand(1);
    String name = inner.getOperator().getName().toUpperCase(Locale.ROOT);
    boolean continuous = name.equals("PERCENTILE_CONT");
    if (!continuous && !name.equals("PERCENTILE_DISC")) {
      return whole;
    }
    if (order.size() != 1 || inner.operandCount() != 1) {
      throw new Misuse(
          whole,
          "Cannot use %s; write %s(0.5) WITHIN GROUP (ORDER BY value)".formatted(name, name));
    }
    SqlNode item = order.get(0);
    while (item.getKind() == SqlKind.NULLS_FIRST || item.getKind() == SqlKind.NULLS_LAST) {
      item = ((SqlCall) item).operand(0);
    }
    boolean descending = item.getKind() == SqlKind.DESCENDING;
    SqlNode value = descending ? ((SqlCall) item).operand(0) : item;
    BigDecimal fraction = fraction(inner, inner.operand(0));
    if (!continuous) {
      return with(Percentile.discrete(fraction, descending), whole, value);
    }
    return with(
        Percentile.continuous(descending ? BigDecimal.ONE.subtract(fraction) : fraction),
        whole,
        value);
  }

  private static String howToWrite(String name) {
    return "Cannot use %s so; write %s(0.5) WITHIN GROUP (ORDER BY value)".formatted(name, name);
  }

  private static BigDecimal fraction(SqlCall call, SqlNode written) {
    if (written instanceof SqlNumericLiteral literal
        && literal.bigDecimalValue() instanceof BigDecimal fraction
        && fraction.signum() >= 0
        && fraction.compareTo(BigDecimal.ONE) <= 0) {
      return fraction.signum() == 0 ? BigDecimal.ZERO : fraction.stripTrailingZeros();
    }
    throw new Misuse(
        written,
        "Cannot take the fraction '%s' of %s; write a number from 0 to 1"
            .formatted(written, call.getOperator().getName().toUpperCase(Locale.ROOT)));
  }

  private static SqlCall with(SqlAggFunction function, SqlCall call, SqlNode value) {
    return new SqlBasicCall(function, List.of(value), call.getParserPosition());
  }
}
