package io.scorebook.catalog.registry;

import io.scorebook.catalog.registry.Rule.Measure;
import io.scorebook.catalog.registry.Rule.Severity;
import io.scorebook.catalog.registry.Rule.Unit;
import io.scorebook.documents.Findings;
import io.scorebook.documents.Suggestions;
import io.scorebook.documents.Value;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the rules of a port: the items of ODCS's `quality`. Beside the standard's keys an item may
/// name its `column`, which in a contract is the property that it stands under.
final class RuleReader {
  private static final Set<String> KEYS =
      Set.of(
          "id",
          "name",
          "description",
          "type",
          "metric",
          "column",
          "arguments",
          "unit",
          "query",
          "engine",
          "implementation",
          "severity",
          "dimension",
          "scheduler",
          "schedule",
          "customProperties");

  private static final List<String> METRICS =
      List.of("rowCount", "nullValues", "missingValues", "invalidValues", "duplicateValues");

  private static final List<String> DIMENSIONS =
      List.of(
          "accuracy",
          "completeness",
          "conformity",
          "consistency",
          "coverage",
          "timeliness",
          "uniqueness");

  private static final Set<String> IMPLEMENTATION = Set.of("metric", "dimensions", "filters");
  private static final String STOPS_LOAD = "stopsLoad";
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,127}");
  private static final int LONGEST_QUERY = 20_000;

  private final Findings findings;
  private final PortReader ports;
  private final ComparisonReader comparisons;

  /// @param ports reads the filters of a metric
  RuleReader(Findings findings, PortReader ports) {
    this.findings = findings;
    this.ports = ports;
    this.comparisons = new ComparisonReader(findings);
  }

  List<Rule> read(List<Value> items) {
    var rules = new ArrayList<Rule>();
    var names = new HashSet<String>();
    for (Value item : items) {
      item.asMapping("rule", findings)
          .flatMap(this::read)
          .ifPresent(rule -> {
            if (!names.add(rule.name())) {
              findings.error(
                  rule.location(),
                  "Cannot have two rules '%s' of one output port".formatted(rule.name()),
                  "give each a 'name' of its own");
            }
            rules.add(rule);
          });
    }
    return rules;
  }

  private Optional<Rule> read(Value.Mapping item) {
    var allowed = new HashSet<>(KEYS);
    allowed.addAll(ComparisonReader.KEYS);
    item.allowOnly(allowed, findings);
    Optional<String> name = name(item);
    Optional<String> description = item.findText("description", findings);
    Severity severity =
        word(item, "severity", Severity.values(), Severity::word).orElse(Severity.ERROR);
    Optional<String> dimension = item.findText("dimension", findings);
    dimension
        .filter(word -> !DIMENSIONS.contains(word))
        .ifPresent(word ->
            findings.error(
                item.locationOf("dimension"),
                "Cannot find the dimension of quality '%s'".formatted(word),
                Suggestions.clause(word, DIMENSIONS)));
    Optional<Schedule> schedule = schedule(item);
    boolean stopsLoad = stopsLoad(item, severity);
    Optional<Measure> measure = measure(item);
    Optional<Comparison> comparison =
        measure.filter(found -> found instanceof Measure.KpiValues).isPresent()
            ? item.findMapping("implementation", findings).flatMap(comparisons::read)
            : comparisons.read(item);
    if (name.isEmpty() || measure.isEmpty() || comparison.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Rule(
            name.get(),
            description,
            measure.get(),
            comparison.get(),
            severity,
            dimension,
            schedule,
            stopsLoad,
            item.location()));
  }

  private Optional<String> name(Value.Mapping item) {
    Optional<String> name = item.findText("name", findings).or(() -> item.findText("id", findings));
    if (name.isEmpty()) {
      findings.error(
          item.location(), "Cannot find the name of the rule", "give it a 'name' (or an 'id')");
      return Optional.empty();
    }
    if (!NAME.matcher(name.get()).matches()) {
      findings.error(
          item.locationOf(item.find("name").isPresent() ? "name" : "id"),
          "Invalid name of a rule: '%s'".formatted(name.get()),
          "use letters, digits, _ and -, at most 128, beginning with a letter");
      return Optional.empty();
    }
    return name;
  }

  private Optional<Measure> measure(Value.Mapping item) {
    String type = item.findText("type", findings).orElse("library");
    return switch (type) {
      case "library" -> {
        refuse(item, "library", "query", "engine", "implementation");
        yield library(item);
      }
      case "sql" -> {
        refuse(item, "sql", "metric", "column", "arguments", "unit", "engine", "implementation");
        yield query(item);
      }
      case "custom" -> {
        refuse(item, "custom", "metric", "column", "arguments", "unit", "query");
        yield kpi(item);
      }
      default -> {
        findings.error(
            item.locationOf("type"),
            "Cannot run a rule of type '%s'".formatted(type),
            type.equals("text")
                ? "write it into description.limitations of the product"
                : Suggestions.clause(type, List.of("library", "sql", "custom")));
        yield Optional.empty();
      }
    };
  }

  private void refuse(Value.Mapping item, String type, String... keys) {
    for (String key : keys) {
      if (item.find(key).isPresent()) {
        findings.error(
            item.locationOf(key), "Cannot use '%s' in a rule of type '%s'".formatted(key, type));
      }
    }
  }

  private Optional<Measure> library(Value.Mapping item) {
    String metric = item.text("metric", findings);
    Unit unit = word(item, "unit", Unit.values(), Unit::word).orElse(Unit.ROWS);
    Optional<String> column = item.findText("column", findings);
    Optional<Value.Mapping> arguments = item.findMapping("arguments", findings);
    Set<String> taken =
        switch (metric) {
          case "missingValues" -> Set.of("missingValues");
          case "invalidValues" -> Set.of("validValues", "pattern");
          case "duplicateValues" -> Set.of("properties");
          default -> Set.of();
        };
    arguments.ifPresent(given -> given.allowOnly(taken, findings));
    return switch (metric) {
      case "rowCount" -> {
        refuse(item, "library with the metric rowCount", "column", "unit");
        yield Optional.of(new Measure.RowCount());
      }
      case "nullValues" -> required(item, column).map(of -> new Measure.NullValues(of, unit));
      case "missingValues" -> {
        List<@Nullable Object> missing = values(arguments, "missingValues");
        if (missing.isEmpty()) {
          findings.error(
              item.locationOf("arguments"),
              "Cannot find the values that stand for none",
              "list them in arguments.missingValues");
        }
        yield required(item, column).map(of -> new Measure.MissingValues(of, missing, unit));
      }
      case "invalidValues" -> {
        List<Object> valid = new ArrayList<>();
        for (Object value : values(arguments, "validValues")) {
          if (value == null) {
            findings.error(
                item.locationOf("arguments"),
                "Cannot have null among 'validValues'",
                "NULL is neither valid nor invalid; nullValues counts it");
          } else {
            valid.add(value);
          }
        }
        Optional<String> pattern = arguments.flatMap(given -> given.findText("pattern", findings));
        if (valid.isEmpty() && pattern.isEmpty()) {
          findings.error(
              item.locationOf("arguments"),
              "Cannot find what is valid",
              "give arguments.validValues or arguments.pattern");
        }
        yield required(item, column).map(of -> new Measure.InvalidValues(of, valid, pattern, unit));
      }
      case "duplicateValues" -> {
        List<String> columns =
            arguments.map(given -> given.texts("properties", findings)).orElse(List.of());
        if (columns.isEmpty() == column.isEmpty()) {
          findings.error(
              item.location(),
              "Cannot tell which columns must not repeat",
              "name one in 'column', or several in arguments.properties");
          yield Optional.empty();
        }
        yield Optional.of(new Measure.DuplicateValues(column.map(List::of).orElse(columns), unit));
      }
      default -> {
        if (!metric.isEmpty()) {
          findings.error(
              item.locationOf("metric"),
              "Cannot find the metric of quality '%s'".formatted(metric),
              Suggestions.clause(metric, METRICS));
        }
        yield Optional.empty();
      }
    };
  }

  private Optional<String> required(Value.Mapping item, Optional<String> column) {
    if (column.isEmpty()) {
      findings.error(item.location(), "Cannot find the required 'column'");
    }
    return column;
  }

  private List<@Nullable Object> values(Optional<Value.Mapping> arguments, String key) {
    List<@Nullable Object> values = new ArrayList<>();
    for (Value value : arguments.map(given -> given.items(key, findings)).orElse(List.of())) {
      if (value instanceof Value.Scalar scalar) {
        values.add(scalar.toPlain());
      } else {
        findings.error(
            value.location(),
            "Invalid item of '%s': must be a text, number or boolean".formatted(key));
      }
    }
    return values;
  }

  private Optional<Measure> query(Value.Mapping item) {
    String sql = item.text("query", findings);
    if (sql.length() > LONGEST_QUERY) {
      findings.error(
          item.locationOf("query"),
          "Cannot use a query of more than %d characters".formatted(LONGEST_QUERY));
      return Optional.empty();
    }
    return sql.isEmpty() ? Optional.empty() : Optional.of(new Measure.Query(sql));
  }

  private Optional<Measure> kpi(Value.Mapping item) {
    String engine = item.text("engine", findings);
    if (!engine.isEmpty() && !engine.equals("scorebook")) {
      findings.error(
          item.locationOf("engine"),
          "Cannot run a rule of the engine '%s'".formatted(engine),
          "there is scorebook, for the values of metrics");
      return Optional.empty();
    }
    Optional<Value.Mapping> implementation = item.findMapping("implementation", findings);
    if (implementation.isEmpty()) {
      if (item.find("implementation").isEmpty()) {
        findings.error(item.location(), "Cannot find the required 'implementation'");
      }
      return Optional.empty();
    }
    ComparisonReader.KEYS.stream()
        .filter(key -> item.find(key).isPresent())
        .forEach(key ->
            findings.error(
                item.locationOf(key),
                "Cannot use '%s' beside 'implementation'".formatted(key),
                "the standard has it there, as implementation." + key));
    Value.Mapping of = implementation.get();
    var allowed = new HashSet<>(IMPLEMENTATION);
    allowed.addAll(ComparisonReader.KEYS);
    of.allowOnly(allowed, findings);
    String metric = of.text("metric", findings);
    List<String> dimensions = of.texts("dimensions", findings);
    List<Port.Condition> filters = ports.readConditions(of);
    return metric.isEmpty()
        ? Optional.empty()
        : Optional.of(new Measure.KpiValues(metric, dimensions, filters));
  }

  private Optional<Schedule> schedule(Value.Mapping item) {
    Optional<String> text = item.findText("schedule", findings);
    Optional<String> scheduler = item.findText("scheduler", findings);
    if (text.isEmpty()) {
      scheduler.ifPresent(_ ->
          findings.error(
              item.locationOf("scheduler"), "Cannot find the schedule", "give 'schedule', too"));
      return Optional.empty();
    }
    try {
      return switch (scheduler.orElse("cron")) {
        case "cron" -> Optional.of(new Schedule.Cron(text.get()));
        case "interval" -> Optional.of(new Schedule.Every(Duration.parse(text.get())));
        default -> {
          findings.error(
              item.locationOf("scheduler"),
              "Cannot find the scheduler '%s'".formatted(scheduler.orElseThrow()),
              "there are cron and interval");
          yield Optional.empty();
        }
      };
    } catch (IllegalArgumentException | DateTimeException e) {
      findings.error(
          item.locationOf("schedule"),
          "Invalid schedule '%s'".formatted(text.get()),
          "write five fields of cron such as '0 20 * * *' (in UTC), or with scheduler: interval"
              + " a time such as PT1H, at least a minute");
      return Optional.empty();
    }
  }

  private boolean stopsLoad(Value.Mapping item, Severity severity) {
    boolean stops = false;
    for (Value.Mapping property : item.mappings("customProperties", findings)) {
      property.allowOnly(Set.of("id", "property", "value", "description"), findings);
      String key = property.text("property", findings);
      if (key.equals(STOPS_LOAD)) {
        stops = property.findBoolean("value", findings).orElse(false);
        if (stops && severity != Severity.ERROR) {
          findings.error(
              property.location(),
              "Cannot stop a load by a rule of severity '%s'".formatted(severity.word()),
              "write severity: error");
        }
      } else if (!key.isEmpty()) {
        findings.error(
            property.locationOf("property"),
            "Cannot use the custom property '%s' of a rule".formatted(key),
            "there is stopsLoad");
      }
    }
    return stops;
  }

  private <T> Optional<T> word(
      Value.Mapping item, String key, T[] values, Function<T, String> words) {
    Optional<String> text = item.findText(key, findings);
    Optional<T> found =
        text.flatMap(word ->
            Arrays.stream(values).filter(value -> words.apply(value).equals(word)).findFirst());
    if (text.isPresent() && found.isEmpty()) {
      findings.error(
          item.locationOf(key),
          "Cannot use '%s' as '%s'".formatted(text.get(), key),
          Suggestions.clause(text.get(), Arrays.stream(values).map(words).toList()));
    }
    return found;
  }
}
