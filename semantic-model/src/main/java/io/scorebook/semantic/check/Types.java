package io.scorebook.semantic.check;

import io.scorebook.documents.Findings;
import io.scorebook.documents.Location;
import io.scorebook.semantic.expression.Aggregates;
import io.scorebook.semantic.expression.RowWindows;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Field;
import io.scorebook.semantic.model.Metric;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/// Where the tables of the catalog are known: expressions have types. SUM and AVG are of numbers,
/// conditions are true or false, and what a field declares to be it is.
final class Types implements Rule {
  @Override
  public void check(Subject subject, Findings findings) {
    subject.sources().ifPresent(sources -> new Pass(subject, sources, findings).run());
  }

  /// A name that has no type, which another rule reports.
  private static final class Untyped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Untyped() {
      super(null, null, false, false);
    }
  }

  private static final class Pass {
    private final Subject subject;
    private final SourceColumns sources;
    private final Findings findings;
    private final Map<String, Optional<RelDataType>> fields = new HashMap<>();

    Pass(Subject subject, SourceColumns sources, Findings findings) {
      this.subject = subject;
      this.sources = sources;
      this.findings = findings;
    }

    void run() {
      for (Dataset dataset : subject.model().datasets()) {
        for (Field field : dataset.fields()) {
          type(dataset, field).ifPresent(type -> checkDeclared(dataset, field, type));
        }
      }
      for (Metric metric : subject.model().metrics()) {
        subject.shape(metric).ifPresent(shape -> checkMetric(metric, shape));
        checkDays(metric);
      }
    }

    private void checkMetric(Metric metric, MetricShape shape) {
      if (metric instanceof Metric.Streak || metric instanceof Metric.Conversion) {
        subject
            .parse(metric)
            .tree()
            .flatMap(tree -> typeOf(metric, tree))
            .ifPresent(type -> checkCondition(metric, metric.expressionAt(), type));
      }
      for (MetricShape.Aggregate aggregate : shape.aggregates()) {
        Location place = Parsed.place(metric.expressionAt(), aggregate.call().getParserPosition());
        for (SqlNode argument : aggregate.arguments()) {
          Optional<RelDataType> type = typeOf(metric, argument);
          if (Aggregates.find(aggregate.plain()).filter(Aggregates::isOfNumbers).isPresent()
              && type.filter(t -> !SqlTypeUtil.isNumeric(t)).isPresent()) {
            findings.error(
                place,
                "Cannot take the %s of %s in metric '%s'"
                    .formatted(aggregate.function(), name(type.get()), metric.name()),
                "use a number; to count, COUNT");
          }
        }
        aggregate
            .filter()
            .flatMap(condition -> typeOf(metric, condition))
            .ifPresent(type -> checkCondition(metric, place, type));
      }
    }

    /// What a metric counts days or finds periods by.
    private void checkDays(Metric metric) {
      if (metric instanceof Metric.Conversion conversion
          && conversion.within() instanceof Metric.Rolling.Frame.Days
          && !conversion.order().isEmpty()) {
        String first = conversion.order().getFirst();
        subject
            .datasetOf(first)
            .ifPresent(dataset ->
                dataset
                    .findField(first.substring(first.lastIndexOf('.') + 1))
                    .filter(Field::isTime)
                    .ifPresent(field -> checkDays(metric, dataset, field)));
      }
      if (metric instanceof Metric.OverTime overTime) {
        for (Dataset fact : subject.facts(metric)) {
          for (Reach.Path path :
              subject.reach().visible(fact).getOrDefault(overTime.time(), List.of())) {
            path.end()
                .findField(path.seen())
                .filter(Field::isTime)
                .ifPresent(field -> checkDays(metric, path.end(), field));
          }
        }
      }
    }

    private void checkDays(Metric metric, Dataset dataset, Field field) {
      type(dataset, field)
          .filter(type ->
              !List.of(
                      SqlTypeName.DATE,
                      SqlTypeName.TIMESTAMP,
                      SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE,
                      SqlTypeName.TIMESTAMP_TZ)
                  .contains(type.getSqlTypeName()))
          .ifPresent(type ->
              findings.error(
                  metric.location(),
                  "Cannot tell days by '%s.%s', as metric '%s' does: it is %s"
                      .formatted(dataset.name(), field.name(), metric.name(), name(type)),
                  "use a date or a timestamp, or CAST it to one"));
    }

    private void checkCondition(Metric metric, Location place, RelDataType type) {
      if (!SqlTypeUtil.isBoolean(type)) {
        findings.error(
            place,
            "Cannot use %s as a condition of metric '%s'".formatted(name(type), metric.name()),
            "compare it with a value");
      }
    }

    private Optional<RelDataType> typeOf(Metric metric, SqlNode expression) {
      return type(
          expression,
          metric.expressionAt(),
          "metric '" + metric.name() + "'",
          name -> {
            MetricShape.Reference reference = MetricShape.Reference.of(name);
            Dataset dataset =
                subject.model().findDataset(reference.dataset()).orElseThrow(Untyped::new);
            return dataset
                .findField(reference.field())
                .map(field -> type(dataset, field))
                .orElseGet(() -> column(dataset, reference.field()))
                .orElseThrow(Untyped::new);
          });
    }

    private Optional<RelDataType> type(Dataset dataset, Field field) {
      String key = dataset.name() + "." + field.name();
      Optional<RelDataType> known = fields.get(key);
      if (known == null) {
        known =
            subject
                .parse(field)
                .tree()
                .filter(tree -> MetricShape.ofField(tree).misplaced().isEmpty())
                .filter(tree -> MetricShape.ofField(tree).aggregates().isEmpty())
                .flatMap(tree ->
                    RowWindows.in(tree)
                        ? overRows(dataset, field, tree)
                        : type(
                            tree,
                            field.expressionAt(),
                            "field '" + key + "'",
                            name ->
                                column(dataset, name.names.getLast()).orElseThrow(Untyped::new)));
        fields.put(key, known);
      }
      return known;
    }

    private Optional<RelDataType> column(Dataset dataset, String name) {
      return subject
          .columns(dataset)
          .flatMap(row -> Optional.ofNullable(row.getField(name, false, false)))
          .map(found -> found.getType());
    }

    private Optional<RelDataType> type(
        SqlNode expression, Location at, String what, Function<SqlIdentifier, RelDataType> names) {
      RexBuilder rex = sources.expressions().cluster().getRexBuilder();
      return tried(
          at,
          what,
          () ->
              sources
                  .expressions()
                  .scalar(expression, name -> rex.makeInputRef(names.apply(name), 0))
                  .getType());
    }

    /// The type of a field over windows, which needs the rows that it stands over.
    private Optional<RelDataType> overRows(Dataset dataset, Field field, SqlNode expression) {
      boolean known =
          MetricShape.ofField(expression).names().stream()
              .allMatch(name -> column(dataset, name.names.getLast()).isPresent());
      return known
          ? subject
              .rows(dataset)
              .flatMap(rows ->
                  tried(
                      field.expressionAt(),
                      "field '%s.%s'".formatted(dataset.name(), field.name()),
                      () ->
                          sources
                              .expressions()
                              .query(
                                  RowWindows.select(
                                      rows, dataset.name(), Map.of("the value", expression)))
                              .project()
                              .getRowType()
                              .getFieldList()
                              .getLast()
                              .getType()))
          : Optional.empty();
    }

    private Optional<RelDataType> tried(Location at, String what, Supplier<RelDataType> type) {
      try {
        return Optional.of(type.get());
      } catch (Untyped _) {
        return Optional.empty();
      } catch (CalciteContextException e) {
        findings.error(
            Parsed.place(at, SqlProblem.position(e)),
            "Cannot use the expression of %s: %s".formatted(what, SqlProblem.reason(e)));
      } catch (RuntimeException | AssertionError | StackOverflowError e) {
        findings.error(
            at, "Cannot use the expression of %s: %s".formatted(what, SqlProblem.reason(e)));
      }
      return Optional.empty();
    }

    private void checkDeclared(Dataset dataset, Field field, RelDataType type) {
      field
          .datatype()
          .filter(declared -> !agrees(declared, type.getSqlTypeName()))
          .ifPresent(declared ->
              findings.error(
                  field.expressionAt(),
                  "Cannot be of datatype %s: field '%s.%s' is %s"
                      .formatted(declared.ossieName(), dataset.name(), field.name(), name(type)),
                  "declare what it is, or CAST it"));
    }

    private static boolean agrees(Field.DataType declared, SqlTypeName type) {
      return switch (declared) {
        case STRING -> SqlTypeName.CHAR_TYPES.contains(type);
        case INTEGER -> SqlTypeName.INT_TYPES.contains(type);
        case DECIMAL -> SqlTypeName.EXACT_TYPES.contains(type);
        case FLOAT ->
            List.of(SqlTypeName.REAL, SqlTypeName.FLOAT, SqlTypeName.DOUBLE).contains(type);
        case BOOLEAN -> type == SqlTypeName.BOOLEAN;
        case DATE -> type == SqlTypeName.DATE;
        case TIME -> type == SqlTypeName.TIME;
        case DATE_TIME -> type == SqlTypeName.TIMESTAMP;
        case DATE_TIME_TZ ->
            type == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE || type == SqlTypeName.TIMESTAMP_TZ;
        case OPAQUE -> true;
      };
    }

    private static String name(RelDataType type) {
      return type.getSqlTypeName().getName();
    }
  }
}
