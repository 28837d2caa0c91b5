package io.scorebook.engine.reference;

import io.scorebook.engine.answer.EngineException;
import io.scorebook.engine.answer.EngineException.Kind;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/// Takes in rows and gives an aggregate of those so far.
interface Accumulator {
  void add(@Nullable Object[] row);

  @Nullable Object value();

  /// @param arguments the columns that are aggregated
  static Accumulator of(SqlKind kind, List<Integer> arguments, RelDataType type) {
    return switch (kind) {
      case COUNT -> new Count(arguments);
      case SUM -> new Sum(arguments.getFirst(), type, false);
      case SUM0 -> new Sum(arguments.getFirst(), type, true);
      case AVG -> new Average(arguments.getFirst());
      case MIN -> new Extreme(arguments.getFirst(), arguments.getFirst(), -1);
      case MAX, ANY_VALUE -> new Extreme(arguments.getFirst(), arguments.getFirst(), 1);
      case ARG_MIN -> new Extreme(arguments.get(1), arguments.getFirst(), -1);
      case ARG_MAX -> new Extreme(arguments.get(1), arguments.getFirst(), 1);
      case SINGLE_VALUE -> new Single(arguments.getFirst());
      default ->
          throw new EngineException(
              Kind.UNSUPPORTED, "Cannot run the aggregate %s".formatted(kind), null);
    };
  }

  /// Each combination of arguments once.
  static Accumulator distinct(Accumulator accumulator, List<Integer> arguments) {
    Set<List<@Nullable Object>> seen = new HashSet<>();
    return new Accumulator() {
      @Override
      public void add(@Nullable Object[] row) {
        if (seen.add(Values.key(row, arguments))) {
          accumulator.add(row);
        }
      }

      @Override
      public @Nullable Object value() {
        return accumulator.value();
      }
    };
  }

  /// Only rows where the column is true.
  static Accumulator filtered(Accumulator accumulator, int filter) {
    return new Accumulator() {
      @Override
      public void add(@Nullable Object[] row) {
        if (Boolean.TRUE.equals(row[filter])) {
          accumulator.add(row);
        }
      }

      @Override
      public @Nullable Object value() {
        return accumulator.value();
      }
    };
  }

  /// The rows where no argument is NULL.
  final class Count implements Accumulator {
    private final List<Integer> arguments;
    private long count;

    Count(List<Integer> arguments) {
      this.arguments = arguments;
    }

    @Override
    public void add(@Nullable Object[] row) {
      for (int argument : arguments) {
        if (row[argument] == null) {
          return;
        }
      }
      count++;
    }

    @Override
    public Object value() {
      return count;
    }
  }

  /// Exact until it is given out: integers and decimals as they are, doubles by their binary value.
  final class Sum implements Accumulator {
    private final int argument;
    private final RelDataType type;
    private final boolean zeroOfNone;
    private BigDecimal sum = BigDecimal.ZERO;
    private boolean any;

    Sum(int argument, RelDataType type, boolean zeroOfNone) {
      this.argument = argument;
      this.type = type;
      this.zeroOfNone = zeroOfNone;
    }

    @Override
    public void add(@Nullable Object[] row) {
      Object value = row[argument];
      if (value != null) {
        sum = sum.add(Values.exact(value));
        any = true;
      }
    }

    @Override
    public @Nullable Object value() {
      return any || zeroOfNone ? Values.as(sum, type) : null;
    }
  }

  final class Average implements Accumulator {
    private final int argument;
    private BigDecimal sum = BigDecimal.ZERO;
    private long count;

    Average(int argument) {
      this.argument = argument;
    }

    @Override
    public void add(@Nullable Object[] row) {
      Object value = row[argument];
      if (value != null) {
        sum = sum.add(Values.exact(value));
        count++;
      }
    }

    @Override
    public @Nullable Object value() {
      return count == 0
          ? null
          : sum.divide(BigDecimal.valueOf(count), MathContext.DECIMAL128).doubleValue();
    }
  }

  /// The value of one column where another is smallest or largest; of equal ones the first.
  final class Extreme implements Accumulator {
    private final int by;
    private final int argument;
    private final int sign;
    private @Nullable Object best;
    private @Nullable Object value;

    Extreme(int by, int argument, int sign) {
      this.by = by;
      this.argument = argument;
      this.sign = sign;
    }

    @Override
    public void add(@Nullable Object[] row) {
      Object candidate = row[by];
      if (candidate != null && (best == null || Values.ORDER.compare(candidate, best) * sign > 0)) {
        best = candidate;
        value = row[argument];
      }
    }

    @Override
    public @Nullable Object value() {
      return value;
    }
  }

  final class Single implements Accumulator {
    private final int argument;
    private @Nullable Object value;
    private boolean any;

    Single(int argument) {
      this.argument = argument;
    }

    @Override
    public void add(@Nullable Object[] row) {
      if (any) {
        throw new EngineException(Kind.DATA, "Cannot use more than one value as one", null);
      }
      any = true;
      value = row[argument];
    }

    @Override
    public @Nullable Object value() {
      return value;
    }
  }
}
