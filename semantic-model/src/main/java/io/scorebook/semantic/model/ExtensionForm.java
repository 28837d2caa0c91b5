package io.scorebook.semantic.model;

import static io.scorebook.semantic.model.ExtensionKeys.word;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the extension of a metric says, as [MetricKind] reads it.
final class ExtensionForm {
  private ExtensionForm() {}

  /// Empty for a metric that needs none.
  static Map<String, Object> of(Metric metric) {
    var plain = new LinkedHashMap<String, Object>();
    switch (metric) {
      case Metric.Expression _ -> {}
      case Metric.Streak streak -> {
        plain.put("kind", "streak");
        plain.put("mode", word(streak.mode()));
        if (streak.mode() == Metric.Streak.Mode.COUNT) {
          plain.put("atLeast", streak.atLeast());
        }
        putRows(plain, streak);
        plain.put("onNull", word(streak.onNull()));
      }
      case Metric.Window window -> {
        plain.put("kind", "window");
        plain.put("mode", word(window.mode()));
        plain.put("rows", window.rows());
        putRows(plain, window);
      }
      case Metric.Cumulative cumulative -> {
        plain.put("kind", "cumulative");
        plain.put("time", cumulative.time());
        cumulative.restart().ifPresent(restart -> plain.put("restart", restart));
      }
      case Metric.Rolling rolling -> {
        plain.put("kind", "rolling");
        plain.put("time", rolling.time());
        plain.putAll(frame(rolling.frame()));
        putRows(plain, rolling);
        rolling.combine().ifPresent(combine -> plain.put("combine", word(combine)));
      }
      case Metric.Prior prior -> {
        plain.put("kind", "prior");
        plain.put("time", prior.time());
        plain.put("unit", prior.unit());
        plain.put("periods", prior.periods());
      }
      case Metric.SemiAdditive semi -> {
        plain.put("kind", "semiAdditive");
        plain.put("time", semi.time());
        plain.put("take", word(semi.take()));
        putRows(plain, semi);
      }
      case Metric.Fixed fixed -> {
        plain.put("kind", "fixed");
        plain.put(word(fixed.grain()), fixed.dimensions());
      }
      case Metric.Nested nested -> {
        plain.put("kind", "fixed");
        plain.put("include", nested.include());
        plain.put("aggregate", word(nested.aggregate()));
      }
      case Metric.Rank rank -> {
        plain.put("kind", "rank");
        putRows(plain, rank);
        plain.put("direction", word(rank.direction()));
      }
      case Metric.Conversion conversion -> {
        plain.put("kind", "conversion");
        plain.put("then", conversion.then());
        plain.put("within", frame(conversion.within()));
        putRows(plain, conversion);
        plain.put("of", word(conversion.of()));
        plain.put("result", word(conversion.result()));
      }
    }
    metric
        .head()
        .target()
        .ifPresent(target -> {
          var form = new LinkedHashMap<String, Object>();
          form.put("value", target.value());
          form.put("direction", word(target.direction()));
          plain.put("target", form);
        });
    return plain;
  }

  private static void putRows(Map<String, Object> plain, Metric.OfEntity metric) {
    put(plain, "entity", metric.entity());
    put(plain, "order", metric.order());
  }

  private static void put(Map<String, Object> plain, String key, List<String> fields) {
    if (!fields.isEmpty()) {
      plain.put(key, fields);
    }
  }

  private static Map<String, Object> frame(Metric.Rolling.Frame frame) {
    return switch (frame) {
      case Metric.Rolling.Frame.Rows(int count) -> Map.of("rows", count);
      case Metric.Rolling.Frame.Days(int count) -> Map.of("days", count);
    };
  }
}
