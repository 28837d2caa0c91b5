package io.scorebook.semantic.plan;

import io.scorebook.semantic.expression.Expressions;
import io.scorebook.semantic.expression.RowWindows;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Field;
import io.scorebook.semantic.model.Relationship;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.tools.RelBuilder;

/// The rows of one fact, joined to what the question needs of the datasets that it reaches: the
/// first stage of every leaf. As many rows as the fact has, since each join is many-to-one.
final class FactRows {
  private final CompiledModel model;
  private final Expressions expressions;
  private final RelBuilder builder;

  /// Where the columns of each joined dataset begin, by the path that leads to it.
  private final Map<List<Relationship>, Joined> joined = new LinkedHashMap<>();

  private record Joined(int offset, RelDataType row) {}

  private FactRows(CompiledModel model, Expressions expressions) {
    this.model = model;
    this.expressions = expressions;
    this.builder = expressions.relBuilder();
  }

  /// Joins, and leaves the joined rows for [#value] and [#finish].
  ///
  /// @param paths to the datasets that will be referred to
  static FactRows join(
      CompiledModel model, Expressions expressions, Dataset fact, List<List<Relationship>> paths) {
    return joinTo(model, expressions, source(model, expressions, fact), paths);
  }

  /// Joins to rows that are no fact, but have the columns by which the paths begin.
  static FactRows joinTo(
      CompiledModel model, Expressions expressions, RelNode root, List<List<Relationship>> paths) {
    var rows = new FactRows(model, expressions);
    rows.builder.push(root);
    rows.joined.put(List.of(), new Joined(0, root.getRowType()));
    paths.stream()
        .flatMap(path ->
            java.util.stream.IntStream.rangeClosed(1, path.size())
                .mapToObj(n -> path.subList(0, n)))
        .distinct()
        .sorted(
            Comparator.comparingInt((List<Relationship> path) -> path.size())
                .thenComparing(path -> path.getLast().name()))
        .forEach(rows::addJoin);
    return rows;
  }

  /// A column of the rows that were joined to.
  RexNode column(int index) {
    return builder.field(index);
  }

  /// The value of a field or source column in the joined rows.
  RexNode value(FieldReference reference) {
    Joined at = at(reference.path());
    Optional<Field> field = reference.dataset().findField(reference.name());
    return field.isPresent()
        ? value(new FieldPath(reference.path(), reference.dataset(), field.get()))
        : column(at, builder.peek(), reference.name())
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "Invalid reference: %s.%s"
                        .formatted(reference.dataset().name(), reference.name())));
  }

  RexNode value(FieldPath path) {
    return fieldValue(at(path.path()), builder.peek(), path.dataset(), path.field());
  }

  /// The value of an expression over `dataset.field` names.
  RexNode value(Dataset fact, SqlNode expression) {
    return expressions.scalar(expression, identifier -> value(model.reference(fact, identifier)));
  }

  /// A value that comes from nothing.
  RexNode literal() {
    return builder.literal(true);
  }

  /// The rows with these columns.
  RelNode finish(List<RexNode> values, List<String> names) {
    return builder.project(values, names, true).build();
  }

  private Joined at(List<Relationship> path) {
    Joined at = joined.get(path);
    if (at == null) {
      throw new IllegalArgumentException("Invalid path: " + path);
    }
    return at;
  }

  private void addJoin(List<Relationship> path) {
    Relationship relationship = path.getLast();
    Dataset from = dataset(relationship.from());
    Dataset to = dataset(relationship.to());
    Joined left = at(path.subList(0, path.size() - 1));
    AssumedKeys.of(expressions.cluster()).add(to, relationship);
    RelNode many = builder.peek();
    int width = many.getRowType().getFieldCount();
    RelNode one = source(to);
    var conditions = new ArrayList<RexNode>();
    for (int i = 0; i < relationship.fromColumns().size(); i++) {
      RexNode foreign = key(left, many, from, relationship.fromColumns().get(i), 0);
      RexNode key =
          key(new Joined(0, one.getRowType()), one, to, relationship.toColumns().get(i), width);
      conditions.add(builder.equals(foreign, key));
    }
    builder.push(one).join(JoinRelType.LEFT, builder.and(conditions));
    joined.put(path, new Joined(width, one.getRowType()));
  }

  private RexNode key(Joined at, RelNode rel, Dataset dataset, String name, int shift) {
    RexNode value =
        column(at, rel, name)
            .or(() -> dataset.findField(name).map(field -> fieldValue(at, rel, dataset, field)))
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "Invalid key column: %s.%s".formatted(dataset.name(), name)));
    return shift == 0 ? value : org.apache.calcite.rex.RexUtil.shift(value, shift);
  }

  private RexNode fieldValue(Joined at, RelNode rel, Dataset dataset, Field field) {
    if (model.windowed(dataset).containsKey(CompiledModel.windowColumn(field))) {
      // Among rows of equal place the key decides.
      if (!dataset.primaryKey().isEmpty()) {
        AssumedKeys.of(expressions.cluster()).add(AssumedKeys.order(dataset));
      }
      return column(at, rel, CompiledModel.windowColumn(field)).orElseThrow();
    }
    return expressions.scalar(
        model.expression(dataset, field),
        identifier ->
            column(at, rel, identifier.names.getLast())
                .orElseThrow(() ->
                    new IllegalArgumentException(
                        "Invalid field '%s.%s': its source has no column '%s'"
                            .formatted(dataset.name(), field.name(), identifier))));
  }

  private Optional<RexNode> column(Joined at, RelNode rel, String name) {
    RelDataTypeField field = at.row().getField(name, false, false);
    if (field == null) {
      return Optional.empty();
    }
    int index = at.offset() + field.getIndex();
    // The type is taken from the joined row: a left join makes it nullable.
    return Optional.of(expressions.cluster().getRexBuilder().makeInputRef(rel, index));
  }

  /// The rows of a dataset with the columns of a key.
  static RelNode keys(
      CompiledModel model, Expressions expressions, Dataset dataset, List<String> columns) {
    var rows = FactRows.join(model, expressions, dataset, List.of());
    return rows.finish(
        columns.stream()
            .map(column -> rows.key(rows.at(List.of()), rows.builder.peek(), dataset, column, 0))
            .toList(),
        columns);
  }

  private RelNode source(Dataset dataset) {
    return source(model, expressions, dataset);
  }

  /// The rows of a dataset's source, with the source's columns; behind them the fields that are
  /// computed over windows of all these rows, before anything is joined or filtered.
  static RelNode source(CompiledModel model, Expressions expressions, Dataset dataset) {
    Map<String, SqlNode> windowed = model.windowed(dataset);
    if (!windowed.isEmpty()) {
      SqlNode from =
          switch (dataset.source()) {
            case Dataset.Source.Query _ -> model.query(dataset).orElseThrow();
            case Dataset.Source.Table(String namespace, String name) ->
                new SqlIdentifier(List.of(namespace, name), SqlParserPos.ZERO);
          };
      return expressions.query(RowWindows.select(from, dataset.name(), windowed)).project();
    }
    return switch (dataset.source()) {
      case Dataset.Source.Query _ ->
          expressions.query(model.query(dataset).orElseThrow()).project();
      case Dataset.Source.Table(String namespace, String name) -> expressions.scan(namespace, name);
    };
  }

  private Dataset dataset(String name) {
    return model
        .model()
        .findDataset(name)
        .orElseThrow(() -> new IllegalArgumentException("Invalid dataset: " + name));
  }
}
