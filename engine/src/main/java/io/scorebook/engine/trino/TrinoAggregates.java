package io.scorebook.engine.trino;

import io.scorebook.semantic.expression.Aggregates;
import io.scorebook.semantic.expression.Percentile;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.calcite.rel.core.AggregateCall;

/// Writes aggregates for Trino.
final class TrinoAggregates {
  private TrinoAggregates() {}

  static String render(AggregateCall call, List<String> arguments, UnaryOperator<String> filtered) {
    String distinct = call.isDistinct() ? "DISTINCT " : "";
    String listed = distinct + String.join(", ", arguments);
    UnaryOperator<String> called = function -> filtered.apply("%s(%s)".formatted(function, listed));
    return switch (call.getAggregation().getKind()) {
      case SUM -> called.apply("sum");
      case SUM0 -> "coalesce(%s, 0)".formatted(called.apply("sum"));
      case MIN -> called.apply("min");
      case MAX, ANY_VALUE -> called.apply("max");
      // Of decimals Trino's average is a decimal.
      case AVG ->
          filtered.apply("avg(%sCAST(%s AS DOUBLE))".formatted(distinct, arguments.getFirst()));
      case ARG_MIN -> called.apply("min_by");
      case ARG_MAX -> called.apply("max_by");
      case SINGLE_VALUE ->
          "CASE WHEN %s > 1 THEN fail('more than one value') ELSE %s END"
              .formatted(filtered.apply("count(*)"), called.apply("max"));
      case STDDEV_SAMP -> called.apply("stddev_samp");
      case STDDEV_POP -> called.apply("stddev_pop");
      case VAR_SAMP -> called.apply("var_samp");
      case VAR_POP -> called.apply("var_pop");
      default -> {
        if (call.getAggregation() instanceof Percentile percentile) {
          yield percentile(percentile, distinct, arguments.getFirst(), filtered);
        }
        if (call.getAggregation() == Aggregates.APPROX_COUNT_DISTINCT) {
          yield filtered.apply("approx_distinct(%s)".formatted(arguments.getFirst()));
        }
        throw TrinoDialect.INSTANCE.unsupported("the aggregate " + call.getAggregation().getName());
      }
    };
  }

  /// Trino has approximate percentiles alone: these are taken from the values in their order.
  private static String percentile(
      Percentile percentile, String distinct, String argument, UnaryOperator<String> filtered) {
    String fraction = "DOUBLE '%s'".formatted(percentile.fraction().toPlainString());
    String value = percentile.isContinuous() ? "CAST(%s AS DOUBLE)".formatted(argument) : argument;
    String values =
        "filter(%s, e -> e IS NOT NULL)"
            .formatted(filtered.apply("array_agg(%s%s)".formatted(distinct, value)));
    String sorted =
        percentile.isDescending()
            ? "reverse(array_sort(%s))".formatted(values)
            : "array_sort(%s)".formatted(values);
    String taken =
        percentile.isContinuous()
            ? interpolated(fraction)
            : "v[greatest(CAST(ceiling(%s * cardinality(v)) AS BIGINT), 1)]".formatted(fraction);
    return "transform(ARRAY[%s], v -> CASE WHEN cardinality(v) > 0 THEN %s END)[1]"
        .formatted(sorted, taken);
  }

  /// Between the values before and behind the place `fraction * (count - 1)`.
  private static String interpolated(String fraction) {
    String place = "(%s * (cardinality(v) - 1))".formatted(fraction);
    String below = "v[CAST(floor(%s) AS BIGINT) + 1]".formatted(place);
    String above = "v[CAST(ceiling(%s) AS BIGINT) + 1]".formatted(place);
    return "%s + (%s - %s) * (%s - floor(%s))".formatted(below, above, below, place, place);
  }
}
