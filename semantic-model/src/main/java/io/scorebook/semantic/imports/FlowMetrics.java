package io.scorebook.semantic.imports;

import io.scorebook.documents.Location;
import io.scorebook.semantic.imports.FlowFilter.Untranslatable;
import io.scorebook.semantic.imports.FlowModel.Measure;
import io.scorebook.semantic.model.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// MetricFlow's metrics as metrics.
final class FlowMetrics {
  private static final Pattern SPAN = Pattern.compile("(\\d+)\\s*([A-Za-z]+?)s?");
  private static final String DIVISION =
      "a division is exact here and NULL by zero; there it is the warehouse's";

  private final FlowFiles files;
  private final Map<String, FlowModel> models;
  private final FlowAggregates aggregates;
  private final Drafting draft;
  private final Fidelity fidelity;

  /// Simple metrics by name, for those that use them with a filter of their own.
  private final Map<String, Simple> simple = new LinkedHashMap<>();

  /// A measure with the filters of a metric over it.
  ///
  /// @param fill what a NULL is replaced by
  private record Simple(Measure measure, List<String> filters, Optional<String> fill) {}

  FlowMetrics(
      FlowFiles files,
      Map<String, FlowModel> models,
      FlowDatasets datasets,
      Drafting draft,
      Fidelity fidelity) {
    this.files = files;
    this.models = models;
    this.aggregates = new FlowAggregates(datasets, new FlowFilter(models.values()), fidelity);
    this.draft = draft;
    this.fidelity = fidelity;
  }

  void translate() {
    for (Measure measure : files.measures.values()) {
      measure
          .settings()
          .ignore(
              "agg",
              "expr",
              "create_metric",
              "agg_params",
              "non_additive_dimension",
              "agg_time_dimension",
              "name");
      fidelity.exact("measure", measure.name(), measure.settings().at());
      measure.settings().tellRest("measure " + measure.name(), fidelity);
      if (measure.settings().isTrue("create_metric")) {
        simple.put(measure.name(), new Simple(measure, List.of(), Optional.empty()));
      }
    }
    for (Given metric : files.metrics) {
      type(metric).filter("simple"::equals).ifPresent(_ -> readSimple(metric));
    }
    for (Measure measure : files.measures.values()) {
      if (measure.settings().isTrue("create_metric")) {
        attempt(
            measure.settings(),
            () -> add(simple.get(measure.name()), measure.name(), measure.settings()));
      }
    }
    for (Given metric : files.metrics) {
      String type = type(metric).orElse("");
      attempt(
          metric,
          () -> {
            switch (type) {
              case "simple" -> {
                Simple found = simple.get(metric.name());
                if (found != null) {
                  add(found, metric.name(), metric);
                }
              }
              case "ratio" -> ratio(metric);
              case "derived" -> derived(metric);
              case "cumulative" -> cumulative(metric);
              case "conversion" ->
                  throw new Untranslatable(
                      "it counts each conversion once, for the nearest base event of its entity; a conversion here counts the base events that are followed");
              default -> throw new Untranslatable("its type is '%s'".formatted(type));
            }
          });
      metric.ignore(
          "label",
          "description",
          "config",
          "meta",
          "tags",
          "group",
          "name",
          "type",
          "type_params",
          "filter");
      if (metric.tellRest("metric " + metric.name(), fidelity)) {
        fidelity.partial(
            "metric", metric.name(), metric.at(), "it has keys whose meaning is not known here");
      }
    }
  }

  private interface Attempt {
    void run() throws Untranslatable;
  }

  private void attempt(Given metric, Attempt attempt) {
    try {
      attempt.run();
      metric
          .text("time_granularity")
          .ifPresent(grain ->
              fidelity.partial(
                  "metric",
                  metric.name(),
                  metric.at(),
                  "a question here names its grain; there '%s' is taken without one"
                      .formatted(grain)));
      fidelity.exact("metric", metric.name(), metric.at());
    } catch (Untranslatable e) {
      fidelity.unsupported("metric", metric.name(), metric.at(), String.valueOf(e.getMessage()));
    }
  }

  private static Optional<String> type(Given metric) {
    return metric.text("type").map(type -> type.toLowerCase(Locale.ROOT));
  }

  /// The settings of a type: beside the name, or in `type_params`.
  private static Given params(Given metric) {
    return metric.mapping("type_params").orElse(metric);
  }

