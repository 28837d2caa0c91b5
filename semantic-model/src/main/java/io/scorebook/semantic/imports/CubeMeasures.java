package io.scorebook.semantic.imports;

import io.scorebook.semantic.imports.CubeSql.Reference;
import io.scorebook.semantic.imports.CubeSql.Untranslatable;
import io.scorebook.semantic.imports.Draft.Type;
import io.scorebook.semantic.model.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Cube's measures as metrics, by their own names where just one cube has the name.
final class CubeMeasures {
  private static final Pattern SPAN = Pattern.compile("(\\d+)\\s*([A-Za-z]+?)s?");

  private final List<CubeModel> cubes;
  private final CubeDatasets datasets;
  private final Drafting draft;
  private final Fidelity fidelity;
  private final Map<String, Integer> taken = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  CubeMeasures(List<CubeModel> cubes, CubeDatasets datasets, Drafting draft, Fidelity fidelity) {
    this.cubes = cubes;
    this.datasets = datasets;
    this.draft = draft;
    this.fidelity = fidelity;
    for (CubeModel cube : cubes) {
      cube.measures().forEach(measure -> taken.merge(measure.name(), 1, Integer::sum));
      cube.dimensions().forEach(dimension -> taken.merge(dimension.name(), 1, Integer::sum));
      cube.segments().forEach(segment -> taken.merge(segment.name(), 1, Integer::sum));
    }
  }

  /// What a measure is called here.
  private String name(CubeModel cube, Given measure) {
    return taken.getOrDefault(measure.name(), 0) == 1
        ? measure.name()
        : cube.name() + "_" + measure.name();
  }

  void translate() {
    for (CubeModel cube : cubes) {
      for (Given measure : cube.measures()) {
        measure.ignore(
            "title",
            "description",
            "meta",
            "format",
            "drill_members",
            "name",
            "type",
            "sql",
            "multi_stage");
        String name = cube.name() + "." + measure.name();
        try {
          draft.add(metric(cube, measure));
          if (measure
              .text("public")
              .or(() -> measure.text("shown"))
              .filter("false"::equals)
              .isPresent()) {
            fidelity.partial("measure", name, measure.at(), "it is hidden there, and seen here");
          }
          if (!name(cube, measure).equals(measure.name())) {
            fidelity.partial(
                "measure",
                name,
                measure.at(),
                "it is called '%s', since its name is another's too"
                    .formatted(name(cube, measure)));
          }
          fidelity.exact("measure", name, measure.at());
        } catch (Untranslatable e) {
          fidelity.unsupported("measure", name, measure.at(), String.valueOf(e.getMessage()));
        }
        if (measure.tellRest("measure " + name, fidelity)) {
          fidelity.partial(
              "measure", name, measure.at(), "it has keys whose meaning is not known here");
        }
      }
    }
  }

  private Metric.Head head(CubeModel cube, Given measure) {
    return new Metric.Head(
        name(cube, measure),
        Optional.empty(),
        measure.text("description"),
        measure.text("title").stream().toList(),
        Optional.empty(),
        measure.at(),
        measure.at());
  }

  private Metric metric(CubeModel cube, Given measure) throws Untranslatable {
    Metric.Head head = head(cube, measure);
    if (measure.has("case")) {
      throw new Untranslatable("it chooses among measures by a switch");
    }
    List<Given> shifts = measure.list("time_shift");
    boolean regroups =
        measure.has("group_by") || measure.has("reduce_by") || measure.has("add_group_by");
    if (!shifts.isEmpty()) {
      return prior(cube, measure, head, shifts);
    }
    if (regroups) {
      return regrouped(cube, measure, head);
    }
    String expression = expression(cube, measure);
    Optional<Given> window = measure.mapping("rolling_window");
    return window.isPresent()
        ? windowed(cube, measure, head, expression, window.get())
        : new Metric.Expression(head, expression);
  }

