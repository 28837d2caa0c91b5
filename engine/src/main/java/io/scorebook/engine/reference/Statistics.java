package io.scorebook.engine.reference;

import io.scorebook.semantic.expression.Aggregates;
import io.scorebook.semantic.expression.Percentile;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlAggFunction;
import org.jspecify.annotations.Nullable;

/// Aggregates of all values of a group: spreads and percentiles, each as its definition reads.
final class Statistics {
  private Statistics() {}

  /// The accumulator of a function that is none of [Accumulator#of].
  static Optional<Accumulator> of(SqlAggFunction function, List<Integer> arguments) {
    if (function instanceof Percentile percentile) {
      return Optional.of(new OfPercentile(percentile, arguments.getFirst()));
    }
    if (function == Aggregates.APPROX_COUNT_DISTINCT) {
      return Optional.of(Accumulator.distinct(new Accumulator.Count(arguments), arguments));
    }
    return switch (function.getKind()) {
      case VAR_POP -> Optional.of(new Spread(arguments.getFirst(), 0, false));
      case VAR_SAMP -> Optional.of(new Spread(arguments.getFirst(), 1, false));
      case STDDEV_POP -> Optional.of(new Spread(arguments.getFirst(), 0, true));
      case STDDEV_SAMP -> Optional.of(new Spread(arguments.getFirst(), 1, true));
      default -> Optional.empty();
    };
  }

  /// Variance or its root; exact until it is given out.
  private static final class Spread implements Accumulator {
    private final int argument;
    private final int lessThanCount;
    private final boolean root;
    private BigDecimal sum = BigDecimal.ZERO;
    private BigDecimal squares = BigDecimal.ZERO;
    private long count;

    Spread(int argument, int lessThanCount, boolean root) {
      this.argument = argument;
      this.lessThanCount = lessThanCount;
      this.root = root;
    }

    @Override
    public void add(@Nullable Object[] row) {
      Object value = row[argument];
      if (value != null) {
        BigDecimal exact = Values.exact(value);
        sum = sum.add(exact);
        squares = squares.add(exact.multiply(exact));
        count++;
      }
    }

    @Override
    public @Nullable Object value() {
      if (count <= lessThanCount) {
        return null;
      }
      BigDecimal n = BigDecimal.valueOf(count);
      BigDecimal scaled = squares.multiply(n).subtract(sum.multiply(sum));
      BigDecimal variance =
          scaled.divide(
              n.multiply(BigDecimal.valueOf(count - lessThanCount)), MathContext.DECIMAL128);
      return root ? variance.sqrt(MathContext.DECIMAL128).doubleValue() : variance.doubleValue();
    }
  }

  private static final class OfPercentile implements Accumulator {
    private final Percentile percentile;
    private final int argument;
    private final List<Object> values = new ArrayList<>();

    OfPercentile(Percentile percentile, int argument) {
      this.percentile = percentile;
      this.argument = argument;
    }

    @Override
    public void add(@Nullable Object[] row) {
      Object value = row[argument];
      if (value != null) {
        values.add(value);
      }
    }

    @Override
    public @Nullable Object value() {
      if (values.isEmpty()) {
        return null;
      }
      values.sort(percentile.isDescending() ? Values.ORDER.reversed() : Values.ORDER);
      return percentile.isContinuous() ? continuous() : discrete();
    }

    private double continuous() {
      BigDecimal place = percentile.fraction().multiply(BigDecimal.valueOf(values.size() - 1L));
      int below = place.intValue();
      double low = number(below);
      double high = number(Math.min(below + 1, values.size() - 1));
      double between = place.subtract(BigDecimal.valueOf(below)).doubleValue();
      return low + (high - low) * between;
    }

    private double number(int at) {
      return ((Number) values.get(at)).doubleValue();
    }

    private Object discrete() {
      int rank =
          percentile
              .fraction()
              .multiply(BigDecimal.valueOf(values.size()))
              .setScale(0, RoundingMode.CEILING)
              .intValueExact();
      return values.get(Math.max(rank, 1) - 1);
    }
  }
}
