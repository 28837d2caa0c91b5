package io.scorebook.gateway.reading;

import io.micronaut.core.convert.value.ConvertibleMultiValues;
import io.scorebook.documents.Suggestions;
import io.scorebook.engine.answer.AsOf;
import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.Problem;
import io.scorebook.gateway.session.ProblemException;
import io.scorebook.gateway.wire.FilterForm;
import io.scorebook.semantic.plan.Issue;
import io.scorebook.semantic.plan.TableDescription;
import io.scorebook.semantic.plan.TableDescription.ColumnDescription;
import io.scorebook.semantic.question.Filter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// The parameters of a product's `/data` and `/changes`, as a query over the product's table. A
/// parameter that is not known is refused, since what was meant by it would be missing from the
/// answer.
final class PortParameters {
  private static final long PAGE = 1000;
  private static final Set<String> OWN =
      Set.of("columns", "filter", "orderBy", "limit", "format", "port", "cursor", "asOf", "since");

  private final TableDescription table;
  private final ConvertibleMultiValues<String> parameters;
  private final List<Issue> issues = new ArrayList<>();

  PortParameters(TableDescription table, ConvertibleMultiValues<String> parameters) {
    this.table = table;
    this.parameters = parameters;
  }

  /// Refuses parameters that mean nothing here.
  PortParameters without(String... names) {
    for (String name : names) {
      if (parameters.contains(name)) {
        issue(name, "Cannot use '%s' here".formatted(name), List.of());
      }
    }
    return this;
  }

  /// @param key by which rows are told apart; empty where nothing tells them apart
  /// @param isQuestion whether the rows answer a question, and so have an order of their own
  /// @throws ProblemException with all that is wrong with the parameters
  PortQuery query(Optional<List<ColumnDescription>> key, boolean isQuestion) {
    List<ColumnDescription> columns = columns(find("columns"));
    Optional<String> orderBy = find("orderBy");
    var query =
        new PortQuery(
            table,
            columns,
            conditions(),
            order(orderBy, key.orElse(table.columns())),
            key.isPresent(),
            isQuestion || orderBy.isPresent(),
            limit(find("limit")));
    done();
    return query;
  }

  private void done() {
    if (!issues.isEmpty()) {
      throw new ProblemException(Problem.of(ErrorCode.INVALID_REQUEST, issues));
    }
  }

  /// The state that is asked of.
  AsOf asOf() {
    Optional<String> text = find("asOf");
    Optional<AsOf> asOf = text.flatMap(AsOf::find);
    if (text.isPresent() && asOf.isEmpty()) {
      issue("asOf", "Invalid 'asOf': must be " + AsOf.FORMS, List.of());
    }
    done();
    return asOf.orElse(AsOf.newest());
  }

  /// The one value of a parameter.
  Optional<String> find(String name) {
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
    List<String> names = words(list.get());
    if (Set.copyOf(names).size() < names.size()) {
      issue("columns", "Cannot give a column twice", List.of());
    }
    return names.stream().flatMap(name -> column(name).stream()).toList();
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

  private List<String> conditions() {
    var conditions = new ArrayList<String>();
    for (String filter : parameters.getAll("filter")) {
      condition(FilterForm.read(filter, "filter")).ifPresent(conditions::add);
    }
    for (String name : parameters.names()) {
      if (OWN.contains(name)) {
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

  private List<PortQuery.Order> order(Optional<String> list, List<ColumnDescription> key) {
    var order = new LinkedHashMap<String, PortQuery.Order>();
    for (String word : list.map(PortParameters::words).orElse(List.of())) {
      boolean descending = word.startsWith("-");
      column(descending ? word.substring(1) : word)
          .ifPresent(
              column -> order.putIfAbsent(column.name(), new PortQuery.Order(column, descending)));
    }
    // Ties are broken by the key, so that the answer is the same each time.
    key.forEach(column -> order.putIfAbsent(column.name(), new PortQuery.Order(column, false)));
    return List.copyOf(order.values());
  }

  private OptionalLong limit(Optional<String> limit) {
    if (limit.isEmpty()) {
      return OptionalLong.of(PAGE);
    }
    if (limit.get().equals("all")) {
      return OptionalLong.empty();
    }
    if (!limit.get().matches("\\d{1,15}")) {
      issue("limit", "Invalid 'limit': must be a whole number or 'all'", List.of());
      return OptionalLong.empty();
    }
    return OptionalLong.of(Long.parseLong(limit.get()));
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
