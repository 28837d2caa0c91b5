package io.scorebook.engine.agreement.random;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The expression of a metric, as a tree and as SQL.
sealed interface Formula {
  String sql();

  /// A field of a dataset, `times` and `plus` something where that is a number.
  record Operand(String dataset, String field, int times, int plus) {
    static Operand of(String dataset, String field) {
      return new Operand(dataset, field, 1, 0);
    }

    String sql() {
      return dataset
          + "."
          + field
          + (times == 1 ? "" : " * " + times)
          + (plus == 0 ? "" : " + " + plus);
    }
  }

  /// One aggregate over the rows of a dataset.
  ///
  /// @param function SUM, COUNT, AVG, MIN, MAX, MEDIAN or PERCENTILE_CONT at a quarter
  record Aggregate(String function, boolean distinct, Operand operand, Optional<Condition> filter)
      implements Formula {
    @Override
    public String sql() {
      String call =
          function.equals("PERCENTILE_CONT")
              ? "PERCENTILE_CONT(0.25) WITHIN GROUP (ORDER BY %s)".formatted(operand.sql())
              : "%s(%s%s)".formatted(function, distinct ? "DISTINCT " : "", operand.sql());
      return call + filter.map(f -> " FILTER (WHERE %s)".formatted(f.sql())).orElse("");
    }

    boolean isCount() {
      return function.equals("COUNT");
    }

    Stream<String> datasets() {
      return Stream.concat(
              Stream.of(operand.dataset()),
              filter.stream().flatMap(Condition::operands).map(Operand::dataset))
          .distinct();
    }
  }

  /// An aggregate over the rows that those of a fact lead to, each of them once; only in an
  /// expression in which something is of the fact.
  record Reached(Aggregate aggregate, String fact) implements Formula {
    @Override
    public String sql() {
      return aggregate.sql();
    }
  }

  /// Another metric.
  record Named(String name) implements Formula {
    @Override
    public String sql() {
      return name;
    }
  }

  record Constant(BigDecimal value) implements Formula {
    @Override
    public String sql() {
      return value.toPlainString();
    }
  }

  record Arithmetic(char operator, Formula left, Formula right) implements Formula {
    @Override
    public String sql() {
      return "(" + left.sql() + " " + operator + " " + right.sql() + ")";
    }
  }

  /// What it names and aggregates, without arithmetic.
  default Stream<Formula> leaves() {
    return switch (this) {
      case Aggregate _, Reached _, Named _ -> Stream.of(this);
      case Constant _ -> Stream.empty();
      case Arithmetic(_, Formula left, Formula right) ->
          Stream.concat(left.leaves(), right.leaves());
    };
  }

  /// A condition on one row; unknown where what it compares is NULL.
  sealed interface Condition {
    String sql();

    Stream<Operand> operands();

    /// A number or text against a constant.
    ///
    /// @param constant BigDecimal or String
    record Compared(Operand operand, String operator, Object constant) implements Condition {
      @Override
      public String sql() {
        return operand.sql()
            + " "
            + operator
            + " "
            + (constant instanceof String text ? "'" + text + "'" : constant);
      }

      @Override
      public Stream<Operand> operands() {
        return Stream.of(operand);
      }
    }

    record Holds(Operand operand) implements Condition {
      @Override
      public String sql() {
        return operand.sql();
      }

      @Override
      public Stream<Operand> operands() {
        return Stream.of(operand);
      }
    }

    record IsNull(Operand operand) implements Condition {
      @Override
      public String sql() {
        return operand.sql() + " IS NULL";
      }

      @Override
      public Stream<Operand> operands() {
        return Stream.of(operand);
      }
    }

    record Not(Condition of) implements Condition {
      @Override
      public String sql() {
        return "NOT (" + of.sql() + ")";
      }

      @Override
      public Stream<Operand> operands() {
        return of.operands();
      }
    }

    /// Conditions together.
    ///
    /// @param all whether all have to hold, or any
    record Several(boolean all, List<Condition> of) implements Condition {
      @Override
      public String sql() {
        return "("
            + String.join(all ? " AND " : " OR ", of.stream().map(Condition::sql).toList())
            + ")";
      }

      @Override
      public Stream<Operand> operands() {
        return of.stream().flatMap(Condition::operands);
      }
    }
  }
}
