package io.scorebook.semantic.plan;

import io.scorebook.semantic.model.Metric;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// What the kind of a metric makes of its expression: in words, and as the model writes it.
///
/// @param kind as the extension calls it
/// @param extension the keys of the extension and their values
record MetricWords(String kind, String meaning, Map<String, String> extension) {

  static MetricWords of(Metric metric) {
    String value = metric.expression().strip().replaceAll("\\s+", " ");
    return switch (metric) {
      case Metric.Expression _ ->
          new MetricWords("expression", "an expression over aggregates and metrics", Map.of());
      case Metric.Streak streak ->
          new MetricWords(
              "streak",
              "%s consecutive rows of one %s, in order of %s, for which %s; a row where that is unknown %s"
                  .formatted(
                      switch (streak.mode()) {
                        case LONGEST -> "the longest run of";
                        case CURRENT -> "the run that the last row ends, of";
                        case COUNT ->
                            "the number of runs of at least %d".formatted(streak.atLeast());
                      },
                      list(streak.entity()),
                      list(streak.order()),
                      value,
                      switch (streak.onNull()) {
                        case SKIP -> "is skipped";
                        case BREAK -> "ends a run";
                      }),
              keys(
                  "mode", word(streak.mode()),
                  "atLeast", streak.mode() == Metric.Streak.Mode.COUNT ? streak.atLeast() : "",
                  "entity", list(streak.entity()),
                  "order", list(streak.order()),
                  "onNull", word(streak.onNull())));
      case Metric.Window window ->
          new MetricWords(
              "window",
              "the %s %s over %d consecutive rows of one %s, in order of %s; only full windows count"
                  .formatted(
                      switch (window.mode()) {
                        case BEST -> "largest";
                        case WORST -> "smallest";
                      },
                      value,
                      window.rows(),
                      list(window.entity()),
                      list(window.order())),
              keys(
                  "mode", word(window.mode()),
                  "rows", window.rows(),
                  "entity", list(window.entity()),
                  "order", list(window.order())));
      case Metric.Cumulative cumulative ->
          new MetricWords(
              "cumulative",
              cumulative
                  .restart()
                  .map(restart ->
                      "%s since the %s began, up to the end of the period"
                          .formatted(value, restart))
                  .orElse("%s since ever, up to the end of the period".formatted(value)),
              keys("time", cumulative.time(), "restart", cumulative.restart().orElse("")));
      case Metric.Rolling rolling -> rolling(rolling, value);
      case Metric.Prior prior ->
          new MetricWords(
              "prior",
              "%s of %s; NULL where nothing was then"
                  .formatted(
                      value,
                      prior.periods() == 1
                          ? "the %s before".formatted(prior.unit())
                          : "%d %ss before".formatted(prior.periods(), prior.unit())),
              keys("time", prior.time(), "unit", prior.unit(), "periods", prior.periods()));
      case Metric.SemiAdditive semi ->
          new MetricWords(
              "semiAdditive",
              "%s on the %s %s that each %s has in the group; over them it adds up"
                  .formatted(value, word(semi.take()), semi.time(), list(semi.entity())),
              keys("time", semi.time(), "take", word(semi.take()), "entity", list(semi.entity())));
      case Metric.Fixed fixed -> fixed(fixed, value);
      case Metric.Nested nested ->
          new MetricWords(
              "fixed",
              "the %s of %s, taken for each %s within the group"
                  .formatted(
                      switch (nested.aggregate()) {
                        case SUM -> "sum";
                        case AVG -> "average";
                        case MIN -> "smallest";
                        case MAX -> "largest";
                      },
                      value,
                      list(nested.include())),
              keys("include", list(nested.include()), "aggregate", word(nested.aggregate())));
      case Metric.Rank rank ->
          new MetricWords(
              "rank",
              "the place of %s by %s, %s first, among the groups with the same other keys; equal values share a place"
                  .formatted(
                      list(rank.entity()),
                      value,
                      rank.direction() == Metric.Rank.Direction.DESC ? "largest" : "smallest"),
              keys("entity", list(rank.entity()), "direction", word(rank.direction())));
      case Metric.Conversion conversion -> conversion(conversion, value);
    };
  }

