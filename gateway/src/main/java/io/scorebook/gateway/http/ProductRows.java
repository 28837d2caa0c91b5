package io.scorebook.gateway.http;

import io.micronaut.core.convert.value.ConvertibleMultiValues;
import io.scorebook.documents.Suggestions;
import io.scorebook.gateway.session.Ask;
import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.Problem;
import io.scorebook.gateway.session.ProblemException;
import io.scorebook.gateway.wire.FilterForm;
import io.scorebook.semantic.plan.Issue;
import io.scorebook.semantic.plan.Plan.Role;
import io.scorebook.semantic.plan.TableDescription;
import io.scorebook.semantic.plan.TableDescription.ColumnDescription;
import io.scorebook.semantic.question.Filter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The parameters of a product's `/data`, as a query over the product's table. A parameter that is
/// not known is refused, since what was meant by it would be missing from the answer.
final class ProductRows {
  private static final Set<String> OWN =
      Set.of("columns", "filter", "orderBy", "limit", "format", "port");
  private static final Set<String> LATER = Set.of("cursor", "asOf");

  private final TableDescription table;
  private final List<Issue> issues = new ArrayList<>();

  ProductRows(TableDescription table) {
    this.table = table;
  }

  Ask.Sql ask(ConvertibleMultiValues<String> parameters) {
    var sql = new StringBuilder("SELECT ");
    List<ColumnDescription> columns = columns(one(parameters, "columns"));
    sql.append(columns.stream().map(c -> SqlText.name(c.name())).collect(Collectors.joining(", ")));
    sql.append(" FROM ").append(SqlText.name(table.schema())).append('.');
    sql.append(SqlText.name(table.name()));
    List<String> conditions = conditions(parameters);
    if (!conditions.isEmpty()) {
      sql.append(" WHERE ").append(String.join(" AND ", conditions));
    }
    List<String> order = order(one(parameters, "orderBy"));
    if (!order.isEmpty()) {
      sql.append(" ORDER BY ").append(String.join(", ", order));
    }
    limit(one(parameters, "limit")).ifPresent(limit -> sql.append(" LIMIT ").append(limit));
    if (!issues.isEmpty()) {
      throw new ProblemException(Problem.of(ErrorCode.INVALID_REQUEST, issues));
    }
    return new Ask.Sql(sql.toString(), Optional.empty());
  }

  private Optional<String> one(ConvertibleMultiValues<String> parameters, String name) {
    List<String> values = parameters.getAll(name);
    if (values.size() > 1) {
      issue(name, "Cannot use '%s' more than once".formatted(name), List.of());
    }
    return values.stream().findFirst();
  }

  private List<ColumnDescription> columns(Optional<String> list) {
    if (list.isEmpty()) {
      return table.columns();
    }
    return words(list.get()).stream().flatMap(name -> column(name).stream()).toList();
  }

  private static List<String> words(String list) {
    return java.util.Arrays.stream(list.split(",", -1)).map(String::strip).toList();
  }

  private Optional<ColumnDescription> column(String name) {
    Optional<ColumnDescription> found =
        table.columns().stream().filter(column -> column.name().equals(name)).findFirst();
    if (found.isEmpty()) {
      List<String> known = table.columns().stream().map(ColumnDescription::name).toList();
      issue(
          name,
          "Cannot find the column '%s'; %s".formatted(name, Suggestions.clause(name, known)),
          Suggestions.similar(name, known));
    }
    return found;
  }

  private List<String> conditions(ConvertibleMultiValues<String> parameters) {
    var conditions = new ArrayList<String>();
    for (String filter : parameters.getAll("filter")) {
      condition(FilterForm.read(filter, "filter")).ifPresent(conditions::add);
    }
    for (String name : parameters.names()) {
      if (OWN.contains(name)) {
        continue;
      }
      if (LATER.contains(name)) {
        issue(name, "Cannot use '%s': it is not supported yet".formatted(name), List.of());
        continue;
      }
      for (String value : parameters.getAll(name)) {
        column(name)
            .flatMap(column -> literal(column, value).map(text -> equal(column, text)))
            .ifPresent(conditions::add);
      }
    }
    return conditions;
  }

  private static String equal(ColumnDescription column, String literal) {
    return SqlText.name(column.name()) + " = " + literal;
  }

