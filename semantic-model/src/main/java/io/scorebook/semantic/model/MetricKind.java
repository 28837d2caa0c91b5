package io.scorebook.semantic.model;

import io.scorebook.semantic.model.Metric.Head;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The kinds of metrics that an extension can say, each with its keys and how they are read.
enum MetricKind {
  STREAK("streak", "mode", "atLeast", "entity", "order", "onNull") {
    @Override
    Optional<Metric> read(Head head, String expression, ExtensionKeys keys) {
      var mode = keys.choice("mode", Metric.Streak.Mode.values(), Optional.empty());
      var onNull =
          keys.choice(
              "onNull", Metric.Streak.OnNull.values(), Optional.of(Metric.Streak.OnNull.SKIP));
      List<String> entity = keys.fields("entity");
      List<String> order = keys.fields("order");
      boolean counts = mode.filter(m -> m == Metric.Streak.Mode.COUNT).isPresent();
      if (!counts && keys.has("atLeast")) {
        keys.findings()
            .error(
                keys.at("atLeast"), "Cannot use 'atLeast' but with the mode 'count' of a streak");
      }
      Optional<Integer> atLeast = counts ? keys.count("atLeast") : Optional.of(1);
      return mode.isEmpty() || onNull.isEmpty() || entity.isEmpty() || order.isEmpty()
          ? Optional.empty()
          : atLeast.map(
              n -> new Metric.Streak(head, expression, mode.get(), n, entity, order, onNull.get()));
    }
  },
  WINDOW("window", "mode", "rows", "entity", "order") {
    @Override
    Optional<Metric> read(Head head, String expression, ExtensionKeys keys) {
      var mode = keys.choice("mode", Metric.Window.Mode.values(), Optional.empty());
      Optional<Integer> rows = keys.count("rows");
      List<String> entity = keys.fields("entity");
      List<String> order = keys.fields("order");
      return mode.isEmpty() || rows.isEmpty() || entity.isEmpty() || order.isEmpty()
          ? Optional.empty()
          : Optional.of(new Metric.Window(head, expression, mode.get(), rows.get(), entity, order));
    }
  },
  CUMULATIVE("cumulative", "time", "restart") {
    @Override
    Optional<Metric> read(Head head, String expression, ExtensionKeys keys) {
      Optional<String> restart = keys.optionalText("restart");
      return keys.text("time").map(time -> new Metric.Cumulative(head, expression, time, restart));
    }
  },
  ROLLING("rolling", "time", "rows", "days", "entity", "order", "combine") {
    @Override
    Optional<Metric> read(Head head, String expression, ExtensionKeys keys) {
      Optional<String> time = keys.text("time");
      Optional<Metric.Rolling.Frame> frame = frame(keys);
      boolean ofRows = frame.filter(f -> f instanceof Metric.Rolling.Frame.Rows).isPresent();
      List<String> entity = ofRows ? keys.fields("entity") : keys.optionalFields("entity");
      List<String> order = ofRows ? keys.fields("order") : List.of();
      if (!ofRows && keys.has("order")) {
        keys.findings()
            .error(keys.at("order"), "Cannot use 'order' but with 'rows'; days need none");
      }
      Optional<Optional<Metric.Rolling.Combine>> combine =
          keys.has("combine")
              ? keys.choice("combine", Metric.Rolling.Combine.values(), Optional.empty())
                  .map(Optional::of)
              : Optional.of(Optional.empty());
      if (time.isEmpty() || frame.isEmpty() || combine.isEmpty() || ofRows && order.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new Metric.Rolling(
              head, expression, time.get(), frame.get(), entity, order, combine.get()));
    }
  },
  PRIOR("prior", "time", "unit", "periods") {
    @Override
    Optional<Metric> read(Head head, String expression, ExtensionKeys keys) {
      Optional<String> time = keys.text("time");
      Optional<String> unit = keys.text("unit");
      Optional<Integer> periods = keys.has("periods") ? keys.count("periods") : Optional.of(1);
      return time.isEmpty() || unit.isEmpty()
          ? Optional.empty()
          : periods.map(n -> new Metric.Prior(head, expression, time.get(), unit.get(), n));
    }
  },
  SEMI_ADDITIVE("semiAdditive", "time", "take", "entity") {
    @Override
    Optional<Metric> read(Head head, String expression, ExtensionKeys keys) {
      Optional<String> time = keys.text("time");
      var take = keys.choice("take", Metric.SemiAdditive.Take.values(), Optional.empty());
      List<String> entity = keys.optionalFields("entity");
      return time.isEmpty() || take.isEmpty()
          ? Optional.empty()
          : Optional.of(new Metric.SemiAdditive(head, expression, time.get(), take.get(), entity));
    }
  },
  FIXED("fixed", "keepOnly", "exclude", "include", "aggregate") {
    @Override
    Optional<Metric> read(Head head, String expression, ExtensionKeys keys) {
      List<String> given =
          List.of("keepOnly", "exclude", "include").stream().filter(keys::has).toList();
      if (given.size() != 1) {
        keys.findings()
            .error(
                keys.extension().location(),
                "Cannot choose the grain of metric '%s': there must be one of 'keepOnly', 'exclude' and 'include'"
                    .formatted(head.name()));
        return Optional.empty();
      }
      String key = given.getFirst();
      if (key.equals("include")) {
        List<String> include = keys.dimensions(key);
        return keys.choice("aggregate", Metric.Nested.Aggregate.values(), Optional.empty())
            .map(aggregate -> new Metric.Nested(head, expression, include, aggregate));
      }
      if (keys.has("aggregate")) {
        keys.findings().error(keys.at("aggregate"), "Cannot use 'aggregate' but with 'include'");
      }
      // An empty list is the grand total.
      return Optional.of(
          new Metric.Fixed(
              head,
              expression,
              key.equals("exclude") ? Metric.Fixed.Grain.EXCLUDE : Metric.Fixed.Grain.KEEP_ONLY,
              keys.extension().texts(key, keys.findings())));
    }
  },
  RANK("rank", "entity", "direction") {
    @Override
    Optional<Metric> read(Head head, String expression, ExtensionKeys keys) {
      List<String> entity = keys.fields("entity");
      return keys.choice(
              "direction", Metric.Rank.Direction.values(), Optional.of(Metric.Rank.Direction.DESC))
          .map(direction -> new Metric.Rank(head, expression, entity, direction));
    }
  },
  CONVERSION("conversion", "then", "within", "entity", "order", "of", "result") {
    @Override
    Optional<Metric> read(Head head, String expression, ExtensionKeys keys) {
      Optional<String> then = keys.text("then");
      Optional<Metric.Rolling.Frame> within =
          keys.mapping("within")
              .flatMap(inner -> {
                inner.extension().allowOnly(Set.of("rows", "days"), inner.findings());
                return frame(inner);
              });
      List<String> entity = keys.fields("entity");
      List<String> order = keys.fields("order");
      var of =
          keys.choice("of", Metric.Conversion.Of.values(), Optional.of(Metric.Conversion.Of.ALL));
      var result =
          keys.choice(
              "result",
              Metric.Conversion.Result.values(),
              Optional.of(Metric.Conversion.Result.RATE));
      if (then.isEmpty()
          || within.isEmpty()
          || entity.isEmpty()
          || order.isEmpty()
          || of.isEmpty()
          || result.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new Metric.Conversion(
              head,
              expression,
              then.get(),
              keys.at("then"),
              within.get(),
              entity,
              order,
              of.get(),
              result.get()));
    }
  };

  private final String word;
  private final Set<String> keys;

  MetricKind(String word, String... keys) {
    this.word = word;
    this.keys = Set.of(keys);
  }

  /// The metric; empty where findings say why it could not be read.
  abstract Optional<Metric> read(Head head, String expression, ExtensionKeys keys);

  /// What an extension of this kind may say, beside `kind` and `target`.
  Set<String> keys() {
    return keys;
  }

  static Optional<MetricKind> find(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
  }

  static List<String> words() {
    return Arrays.stream(values()).map(kind -> kind.word).toList();
  }

  private static Optional<Metric.Rolling.Frame> frame(ExtensionKeys keys) {
    if (keys.has("rows") == keys.has("days")) {
      keys.findings()
          .error(
              keys.extension().location(),
              "Cannot choose how far to look: there must be one of 'rows' and 'days'");
      return Optional.empty();
    }
    return keys.has("rows")
        ? keys.count("rows").map(Metric.Rolling.Frame.Rows::new)
        : keys.count("days").map(Metric.Rolling.Frame.Days::new);
  }
}