  private void readSimple(Given metric) {
    Given params = params(metric);
    FlowModel within = files.within.get(metric);
    if (within != null && metric.has("agg")) {
      var measure =
          new Measure(
              models.getOrDefault(within.name(), within),
              metric.name(),
              metric.text("agg").orElse(""),
              metric.text("expr").orElse(metric.name()),
              metric);
      simple.put(
          metric.name(),
          new Simple(measure, metric.texts("filter"), metric.text("fill_nulls_with")));
      metric.ignore(
          "agg",
          "expr",
          "percentile",
          "percentile_type",
          "non_additive_dimension",
          "agg_time_dimension");
      timespine(metric, metric);
      return;
    }
    var filters = new ArrayList<>(metric.texts("filter"));
    Optional<Given> input = params.mapping("measure");
    String name = input.map(Given::name).or(() -> params.text("measure")).orElse("");
    input.ifPresent(given -> {
      filters.addAll(given.texts("filter"));
      timespine(metric, given);
    });
    Measure measure = files.measures.get(name);
    if (measure == null) {
      fidelity.unsupported(
          "metric", metric.name(), metric.at(), "its measure '%s' is nowhere".formatted(name));
      return;
    }
    simple.put(
        metric.name(),
        new Simple(measure, filters, input.flatMap(given -> given.text("fill_nulls_with"))));
  }

  private void timespine(Given metric, Given settings) {
    if (settings.isTrue("join_to_timespine")) {
      fidelity.partial(
          "metric",
          metric.name(),
          metric.at(),
          "a time without rows is not shown here (join_to_timespine)");
    }
  }

  private void add(@org.jspecify.annotations.Nullable Simple simple, String name, Given at)
      throws Untranslatable {
    if (simple != null) {
      draft.add(metric(simple, name, at));
    }
  }

  private Metric metric(Simple simple, String name, Given at) throws Untranslatable {
    Metric.Head head = head(name, at);
    String expression = expression(simple, name, at.at());
    String filled =
        simple
            .fill()
            .map(value -> "COALESCE(%s, %s)".formatted(expression, value))
            .orElse(expression);
    return aggregates
        .semiAdditive(simple.measure(), head, expression, at.at())
        .orElseGet(() -> new Metric.Expression(head, filled));
  }

  private String expression(Simple simple, String name, Location at) throws Untranslatable {
    return aggregates.expression(simple.measure(), simple.filters(), name, at);
  }

  private static Metric.Head head(String name, Given given) {
    return new Metric.Head(
        name,
        Optional.empty(),
        given.text("description"),
        given.text("label").filter(label -> !label.equalsIgnoreCase(name)).stream().toList(),
        Optional.empty(),
        given.at(),
        given.at());
  }

  private void ratio(Given metric) throws Untranslatable {
    Given params = params(metric);
    String numerator = input(metric, params, "numerator");
    String denominator = input(metric, params, "denominator");
    draft.add(
        new Metric.Expression(
            head(metric.name(), metric), "%s / %s".formatted(numerator, denominator)));
  }

  private String input(Given metric, Given params, String key) throws Untranslatable {
    Optional<Given> mapping = params.mapping(key);
    String name = mapping.map(Given::name).or(() -> params.text(key)).orElse("");
    if (name.isEmpty()) {
      throw new Untranslatable("it has no " + key);
    }
    var filters = new ArrayList<>(metric.texts("filter"));
    mapping.ifPresent(given -> filters.addAll(given.texts("filter")));
    return filtered(metric, name, key, filters);
  }

  /// The metric that an input is: itself, or one beside it that has the filters too.
  private String filtered(Given metric, String name, String alias, List<String> filters)
      throws Untranslatable {
    if (filters.isEmpty()) {
      return name;
    }
    Simple base = simple.get(name);
    if (base == null) {
      throw new Untranslatable("it filters '%s', which is no simple metric".formatted(name));
    }
    var all = new ArrayList<>(base.filters());
    all.addAll(filters);
    String beside = metric.name() + "__" + alias;
    if (!draft.hasMetric(beside)) {
      Metric part = metric(new Simple(base.measure(), all, base.fill()), beside, metric);
      draft.add(part);
    }
    return beside;
  }

  private void derived(Given metric) throws Untranslatable {
    Given params = params(metric);
    String expression = params.text("expr").orElseThrow(() -> new Untranslatable("it has no expr"));
    List<Given> inputs =
        params.has("input_metrics") ? params.list("input_metrics") : params.list("metrics");
    var names = new LinkedHashMap<String, String>();
    for (String plain : params.texts(params.has("input_metrics") ? "input_metrics" : "metrics")) {
      names.put(plain, filtered(metric, plain, plain, metric.texts("filter")));
    }
    for (Given input : inputs) {
      String alias = input.text("alias").orElse(input.name());
      var filters = new ArrayList<>(metric.texts("filter"));
      filters.addAll(input.texts("filter"));
      String base = filtered(metric, input.name(), alias, filters);
      if (input.has("offset_to_grain")) {
        throw new Untranslatable("offset_to_grain looks back to the beginning of a period");
      }
      Optional<String> offset = input.text("offset_window");
      if (input.tellRest("input " + alias, fidelity)) {
        throw new Untranslatable(
            "its input '%s' has keys whose meaning is not known here".formatted(alias));
      }
      names.put(
          alias, offset.isEmpty() ? base : prior(metric, input.name(), base, alias, offset.get()));
    }
    if (expression.contains("/")) {
      fidelity.partial("metric", metric.name(), metric.at(), DIVISION);
    }
    draft.add(new Metric.Expression(head(metric.name(), metric), renamed(expression, names)));
  }

