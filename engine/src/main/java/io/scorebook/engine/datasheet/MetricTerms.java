package io.scorebook.engine.datasheet;

import io.scorebook.semantic.model.Metric;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// What a metric means, in plain words of the model.
public final class MetricTerms {
  private MetricTerms() {}

  /// What kind of metric it is, as models write it.
  public static String kind(Metric metric) {
    return switch (metric) {
      case Metric.Expression _ -> "expression";
      case Metric.Streak _ -> "streak";
      case Metric.Window _ -> "window";
      case Metric.Cumulative _ -> "cumulative";
      case Metric.Rolling _ -> "rolling";
      case Metric.Prior _ -> "prior";
      case Metric.SemiAdditive _ -> "semiAdditive";
      case Metric.Fixed _, Metric.Nested _ -> "fixed";
      case Metric.Rank _ -> "rank";
      case Metric.Conversion _ -> "conversion";
    };
  }

  /// All that defines it, from its expression on.
  public static Map<String, Object> definition(Metric metric) {
    var plain = new LinkedHashMap<String, Object>();
    plain.put("expression", metric.expression());
    switch (metric) {
      case Metric.Expression _ -> {}
      case Metric.Streak streak -> {
        plain.put("mode", lower(streak.mode()));
        if (streak.mode() == Metric.Streak.Mode.COUNT) {
          plain.put("atLeast", streak.atLeast());
        }
        plain.put("entity", streak.entity());
        plain.put("order", streak.order());
        plain.put("onNull", lower(streak.onNull()));
      }
      case Metric.Window window -> {
        plain.put("mode", lower(window.mode()));
        plain.put("rows", window.rows());
        plain.put("entity", window.entity());
        plain.put("order", window.order());
      }
      case Metric.Cumulative cumulative -> {
        plain.put("time", cumulative.time());
        cumulative.restart().ifPresent(restart -> plain.put("restart", restart));
      }
      case Metric.Rolling rolling -> {
        plain.put("time", rolling.time());
        putFrame(plain, rolling.frame());
        plain.put("entity", rolling.entity());
        plain.put("order", rolling.order());
        rolling.combine().ifPresent(combine -> plain.put("combine", lower(combine)));
      }
      case Metric.Prior prior -> {
        plain.put("time", prior.time());
        plain.put("unit", prior.unit());
        plain.put("periods", prior.periods());
      }
      case Metric.SemiAdditive semi -> {
        plain.put("time", semi.time());
        plain.put("take", lower(semi.take()));
        plain.put("entity", semi.entity());
      }
      case Metric.Fixed fixed ->
          plain.put(
              fixed.grain() == Metric.Fixed.Grain.EXCLUDE ? "exclude" : "keepOnly",
              fixed.dimensions());
      case Metric.Nested nested -> {
        plain.put("include", nested.include());
        plain.put("aggregate", lower(nested.aggregate()));
      }
      case Metric.Rank rank -> {
        plain.put("entity", rank.entity());
        plain.put("direction", lower(rank.direction()));
      }
      case Metric.Conversion conversion -> {
        plain.put("then", conversion.then());
        putFrame(plain, conversion.within());
        plain.put("entity", conversion.entity());
        plain.put("order", conversion.order());
        plain.put("of", lower(conversion.of()));
        plain.put("result", lower(conversion.result()));
      }
    }
    metric
        .head()
        .target()
        .ifPresent(target ->
            plain.put(
                "target", Map.of("value", target.value(), "direction", lower(target.direction()))));
    return plain;
  }

  private static void putFrame(Map<String, Object> plain, Metric.Rolling.Frame frame) {
    switch (frame) {
      case Metric.Rolling.Frame.Rows(int count) -> plain.put("rows", count);
      case Metric.Rolling.Frame.Days(int count) -> plain.put("days", count);
    }
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }
}