  private String expression(CubeModel cube, Given measure) throws Untranslatable {
    String type = measure.text("type").orElse("");
    Optional<String> written = measure.text("sql");
    if (List.of("number", "string", "time", "boolean", "number_agg").contains(type)) {
      return calculated(
          cube, measure, written.orElseThrow(() -> new Untranslatable("it has no sql")));
    }
    String aggregate =
        switch (type) {
          case "sum" -> "SUM(%s)";
          case "avg" -> "AVG(%s)";
          case "min" -> "MIN(%s)";
          case "max" -> "MAX(%s)";
          case "count" -> "COUNT(%s)";
          case "count_distinct" -> "COUNT(DISTINCT %s)";
          case "count_distinct_approx" -> "APPROX_COUNT_DISTINCT(%s)";
          default -> throw new Untranslatable("its type is '%s'".formatted(type));
        };
    if (type.equals("count_distinct_approx")) {
      fidelity.partial(
          "measure",
          cube.name() + "." + measure.name(),
          measure.at(),
          "how roughly it counts is the engine's to say, here and there");
    }
    String value;
    if (written.isEmpty() || written.get().strip().equals("*")) {
      if (!type.equals("count")) {
        throw new Untranslatable("it has no sql");
      }
      value = datasets.anyRow(cube, measure);
    } else {
      String over = datasets.sql().overColumns(cube, written.get());
      division(cube, measure, over);
      value =
          datasets.value(
              cube,
              over,
              measure.name(),
              type.startsWith("count") ? Type.STRING : Type.DOUBLE,
              measure);
    }
    var conditions = new ArrayList<String>();
    for (Given filter : measure.list("filters")) {
      String condition =
          datasets
              .sql()
              .overColumns(
                  cube,
                  filter.text("sql").orElseThrow(() -> new Untranslatable("a filter has no sql")));
      conditions.add(
          datasets.value(cube, condition, measure.name() + "_filter", Type.BOOLEAN, measure));
    }
    String plain = aggregate.formatted(value);
    return conditions.isEmpty()
        ? plain
        : "%s FILTER (WHERE %s)".formatted(plain, String.join(" AND ", conditions));
  }

  private void division(CubeModel cube, Given measure, String sql) {
    if (sql.contains("/")) {
      fidelity.partial(
          "measure",
          cube.name() + "." + measure.name(),
          measure.at(),
          "a division is exact here and NULL by zero; there it is the warehouse's");
    }
  }

  /// Measures by their names, and aggregates over columns.
  private String calculated(CubeModel cube, Given measure, String sql) throws Untranslatable {
    division(cube, measure, sql);
    if (measure.has("filters")) {
      throw new Untranslatable("it filters what is calculated already");
    }
    return datasets
        .sql()
        .replaced(
            cube,
            sql,
            reference ->
                switch (reference) {
                  case Reference.Measure(var owner, var other) -> name(owner, other);
                  case Reference.Column(var owner, var column) ->
                      datasets.value(owner, column, column, Type.DOUBLE, measure);
                  case Reference.Dimension(var owner, var dimension) ->
                      owner.name() + "." + dimension.name();
                });
  }

  /// The one measure that a measure of several stages is over.
  private String base(CubeModel cube, Given measure) throws Untranslatable {
    String written = measure.text("sql").orElse("").strip();
    String base = calculated(cube, measure, written);
    if (!written.matches("\\{[^{}]*}")) {
      throw new Untranslatable("it is over more than one measure: " + written);
    }
    return base;
  }

  private Metric prior(CubeModel cube, Given measure, Metric.Head head, List<Given> shifts)
      throws Untranslatable {
    Given shift = shifts.getFirst();
    Matcher span = SPAN.matcher(shift.text("interval").orElse("").strip().toLowerCase(Locale.ROOT));
    if (shifts.size() > 1
        || !span.matches()
        || shift.text("type").filter("prior"::equals).isEmpty()) {
      throw new Untranslatable("only one shift, back by so many of a unit, has a meaning here");
    }
    if (!List.of("day", "week", "month", "quarter", "year").contains(span.group(2))) {
      throw new Untranslatable("it shifts by '%s'".formatted(span.group()));
    }
    String time =
        shift
            .text("time_dimension")
            .map(name -> name.substring(name.lastIndexOf('.') + 1))
            .orElse(time(cube));
    fidelity.partial(
        "measure",
        cube.name() + "." + measure.name(),
        measure.at(),
        "looked back from whole periods: grouped by one that steps of a %s lead from, else refused"
            .formatted(span.group(2)));
    return new Metric.Prior(
        head, base(cube, measure), time, span.group(2), Integer.parseInt(span.group(1)));
  }