  private static String renamed(String expression, Map<String, String> names) {
    Matcher word = Pattern.compile("'[^']*'|[A-Za-z_]\\w*").matcher(expression);
    return word.replaceAll(
        found -> Matcher.quoteReplacement(names.getOrDefault(found.group(), found.group())));
  }

  private String prior(Given metric, String input, String base, String alias, String offset)
      throws Untranslatable {
    Matcher span = SPAN.matcher(offset.strip().toLowerCase(Locale.ROOT));
    if (!span.matches()
        || !List.of("day", "week", "month", "quarter", "year").contains(span.group(2))) {
      throw new Untranslatable("its offset is '%s'".formatted(offset));
    }
    fidelity.partial(
        "metric",
        metric.name(),
        metric.at(),
        "looked back from whole periods: grouped by one that steps of a %s lead from, else refused; there each day is moved, which loses the 31st"
            .formatted(span.group(2)));
    String name = metric.name() + "__" + alias + "_before";
    draft.add(
        new Metric.Prior(
            head(name, metric), base, time(input), span.group(2), Integer.parseInt(span.group(1))));
    return name;
  }

  private String time(String metric) {
    Simple found = simple.get(metric);
    return found == null ? FlowDatasets.METRIC_TIME : FlowAggregates.time(found.measure());
  }

  private void cumulative(Given metric) throws Untranslatable {
    Given params = params(metric);
    Given more = params.mapping("cumulative_type_params").orElse(params);
    Optional<Given> input = params.mapping("input_metric").or(() -> params.mapping("measure"));
    boolean ofMetric = params.has("input_metric");
    String name =
        input
            .map(Given::name)
            .or(() -> params.text(ofMetric ? "input_metric" : "measure"))
            .orElse("");
    var filters = new ArrayList<>(metric.texts("filter"));
    input.ifPresent(given -> filters.addAll(given.texts("filter")));
    input.ifPresent(given -> timespine(metric, given));
    timespine(metric, params);
    Optional<Measure> measure =
        Optional.ofNullable(files.measures.get(name)).filter(_ -> !ofMetric);
    Optional<Simple> base =
        measure
            .map(found -> new Simple(found, List.of(), Optional.empty()))
            .or(() -> Optional.ofNullable(simple.get(name)));
    if (base.isEmpty()) {
      throw new Untranslatable("it accumulates '%s', which is no simple metric".formatted(name));
    }
    if (base.get().measure().settings().has("non_additive_dimension")) {
      throw new Untranslatable(
          "it accumulates '%s', which does not add up over time".formatted(name));
    }
    var all = new ArrayList<>(base.get().filters());
    all.addAll(filters);
    String expression =
        expression(
            new Simple(base.get().measure(), all, Optional.empty()), metric.name(), metric.at());
    String time = FlowAggregates.time(base.get().measure());
    String agg = more.text("period_agg").orElse("first").toLowerCase(Locale.ROOT);
    Optional<String> window = more.text("window").or(() -> params.text("window"));
    Optional<String> restart = more.text("grain_to_date").or(() -> params.text("grain_to_date"));
    if (!agg.equals("last")) {
      fidelity.partial(
          "metric",
          metric.name(),
          metric.at(),
          "by a coarser grain than a day it is the value at the period's end here, there its %s day's"
              .formatted(agg.equals("average") ? "days' average, not one" : agg));
    }
    Metric.Head head = head(metric.name(), metric);
    if (window.isPresent()) {
      fidelity.partial(
          "metric",
          metric.name(),
          metric.at(),
          "the days end with the period's last row here; there with each day of the time spine");
      draft.add(
          new Metric.Rolling(
              head,
              expression,
              time,
              new Metric.Rolling.Frame.Days(days(window.get())),
              List.of(),
              List.of(),
              Optional.empty()));
      return;
    }
    if (restart
        .filter(grain -> !List.of("week", "month", "quarter", "year").contains(grain))
        .isPresent()) {
      throw new Untranslatable("it begins anew each '%s'".formatted(restart.get()));
    }
    draft.add(new Metric.Cumulative(head, expression, time, restart));
  }

  private static int days(String window) throws Untranslatable {
    Matcher span = SPAN.matcher(window.strip().toLowerCase(Locale.ROOT));
    if (span.matches() && (span.group(2).equals("day") || span.group(2).equals("d"))) {
      return Integer.parseInt(span.group(1));
    }
    if (span.matches() && span.group(2).equals("week")) {
      return 7 * Integer.parseInt(span.group(1));
    }
    throw new Untranslatable(
        "its window is '%s', and a rolling metric here counts days".formatted(window));
  }
}
