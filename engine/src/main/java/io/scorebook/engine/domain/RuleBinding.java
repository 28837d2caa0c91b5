package io.scorebook.engine.domain;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.scorebook.catalog.registry.Rule;
import io.scorebook.catalog.registry.Rule.Measure;
import io.scorebook.catalog.registry.ServiceLevel;
import io.scorebook.documents.Findings;
import io.scorebook.documents.Location;
import io.scorebook.documents.Suggestions;
import io.scorebook.engine.domain.BoundRule.Asked;
import io.scorebook.engine.domain.Domain.PublicPort;
import io.scorebook.semantic.plan.Issue;
import io.scorebook.semantic.plan.Plan;
import io.scorebook.semantic.plan.Plan.OutputType;
import io.scorebook.semantic.plan.Planner;
import io.scorebook.semantic.plan.Planning;
import io.scorebook.semantic.plan.TableDescription;
import io.scorebook.semantic.plan.TableDescription.ColumnDescription;
import io.scorebook.semantic.question.Filter;
import io.scorebook.semantic.question.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Brings the rules and levels of a port into questions about the semantic model. All of them go
/// through the planner, the queries of `type: sql` too: they see the domain's public tables, and
/// nothing but a query is planned.
final class RuleBinding {
  private static final Set<OutputType> NUMBERS =
      Set.of(OutputType.INTEGER, OutputType.DECIMAL, OutputType.DOUBLE);
  private static final Set<OutputType> TIMES = Set.of(OutputType.DATE, OutputType.TIMESTAMP);

  private final PublicPort port;
  private final Planner planner;
  private final Findings findings;
  private final List<ColumnDescription> columns;
  private final String table;

  /// @param planner that knows the tables of the products
  RuleBinding(PublicPort port, Planner planner, Findings findings) {
    this.port = port;
    this.planner = planner;
    this.findings = findings;
    this.columns =
        planner.tables().stream()
            .filter(table ->
                table.schema().equals(port.table().schema())
                    && table.name().equals(port.table().name()))
            .findFirst()
            .map(TableDescription::columns)
            .orElse(List.of());
    this.table = RuleSql.name(port.table().schema()) + "." + RuleSql.name(port.table().name());
  }

  /// The rules that can be measured; what is wrong with another is a finding at its place.
  List<BoundRule> rules() {
    var bound = new ArrayList<BoundRule>();
    for (Rule rule : port.port().rules()) {
      // The planner at hand knows the metrics of today, and not as they were published then.
      if (port.by().isPresent() && rule.measure() instanceof Measure.KpiValues) {
        continue;
      }
      bind(rule)
          .filter(asked -> canBePlanned(asked, rule))
          .ifPresent(asked -> bound.add(new BoundRule(port, rule, asked)));
    }
    return bound;
  }

  private Optional<Asked> bind(Rule rule) {
    return switch (rule.measure()) {
      case Measure.RowCount _ ->
          Optional.of(new BoundRule.Number("SELECT COUNT(*) AS n FROM " + table));
      case Measure.NullValues(String name, var unit) ->
          column(rule, name).map(c -> counted(RuleSql.name(c.name()) + " IS NULL", unit));
      case Measure.MissingValues(String name, var missing, var unit) ->
          column(rule, name)
              .flatMap(column ->
                  literals(rule, column, missing)
                      .map(literals -> counted(RuleSql.isAnyOf(column, literals), unit)));
      case Measure.InvalidValues(String name, var valid, var pattern, var unit) ->
          column(rule, name)
              .filter(_ -> pattern.stream().allMatch(regex -> isPattern(regex, rule)))
              .flatMap(column ->
                  literals(rule, column, new ArrayList<>(valid))
                      .map(
                          literals -> counted(RuleSql.isInvalid(column, literals, pattern), unit)));
      case Measure.DuplicateValues(var names, var unit) -> {
        List<ColumnDescription> found =
            names.stream().flatMap(name -> column(rule, name).stream()).toList();
        yield found.size() == names.size()
            ? Optional.of(new BoundRule.Counted(RuleSql.duplicates(table, found), unit))
            : Optional.empty();
      }
      case Measure.Query(String sql) ->
          Optional.of(
              new BoundRule.Number(
                  sql.replace("${object}", table)
                      .replace("${table}", table)
                      .replace("{object}", table)));
      case Measure.KpiValues(String metric, var dimensions, var conditions) -> {
        List<Filter> filters =
            conditions.stream()
                .flatMap(c -> PortBinding.filter(c, rule.location(), findings).stream())
                .toList();
        yield filters.size() == conditions.size()
            ? Optional.of(
                new BoundRule.Values(Question.of(List.of(metric), dimensions).withFilters(filters)))
            : Optional.empty();
      }
    };
  }

  private boolean isPattern(String regex, Rule rule) {
    try {
      Pattern.compile(regex);
      return true;
    } catch (PatternSyntaxException e) {
      findings.error(
          rule.location(),
          "Cannot use the pattern of '%s': %s".formatted(rule.name(), e.getDescription()),
          "patterns are those of RE2, which takes no look-around and no back references");
      return false;
    }
  }

