package io.scorebook.engine.agreement.random;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A metric of a random model.
record Measure(String name, Meaning meaning, Optional<Target> target) {

  record Target(BigDecimal value, boolean atLeast) {}

  /// Rows or days.
  record Span(boolean rows, int count) {
    String json() {
      return "\"%s\": %d".formatted(rows ? "rows" : "days", count);
    }
  }

  sealed interface Meaning {
    /// The expression of the metric.
    String sql();

    /// The expression as a tree, where it is of metrics and aggregates; else nothing.
    default Formula formula() {
      return new Formula.Constant(BigDecimal.ZERO);
    }

    /// What the extension says, without braces; empty where there is none.
    String extension();
  }

  record Plain(Formula formula) implements Meaning {
    @Override
    public String sql() {
      return formula.sql();
    }

    @Override
    public String extension() {
      return "";
    }
  }

  /// @param mode longest, current or count
  /// @param onNull skip or break
  record Streak(
      Formula.Condition condition,
      String mode,
      int atLeast,
      String dataset,
      List<String> entity,
      List<String> order,
      String onNull)
      implements Meaning {
    @Override
    public String sql() {
      return condition.sql();
    }

    @Override
    public String extension() {
      return "\"kind\": \"streak\", \"mode\": \"%s\", \"onNull\": \"%s\"%s, %s"
          .formatted(
              mode,
              onNull,
              mode.equals("count") ? ", \"atLeast\": " + atLeast : "",
              ordered(dataset, entity, order));
    }
  }

  record Window(
      Formula.Aggregate aggregate,
      boolean best,
      int rows,
      String dataset,
      List<String> entity,
      List<String> order)
      implements Meaning {
    @Override
    public String sql() {
      return aggregate.sql();
    }

    @Override
    public String extension() {
      return "\"kind\": \"window\", \"mode\": \"%s\", \"rows\": %d, %s"
          .formatted(best ? "best" : "worst", rows, ordered(dataset, entity, order));
    }
  }

  record Cumulative(Formula formula, String time, Optional<String> restart) implements Meaning {
    @Override
    public String sql() {
      return formula.sql();
    }

    @Override
    public String extension() {
      return "\"kind\": \"cumulative\", \"time\": \"%s\"%s"
          .formatted(time, restart.map(r -> ", \"restart\": \"" + r + "\"").orElse(""));
    }
  }

  record Rolling(
      Formula formula,
      String time,
      Span span,
      String dataset,
      List<String> entity,
      List<String> order,
      Optional<String> combine)
      implements Meaning {
    @Override
    public String sql() {
      return formula.sql();
    }

    @Override
    public String extension() {
      return "\"kind\": \"rolling\", \"time\": \"%s\", %s%s%s%s"
          .formatted(
              time,
              span.json(),
              entity.isEmpty() ? "" : ", \"entity\": " + fields(dataset, entity),
              span.rows() ? ", \"order\": " + fields(dataset, order) : "",
              combine.map(c -> ", \"combine\": \"" + c + "\"").orElse(""));
    }
  }

  record Prior(Formula formula, String time, String unit, int periods) implements Meaning {
    @Override
    public String sql() {
      return formula.sql();
    }

    @Override
    public String extension() {
      return "\"kind\": \"prior\", \"time\": \"%s\", \"unit\": \"%s\", \"periods\": %d"
          .formatted(time, unit, periods);
    }
  }

  record SemiAdditive(
      Formula formula, String time, boolean last, String dataset, List<String> entity)
      implements Meaning {
    @Override
    public String sql() {
      return formula.sql();
    }

    @Override
    public String extension() {
      return "\"kind\": \"semiAdditive\", \"time\": \"%s\", \"take\": \"%s\"%s"
          .formatted(
              time,
              last ? "last" : "first",
              entity.isEmpty() ? "" : ", \"entity\": " + fields(dataset, entity));
    }
  }

  /// @param keep whether only those dimensions are kept, or all but those
  record Fixed(Formula formula, boolean keep, List<String> dimensions) implements Meaning {
    @Override
    public String sql() {
      return formula.sql();
    }

    @Override
    public String extension() {
      return "\"kind\": \"fixed\", \"%s\": %s"
          .formatted(keep ? "keepOnly" : "exclude", texts(dimensions));
    }
  }

  record Nested(Formula formula, List<String> include, String aggregate) implements Meaning {
    @Override
    public String sql() {
      return formula.sql();
    }

    @Override
    public String extension() {
      return "\"kind\": \"fixed\", \"include\": %s, \"aggregate\": \"%s\""
          .formatted(texts(include), aggregate);
    }
  }

  record Rank(Formula formula, String dataset, List<String> entity, boolean descending)
      implements Meaning {
    @Override
    public String sql() {
      return formula.sql();
    }

    @Override
    public String extension() {
      return "\"kind\": \"rank\", \"entity\": %s, \"direction\": \"%s\""
          .formatted(fields(dataset, entity), descending ? "desc" : "asc");
    }
  }

  record Conversion(
      Formula.Condition event,
      Formula.Condition then,
      Span within,
      String dataset,
      List<String> entity,
      List<String> order,
      boolean followed,
      boolean rate)
      implements Meaning {
    @Override
    public String sql() {
      return event.sql();
    }

    @Override
    public String extension() {
      return "\"kind\": \"conversion\", \"then\": \"%s\", \"within\": {%s}, %s, \"of\": \"%s\", \"result\": \"%s\""
          .formatted(
              then.sql(),
              within.json(),
              ordered(dataset, entity, order),
              followed ? "followed" : "all",
              rate ? "rate" : "count");
    }
  }

  private static String ordered(String dataset, List<String> entity, List<String> order) {
    return "\"entity\": %s, \"order\": %s"
        .formatted(fields(dataset, entity), fields(dataset, order));
  }

  private static String fields(String dataset, List<String> names) {
    return texts(names.stream().map(name -> dataset + "." + name).toList());
  }

  private static String texts(List<String> names) {
    return names.stream().map(n -> "\"" + n + "\"").collect(Collectors.joining(", ", "[", "]"));
  }
}
