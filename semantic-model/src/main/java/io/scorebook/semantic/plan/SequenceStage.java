package io.scorebook.semantic.plan;

import io.scorebook.semantic.expression.Expressions;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;

/// The rows of a sequence at one grouping set: keys, entity, order, the value, and how the entity
/// is shown; and names for the columns that are made of them.
///
/// Rows that share keys and entity (the partition) follow each other in the order.
final class SequenceStage {
  private static final String[] EVIDENCE = {"value", "number", "start", "end", "who"};

  private final Expressions expressions;
  private final LeafRows rows;
  private final Dataset fact;
  private final ImmutableBitSet keys;
  private final List<String> entity;
  private final List<String> order;
  private final Optional<FieldPath> label;

  /// @param keys those of the set that the entity does not determine
  /// @param label how the entity is shown, where it is to be shown
  SequenceStage(
      Expressions expressions,
      LeafRows rows,
      Dataset fact,
      Metric.Sequence metric,
      ImmutableBitSet keys,
      Optional<FieldPath> label) {
    this.expressions = expressions;
    this.rows = rows;
    this.fact = fact;
    this.keys = keys;
    this.entity = metric.entity();
    this.label = label;
    // The primary key makes the order total.
    this.order =
        Stream.concat(
                metric.order().stream(),
                fact.primaryKey().stream().map(key -> fact.name() + "." + key))
            .map(name -> name.toLowerCase(Locale.ROOT))
            .distinct()
            .filter(name -> entity.stream().noneMatch(name::equalsIgnoreCase))
            .toList();
  }

  /// Pushes the rows.
  RelBuilder push(SqlNode value) {
    List<LeafRows.Column> columns =
        Stream.concat(entity.stream(), order.stream())
            .map(name -> new SqlIdentifier(List.of(name.split("\\.", -1)), SqlParserPos.ZERO))
            .<LeafRows.Column>map(LeafRows.Column.OfFields::new)
            .collect(Collectors.toCollection(ArrayList::new));
    columns.add(new LeafRows.Column.OfFields(value));
    label.ifPresent(path -> columns.add(new LeafRows.Column.OfPath(path)));
    return rows.push(fact, keys, columns);
  }

  int keyCount() {
    return keys.cardinality();
  }

  /// The number of keys and entity columns.
  int partitionCount() {
    return keys.cardinality() + entity.size();
  }

  List<RexNode> partition(RelBuilder builder) {
    return builder.fields(ImmutableBitSet.range(partitionCount()));
  }

  List<RexNode> entityColumns(RelBuilder builder) {
    return builder.fields(ImmutableBitSet.range(keyCount(), partitionCount()));
  }

  List<RexNode> orderColumns(RelBuilder builder) {
    return IntStream.range(partitionCount(), partitionCount() + order.size())
        .mapToObj(i -> (RexNode) builder.nullsLast(builder.field(i)))
        .toList();
  }

  /// What evidence gives as the place of a row.
  RexNode firstOrderColumn(RelBuilder builder) {
    return builder.field(partitionCount());
  }

  RexNode value(RelBuilder builder) {
    return builder.field(partitionCount() + order.size());
  }

  /// The entity as evidence shows it: the dimension that names it, or its key as it is.
  RexNode shownEntity(RelBuilder builder) {
    return label.isPresent()
        ? builder.field(partitionCount() + order.size() + 1)
        : text(entityColumns(builder), builder);
  }

  private static RexNode text(List<RexNode> fields, RelBuilder builder) {
    if (fields.size() == 1) {
      return fields.getFirst();
    }
    RexNode text = builder.cast(fields.getFirst(), SqlTypeName.VARCHAR);
    for (RexNode field : fields.subList(1, fields.size())) {
      text =
          builder.call(
              SqlStdOperatorTable.CONCAT,
              builder.call(SqlStdOperatorTable.CONCAT, text, builder.literal("/")),
              builder.cast(field, SqlTypeName.VARCHAR));
    }
    return text;
  }

  /// The names of the partition's columns, and others behind them.
  List<String> names(String... others) {
    return Stream.concat(
            IntStream.range(0, partitionCount()).mapToObj(i -> "p" + i), Stream.of(others))
        .toList();
  }

  /// The names of a candidate's columns: a run or window with its value, its number in the order,
  /// where it begins and ends, and whose it is.
  List<String> evidenceNames() {
    return names(EVIDENCE);
  }

  /// The value where the condition holds, else NULL.
  RexNode when(RelBuilder builder, RexNode condition, RexNode value) {
    RelDataType nullable =
        expressions.cluster().getTypeFactory().createTypeWithNullability(value.getType(), true);
    return builder.call(
        SqlStdOperatorTable.CASE,
        condition,
        value,
        expressions.cluster().getRexBuilder().makeNullLiteral(nullable));
  }
}