  private Optional<String> literal(ColumnDescription column, Object value) {
    Optional<String> literal = SqlText.literal(column.type(), value);
    if (literal.isEmpty()) {
      issue(
          column.name(),
          "Cannot compare '%s', which is of type %s, with '%s'"
              .formatted(
                  column.name(), io.scorebook.gateway.wire.Values.lower(column.type()), value),
          List.of());
    }
    return literal;
  }

  /// Absent where there is an issue.
  private Optional<String> condition(Filter filter) {
    return switch (filter) {
      case Filter.And(var of) -> group(of, " AND ");
      case Filter.Or(var of) -> group(of, " OR ");
      case Filter.Not(var of) -> condition(of).map(sql -> "NOT (" + sql + ")");
      case Filter.Comparison comparison -> comparison(comparison);
    };
  }

  private Optional<String> group(List<Filter> of, String word) {
    List<String> parts = of.stream().flatMap(filter -> condition(filter).stream()).toList();
    return parts.size() == of.size()
        ? Optional.of("(" + String.join(word, parts) + ")")
        : Optional.empty();
  }

  private Optional<String> comparison(Filter.Comparison comparison) {
    Optional<ColumnDescription> found = column(comparison.field());
    if (found.isEmpty()) {
      return Optional.empty();
    }
    ColumnDescription column = found.get();
    String name = SqlText.name(column.name());
    if (comparison.values().stream().anyMatch(Objects::isNull)) {
      issue(
          column.name(),
          "Cannot compare '%s' with null; use isNull or isNotNull".formatted(column.name()),
          List.of());
      return Optional.empty();
    }
    var literals = new ArrayList<String>();
    for (Object value : comparison.values()) {
      if (value != null) {
        literal(column, value).ifPresent(literals::add);
      }
    }
    if (literals.size() < comparison.values().size()) {
      return Optional.empty();
    }
    return switch (comparison.op()) {
      case EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
          Optional.of(name + " " + comparison.op().symbol() + " " + literals.getFirst());
      case NOT_EQUAL -> Optional.of(name + " <> " + literals.getFirst());
      case IN -> Optional.of(name + " IN (" + String.join(", ", literals) + ")");
      case NOT_IN -> Optional.of(name + " NOT IN (" + String.join(", ", literals) + ")");
      case IS_NULL -> Optional.of(name + " IS NULL");
      case IS_NOT_NULL -> Optional.of(name + " IS NOT NULL");
      case CONTAINS -> text(column, comparison, "%", "%");
      case STARTS_WITH -> text(column, comparison, "", "%");
    };
  }

  private Optional<String> text(
      ColumnDescription column, Filter.Comparison comparison, String before, String after) {
    if (column.type() != io.scorebook.semantic.plan.Plan.OutputType.STRING) {
      issue(
          column.name(),
          "Cannot use '%s' with '%s', which is not a text"
              .formatted(comparison.op().symbol(), column.name()),
          List.of());
      return Optional.empty();
    }
    return Optional.of(
        SqlText.name(column.name())
            + " LIKE "
            + SqlText.pattern(before, String.valueOf(comparison.values().getFirst()), after));
  }

  private List<String> order(Optional<String> list) {
    var order = new LinkedHashMap<String, String>();
    for (String word : list.map(ProductRows::words).orElse(List.of())) {
      boolean descending = word.startsWith("-");
      column(descending ? word.substring(1) : word)
          .ifPresent(column ->
              order.putIfAbsent(
                  column.name(),
                  SqlText.name(column.name()) + (descending ? " DESC" : "") + " NULLS LAST"));
    }
    // Ties are broken by the keys, so that the answer is the same each time.
    for (ColumnDescription column : table.columns()) {
      if (column.role() == Role.DIMENSION) {
        order.putIfAbsent(column.name(), SqlText.name(column.name()) + " NULLS LAST");
      }
    }
    return List.copyOf(order.values());
  }

  private Optional<String> limit(Optional<String> limit) {
    if (limit.isEmpty() || limit.get().equals("all")) {
      return Optional.empty();
    }
    if (!limit.get().matches("\\d{1,15}")) {
      issue("limit", "Invalid 'limit': must be a whole number or 'all'", List.of());
    }
    return limit;
  }

  private void issue(String field, String message, List<String> suggestions) {
    issues.add(
        new Issue(
            Issue.Code.INVALID_QUESTION,
            message,
            Optional.of(field),
            suggestions,
            Optional.empty()));
  }
}
