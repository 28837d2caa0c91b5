package io.scorebook.semantic.imports;

import io.scorebook.documents.Location;
import io.scorebook.semantic.imports.Draft.Type;
import io.scorebook.semantic.imports.FlowFilter.Untranslatable;
import io.scorebook.semantic.imports.FlowModel.Measure;
import io.scorebook.semantic.model.Metric;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a measure of MetricFlow aggregates, as an expression.
final class FlowAggregates {
  private final FlowDatasets datasets;
  private final FlowFilter filter;
  private final Fidelity fidelity;

  FlowAggregates(FlowDatasets datasets, FlowFilter filter, Fidelity fidelity) {
    this.datasets = datasets;
    this.filter = filter;
    this.fidelity = fidelity;
  }

  /// The dimension that a measure is summed up by over time.
  static String time(Measure measure) {
    Optional<String> own = measure.settings().text("agg_time_dimension");
    return own.filter(time -> !measure.of().aggTime().equals(Optional.of(time)))
        .orElse(FlowDatasets.METRIC_TIME);
  }

  /// @param name of the metric that it is for, in the report
  String expression(Measure measure, List<String> filters, String name, Location at)
      throws Untranslatable {
    var conditions = new ArrayList<String>();
    Optional<String> time =
        measure.settings().text("agg_time_dimension").or(() -> measure.of().aggTime());
    for (String written : filters) {
      conditions.add(filter.translate(written, measure.of(), time));
    }
    if (!time(measure).equals(FlowDatasets.METRIC_TIME)) {
      fidelity.partial(
          "metric",
          name,
          at,
          "its metric_time is '%s'; metric_time of '%s' here is '%s'"
              .formatted(time(measure), measure.of().name(), measure.of().aggTime().orElse("")));
    }
    if (measure.expression().contains("/")) {
      fidelity.partial(
          "metric",
          name,
          at,
          "a division is exact here and NULL by zero; there it is the warehouse's");
    }
    String agg = measure.agg().toLowerCase(Locale.ROOT);
    Type type =
        switch (agg) {
          case "sum_boolean" -> Type.BOOLEAN;
          case "count_distinct", "count" -> Type.STRING;
          default -> Type.DOUBLE;
        };
    String value = datasets.value(measure, type);
    String where = String.join(" AND ", conditions);
    return switch (agg) {
      case "sum" -> filtered("SUM(%s)".formatted(value), where);
      case "min" -> filtered("MIN(%s)".formatted(value), where);
      case "max" -> filtered("MAX(%s)".formatted(value), where);
      case "average", "avg" -> filtered("AVG(%s)".formatted(value), where);
      case "median" -> filtered("MEDIAN(%s)".formatted(value), where);
      case "count_distinct" -> filtered("COUNT(DISTINCT %s)".formatted(value), where);
      // MetricFlow adds ones up: of no rows it is NULL, as every sum.
      case "count" ->
          filtered("SUM(CASE WHEN %s IS NOT NULL THEN 1 ELSE 0 END)".formatted(value), where);
      case "sum_boolean" -> filtered("SUM(CASE WHEN %s THEN 1 ELSE 0 END)".formatted(value), where);
      case "percentile" -> percentile(measure, value, where, name, at);
      default -> throw new Untranslatable("its aggregation is '%s'".formatted(measure.agg()));
    };
  }

  private static String filtered(String aggregate, String where) {
    return where.isEmpty() ? aggregate : "%s FILTER (WHERE %s)".formatted(aggregate, where);
  }

  private String percentile(Measure measure, String value, String where, String name, Location at)
      throws Untranslatable {
    Given params = measure.settings().mapping("agg_params").orElse(measure.settings());
    BigDecimal fraction;
    try {
      fraction = new BigDecimal(params.text("percentile").orElse(""));
    } catch (NumberFormatException e) {
      throw new Untranslatable("it has no percentile");
    }
    if (fraction.compareTo(BigDecimal.ONE) > 0) {
      fraction = fraction.movePointLeft(2);
    }
    if (params.isTrue("use_approximate_percentile")) {
      fidelity.partial("metric", name, at, "it is exact here, and approximate there");
    }
    boolean discrete =
        params.isTrue("use_discrete_percentile")
            || params.text("percentile_type").filter("discrete"::equals).isPresent();
    String of = where.isEmpty() ? value : "CASE WHEN %s THEN %s END".formatted(where, value);
    return "%s(%s) WITHIN GROUP (ORDER BY %s)"
        .formatted(discrete ? "PERCENTILE_DISC" : "PERCENTILE_CONT", fraction.toPlainString(), of);
  }

  /// The metric of a measure that does not add up over time; empty for one that does.
  Optional<Metric> semiAdditive(Measure measure, Metric.Head head, String expression, Location at)
      throws Untranslatable {
    Optional<Given> given = measure.settings().mapping("non_additive_dimension");
    if (given.isEmpty()) {
      return Optional.empty();
    }
    Given settings = given.get();
    String choice =
        settings.text("window_choice").or(() -> settings.text("window_agg")).orElse("min");
    List<String> groups =
        settings.has("window_groupings")
            ? settings.texts("window_groupings")
            : settings.texts("group_by");
    var entity = new ArrayList<String>();
    for (String group : groups) {
      if (measure.of().findEntity(group).isEmpty()) {
        throw new Untranslatable(
            "its last time is taken by '%s', which is no entity".formatted(group));
      }
      entity.add(measure.of().name() + "." + group);
    }
    fidelity.partial(
        "metric",
        head.name(),
        at,
        "the %s time is that of each %s here; there it may be that of all rows, and groups without one are lost"
            .formatted(
                choice.equals("max") ? "last" : "first",
                entity.isEmpty() ? "group" : "entity within its group"));
    String time =
        settings.name().equals(measure.of().aggTime().orElse(""))
            ? FlowDatasets.METRIC_TIME
            : settings.name();
    return Optional.of(
        new Metric.SemiAdditive(
            head,
            expression,
            time,
            choice.equals("max") ? Metric.SemiAdditive.Take.LAST : Metric.SemiAdditive.Take.FIRST,
            entity));
  }
}