  /// The one time dimension that windows of a cube can be over.
  private static String time(CubeModel cube) throws Untranslatable {
    if (cube.times().size() != 1) {
      throw new Untranslatable(
          "it is over the question's time dimension, and '%s' has %d"
              .formatted(cube.name(), cube.times().size()));
    }
    return cube.times().getFirst();
  }

  private Metric regrouped(CubeModel cube, Given measure, Metric.Head head) throws Untranslatable {
    String name = cube.name() + "." + measure.name();
    if (measure.text("type").filter("rank"::equals).isPresent()) {
      throw new Untranslatable("it ranks by an order; write a metric of the kind 'rank'");
    }
    String base = base(cube, measure);
    if (measure.has("add_group_by")) {
      Metric.Nested.Aggregate aggregate =
          switch (measure.text("type").orElse("")) {
            case "sum" -> Metric.Nested.Aggregate.SUM;
            case "avg" -> Metric.Nested.Aggregate.AVG;
            case "min" -> Metric.Nested.Aggregate.MIN;
            case "max" -> Metric.Nested.Aggregate.MAX;
            default ->
                throw new Untranslatable(
                    "it aggregates groups by '%s'".formatted(measure.text("type").orElse("")));
          };
      return new Metric.Nested(head, base, names(measure, "add_group_by"), aggregate);
    }
    fidelity.partial(
        "measure",
        name,
        measure.at(),
        "filters on other dimensions are passed over here; there they choose rows");
    return measure.has("group_by")
        ? new Metric.Fixed(head, base, Metric.Fixed.Grain.KEEP_ONLY, names(measure, "group_by"))
        : new Metric.Fixed(head, base, Metric.Fixed.Grain.EXCLUDE, names(measure, "reduce_by"));
  }

  private static List<String> names(Given measure, String key) {
    return measure.texts(key).stream()
        .map(name -> name.replaceAll("^CUBE\\.", "").replaceAll("[{}]", ""))
        .toList();
  }

  private Metric windowed(
      CubeModel cube, Given measure, Metric.Head head, String expression, Given window)
      throws Untranslatable {
    String time = time(cube);
    if (window.text("type").filter("to_date"::equals).isPresent()) {
      String grain = window.text("granularity").orElse("");
      if (!List.of("week", "month", "quarter", "year").contains(grain)) {
        throw new Untranslatable("it begins anew each '%s'".formatted(grain));
      }
      return new Metric.Cumulative(head, expression, time, Optional.of(grain));
    }
    boolean looksAhead =
        window.text("leading").filter(leading -> !leading.startsWith("0")).isPresent();
    if (looksAhead || window.text("offset").filter("start"::equals).isPresent()) {
      throw new Untranslatable("its window does not end with the period");
    }
    String trailing = window.text("trailing").orElse("");
    if (trailing.equals("unbounded")) {
      return new Metric.Cumulative(head, expression, time, Optional.empty());
    }
    Matcher span = SPAN.matcher(trailing.strip().toLowerCase(Locale.ROOT));
    if (!span.matches() || !List.of("day", "week").contains(span.group(2))) {
      throw new Untranslatable(
          "its window is '%s', and a rolling metric here counts days".formatted(trailing));
    }
    fidelity.partial(
        "measure",
        cube.name() + "." + measure.name(),
        measure.at(),
        "the days end with the period's last row here; there with the period");
    int days = Integer.parseInt(span.group(1)) * (span.group(2).equals("week") ? 7 : 1);
    return new Metric.Rolling(
        head,
        expression,
        time,
        new Metric.Rolling.Frame.Days(days),
        List.of(),
        List.of(),
        Optional.empty());
  }
}