  private Asked counted(String condition, Rule.Unit unit) {
    return new BoundRule.Counted(RuleSql.counted(table, condition), unit);
  }

  private Optional<ColumnDescription> column(Rule rule, String name) {
    return column(name, rule.location());
  }

  private Optional<ColumnDescription> column(String name, Location place) {
    Optional<ColumnDescription> found =
        columns.stream().filter(column -> column.name().equals(name)).findFirst();
    if (found.isEmpty()) {
      findings.error(
          place,
          "Cannot find the column '%s' in the output port '%s'".formatted(name, port.port().name()),
          Suggestions.clause(name, columns.stream().map(ColumnDescription::name).toList()));
    }
    return found;
  }

  /// The values as SQL writes them, NULL as it is.
  private Optional<List<Optional<String>>> literals(
      Rule rule, ColumnDescription column, List<@Nullable Object> values) {
    var literals = new ArrayList<Optional<String>>();
    for (Object value : values) {
      if (value == null) {
        literals.add(Optional.empty());
        continue;
      }
      Optional<String> literal = RuleSql.literal(column.type(), value);
      if (literal.isEmpty()) {
        findings.error(
            rule.location(),
            "Cannot compare the column '%s' of type %s with '%s'"
                .formatted(
                    column.name(), column.type().name().toLowerCase(java.util.Locale.ROOT), value));
        return Optional.empty();
      }
      literals.add(literal);
    }
    return Optional.of(literals);
  }

  private boolean canBePlanned(Asked asked, Rule rule) {
    return switch (asked) {
      case BoundRule.Number(String sql) ->
          plan(planner.plan(sql), rule).filter(plan -> isOneNumber(plan, rule)).isPresent();
      case BoundRule.Counted(String sql, _) -> plan(planner.plan(sql), rule).isPresent();
      case BoundRule.Values(Question question) ->
          plan(planner.plan(question), rule).filter(plan -> isNumber(plan, rule)).isPresent();
    };
  }

  private Optional<Plan> plan(Planning planning, Rule rule) {
    return switch (planning) {
      case Planning.Planned(Plan plan) -> Optional.of(plan);
      case Planning.Rejected(var issues) -> {
        issues.forEach(issue ->
            findings.error(
                rule.location(), "Cannot measure '%s': %s".formatted(rule.name(), words(issue))));
        yield Optional.empty();
      }
    };
  }

  private static String words(Issue issue) {
    return issue.message()
        + issue
            .position()
            .map(at -> " (line %d, column %d of the query)".formatted(at.line(), at.column()))
            .orElse("");
  }

  private boolean isOneNumber(Plan plan, Rule rule) {
    if (plan.columns().size() == 1) {
      return isNumber(plan, rule);
    }
    findings.error(
        rule.location(),
        "Cannot measure '%s': its query has %d columns"
            .formatted(rule.name(), plan.columns().size()),
        "it must have one, and one row");
    return false;
  }

  private boolean isNumber(Plan plan, Rule rule) {
    Plan.OutputColumn column = plan.columns().getLast();
    boolean is = NUMBERS.contains(column.type());
    if (!is) {
      findings.error(
          rule.location(),
          "Cannot measure '%s': its value is no number, but a %s"
              .formatted(rule.name(), column.type().name().toLowerCase(java.util.Locale.ROOT)));
    }
    return is;
  }

  /// The levels, each with what it is about; what is wrong with another is a finding at its place.
  ///
  /// @param tables of the port, as `namespace.table`
  List<BoundLevel> levels(Set<String> tables) {
    var bound = new ArrayList<BoundLevel>();
    for (ServiceLevel level : port.port().levels()) {
      if (level.kind() == ServiceLevel.Kind.STATED || level.element().isEmpty()) {
        bound.add(new BoundLevel(port, level, tables, Optional.empty()));
        continue;
      }
      String element = level.element().get();
      Optional<String> table =
          tables.stream()
              .filter(name -> name.equals(element) || name.endsWith("." + element))
              .findFirst();
      if (table.isPresent()) {
        bound.add(new BoundLevel(port, level, Set.of(table.get()), Optional.empty()));
      } else if (level.kind() == ServiceLevel.Kind.FRESHNESS) {
        column(element.substring(element.lastIndexOf('.') + 1), level.location())
            .filter(column -> isTime(column, level))
            .ifPresent(column ->
                bound.add(
                    new BoundLevel(
                        port, level, tables, Optional.of(RuleSql.newest(this.table, column)))));
      } else {
        findings.error(
            level.location(),
            "Cannot find the source table '%s' of the output port '%s'"
                .formatted(element, port.port().name()),
            Suggestions.clause(element, tables));
      }
    }
    return bound;
  }

  private boolean isTime(ColumnDescription column, ServiceLevel level) {
    boolean is = TIMES.contains(column.type());
    if (!is) {
      findings.error(
          level.location(),
          "Cannot measure '%s' by the column '%s': it is no time"
              .formatted(level.name(), column.name()));
    }
    return is;
  }
}