  private static MetricWords rolling(Metric.Rolling rolling, String value) {
    String of = rolling.entity().isEmpty() ? "" : " of each " + list(rolling.entity());
    String frame =
        switch (rolling.frame()) {
          case Metric.Rolling.Frame.Rows(int count) ->
              "the last %d rows%s, in order of %s, up to the end of the period; NULL where there are fewer"
                  .formatted(count, of, list(rolling.order()));
          case Metric.Rolling.Frame.Days(int count) ->
              "the %d days%s that end with the last day of the period".formatted(count, of);
        };
    return new MetricWords(
        "rolling",
        "%s over %s".formatted(value, frame)
            + rolling.combine().map(combine -> "; of several, the " + word(combine)).orElse(""),
        keys(
            "time",
            rolling.time(),
            name(rolling.frame()),
            count(rolling.frame()),
            "entity",
            list(rolling.entity()),
            "order",
            list(rolling.order()),
            "combine",
            rolling.combine().map(MetricWords::word).orElse("")));
  }

  private static MetricWords fixed(Metric.Fixed fixed, String value) {
    String dimensions = list(fixed.dimensions());
    return switch (fixed.grain()) {
      case KEEP_ONLY ->
          new MetricWords(
              "fixed",
              dimensions.isEmpty()
                  ? "%s in total, whatever the question groups or filters by".formatted(value)
                  : "%s by %s alone, whatever else the question groups or filters by"
                      .formatted(value, dimensions),
              keys("keepOnly", dimensions));
      case EXCLUDE ->
          new MetricWords(
              "fixed",
              "%s as if the question did not group or filter by %s".formatted(value, dimensions),
              keys("exclude", dimensions));
    };
  }

  private static MetricWords conversion(Metric.Conversion conversion, String value) {
    String within =
        switch (conversion.within()) {
          case Metric.Rolling.Frame.Rows(int count) ->
              count == 1 ? "the next row" : "one of the next %d rows".formatted(count);
          case Metric.Rolling.Frame.Days(int count) -> "a row of the next %d days".formatted(count);
        };
    String converted =
        "rows for which %s, followed in %s of the same %s by %s"
            .formatted(value, within, list(conversion.entity()), conversion.then());
    return new MetricWords(
        "conversion",
        switch (conversion.result()) {
          case COUNT -> "the number of " + converted;
          case RATE ->
              "the share of "
                  + converted
                  + switch (conversion.of()) {
                    case ALL -> ", among all rows for which " + value;
                    case FOLLOWED -> ", among those that any row follows";
                  };
        },
        keys(
            "then", conversion.then(),
            "within", name(conversion.within()) + " " + count(conversion.within()),
            "entity", list(conversion.entity()),
            "order", list(conversion.order()),
            "of", word(conversion.of()),
            "result", word(conversion.result())));
  }

  private static String name(Metric.Rolling.Frame frame) {
    return frame instanceof Metric.Rolling.Frame.Rows ? "rows" : "days";
  }

  private static int count(Metric.Rolling.Frame frame) {
    return switch (frame) {
      case Metric.Rolling.Frame.Rows(int count) -> count;
      case Metric.Rolling.Frame.Days(int count) -> count;
    };
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String list(List<String> names) {
    return String.join(", ", names);
  }

  /// Keys and values in turn; what is empty is left out.
  private static Map<String, String> keys(Object... keysAndValues) {
    var keys = new LinkedHashMap<String, String>();
    List<String> texts = Stream.of(keysAndValues).map(String::valueOf).toList();
    for (int i = 0; i < texts.size(); i += 2) {
      if (!texts.get(i + 1).isEmpty()) {
        keys.put(texts.get(i), texts.get(i + 1));
      }
    }
    return keys;
  }
}
