package io.scorebook.semantic.plan;

import io.scorebook.semantic.expression.Expressions;
import io.scorebook.semantic.expression.Sql;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexWindowBounds;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;

/// Sequence metrics: the values of one streak or window at one grouping set.
///
/// Runs do not roll up: a run within a team and season is not a run within the team. So each
/// grouping set has a stage of its own, partitioned by the entity and the keys of the set.
final class SequenceLeaves {
  private final CompiledModel model;
  private final Expressions expressions;
  private final LeafRows rows;

  SequenceLeaves(CompiledModel model, Expressions expressions, LeafRows rows) {
    this.model = model;
    this.expressions = expressions;
    this.rows = rows;
  }

  /// @param facets what is wanted of the metric, in the order of the output
  /// @return columns: the keys of the set, then the facets
  RelNode plan(Dataset fact, Metric.Sequence metric, ImmutableBitSet set, List<Leaf.Facet> facets) {
    var stage = new Stage(fact, metric, set, facets.contains(Leaf.Facet.ENTITY));
    boolean withEvidence = !Set.copyOf(facets).equals(Set.of(Leaf.Facet.VALUE));
    if (!fact.primaryKey().isEmpty()) {
      AssumedKeys.of(expressions.cluster()).add(new AssumedKey(fact.name(), fact.primaryKey()));
    }
    RelBuilder candidates =
        switch (metric) {
          case Metric.Streak streak -> runs(stage, streak, withEvidence);
          case Metric.Window window -> windows(stage, window, withEvidence);
        };
    boolean smallest =
        metric instanceof Metric.Window window && window.mode() == Metric.Window.Mode.WORST;
    return withEvidence
        ? choose(stage, candidates, smallest, facets)
        : best(stage, candidates, smallest);
  }

  /// The rows of a sequence, and where its columns are: keys, entity, order, and the value.
  private final class Stage {
    final Dataset fact;
    final ImmutableBitSet set;
    final List<String> entity;
    final List<String> order;
    final Optional<FieldPath> label;

    Stage(Dataset fact, Metric.Sequence metric, ImmutableBitSet set, boolean withEntity) {
      this.fact = fact;
      this.set = set;
      this.entity = metric.entity();
      this.label = withEntity ? Entities.label(model, fact, metric) : Optional.empty();
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

    RelBuilder push(SqlNode value) {
      var columns =
          Stream.concat(entity.stream(), order.stream())
              .map(SequenceLeaves::identifier)
              .<LeafRows.Column>map(LeafRows.Column.OfFields::new)
              .collect(java.util.stream.Collectors.toCollection(ArrayList::new));
      columns.add(new LeafRows.Column.OfFields(value));
      label.ifPresent(path -> columns.add(new LeafRows.Column.OfPath(path)));
      return rows.push(fact, set, columns);
    }

    int keys() {
      return set.cardinality();
    }

    /// Keys and entity: within these, rows follow each other.
    List<RexNode> partition(RelBuilder builder) {
      return builder.fields(ImmutableBitSet.range(keys() + entity.size()));
    }

    List<RexNode> entityColumns(RelBuilder builder) {
      return builder.fields(ImmutableBitSet.range(keys(), keys() + entity.size()));
    }

    List<RexNode> orderColumns(RelBuilder builder) {
      int first = keys() + entity.size();
      return IntStream.range(first, first + order.size())
          .mapToObj(i -> (RexNode) builder.nullsLast(builder.field(i)))
          .toList();
    }

    RexNode firstOrderColumn(RelBuilder builder) {
      return builder.field(keys() + entity.size());
    }

    RexNode value(RelBuilder builder) {
      return builder.field(keys() + entity.size() + order.size());
    }

    /// How the entity is shown.
    RexNode shownEntity(RelBuilder builder) {
      return label.isPresent()
          ? builder.field(keys() + entity.size() + order.size() + 1)
          : entityText(entityColumns(builder), builder);
    }
  }

  private static SqlNode identifier(String name) {
    return new SqlIdentifier(List.of(name.split("\\.", -1)), SqlParserPos.ZERO);
  }

  /// Columns: partition, value, sequence number of the candidate; with evidence start, end, and the
  /// entity as it is shown.
  private RelBuilder runs(Stage stage, Metric.Streak streak, boolean withEvidence) {
    RelBuilder builder = stage.push(parse(streak.name(), streak.predicate()));
    RexNode holds = builder.call(SqlStdOperatorTable.IS_TRUE, stage.value(builder));
    RexNode breaks =
        builder.call(
            streak.onNull() == Metric.Streak.OnNull.BREAK
                ? SqlStdOperatorTable.IS_NOT_TRUE
                : SqlStdOperatorTable.IS_FALSE,
            stage.value(builder));
    // Rows between two breaks share the number of breaks before them: that is their run.
    RexNode run =
        builder
            .aggregateCall(SqlStdOperatorTable.SUM, oneIf(builder, breaks))
            .over()
            .partitionBy(stage.partition(builder))
            .orderBy(stage.orderColumns(builder))
            .rowsBetween(RexWindowBounds.UNBOUNDED_PRECEDING, RexWindowBounds.CURRENT_ROW)
            .toRex();
    int partition = stage.keys() + stage.entity.size();
    var columns = new ArrayList<RexNode>(stage.partition(builder));
    columns.add(run);
    columns.add(holds);
    columns.add(stage.firstOrderColumn(builder));
    columns.add(stage.shownEntity(builder));
    builder.project(columns, names(partition, "run", "holds", "at", "who"), true);

    var calls = new ArrayList<RelBuilder.AggCall>();
    calls.add(
        builder
            .aggregateCall(SqlStdOperatorTable.COUNT)
            .filter(builder.field("holds"))
            .as("length"));
    if (withEvidence) {
      calls.add(
          builder
              .aggregateCall(SqlStdOperatorTable.MIN, builder.field("at"))
              .filter(builder.field("holds"))
              .as("start"));
      calls.add(
          builder
              .aggregateCall(SqlStdOperatorTable.MAX, builder.field("at"))
              .filter(builder.field("holds"))
              .as("end"));
      calls.add(builder.aggregateCall(SqlStdOperatorTable.MIN, builder.field("who")).as("who"));
    }
    builder.aggregate(builder.groupKey(ImmutableBitSet.range(partition + 1)), calls);
    if (streak.mode() == Metric.Streak.Mode.CURRENT) {
      RexNode last =
          builder
              .aggregateCall(SqlStdOperatorTable.MAX, builder.field("run"))
              .over()
              .partitionBy(stage.partition(builder))
              .toRex();
      builder
          .projectPlus(builder.alias(last, "last"))
          .filter(builder.equals(builder.field("run"), builder.field("last")));
    }
    var output = new ArrayList<RexNode>(stage.partition(builder));
    output.add(builder.field("length"));
    output.add(builder.field("run"));
    if (withEvidence) {
      output.add(builder.field("start"));
      output.add(builder.field("end"));
      output.add(builder.field("who"));
      return builder.project(output, names(partition, EVIDENCE), true);
    }
    return builder.project(output, names(partition, "value", "number"), true);
  }

  /// Columns as of [#runs]: a candidate for each row, its value NULL where the window is not full.
  private RelBuilder windows(Stage stage, Metric.Window window, boolean withEvidence) {
    if (!(parse(window.name(), window.expression()) instanceof SqlCall call)
        || !(MetricCompiler.function(call) instanceof SqlAggFunction function)
        || call.operandCount() != 1) {
      throw new IllegalArgumentException(
          "Invalid metric '%s': must be one aggregate of one field".formatted(window.name()));
    }
    RelBuilder builder = stage.push(call.operand(0));
    int partition = stage.keys() + stage.entity.size();
    RexNode value = frame(builder, stage, window, function, stage.value(builder));
    RexNode filled = frame(builder, stage, window, SqlStdOperatorTable.COUNT);
    RexNode isFull = builder.equals(filled, builder.literal(window.rows()));
    RexNode full =
        builder.call(
            SqlStdOperatorTable.CASE,
            isFull,
            value,
            expressions.cluster().getRexBuilder().makeNullLiteral(value.getType()));
    var columns = new ArrayList<RexNode>(stage.partition(builder));
    columns.add(full);
    if (!withEvidence) {
      return builder.project(columns, names(partition, "value"), true);
    }
    RexNode start =
        frame(
            builder,
            stage,
            window,
            SqlStdOperatorTable.FIRST_VALUE,
            stage.firstOrderColumn(builder));
    RexNode number =
        builder
            .aggregateCall(SqlStdOperatorTable.ROW_NUMBER)
            .over()
            .partitionBy(stage.partition(builder))
            .orderBy(stage.orderColumns(builder))
            .rowsUnbounded()
            .toRex();
    columns.add(number);
    columns.add(start);
    columns.add(stage.firstOrderColumn(builder));
    columns.add(stage.shownEntity(builder));
    return builder.project(columns, names(partition, EVIDENCE), true);
  }

  private static RexNode frame(
      RelBuilder builder,
      Stage stage,
      Metric.Window window,
      SqlAggFunction function,
      RexNode... arguments) {
    return builder
        .aggregateCall(function, arguments)
        .over()
        .partitionBy(stage.partition(builder))
        .orderBy(stage.orderColumns(builder))
        .rowsBetween(
            RexWindowBounds.preceding(builder.literal(window.rows() - 1)),
            RexWindowBounds.CURRENT_ROW)
        .toRex();
  }

  /// The best value of each group; a group whose entities have none keeps its row, with NULL.
  private RelNode best(Stage stage, RelBuilder builder, boolean smallest) {
    return builder
        .aggregate(
            builder.groupKey(ImmutableBitSet.range(stage.keys())),
            builder
                .aggregateCall(
                    smallest ? SqlStdOperatorTable.MIN : SqlStdOperatorTable.MAX,
                    builder.field("value"))
                .as("value"))
        .build();
  }

  /// The best candidate of each group, with where it begins and ends and whose it is: of equal
  /// entities the smallest, of equal runs the earliest.
  private RelNode choose(
      Stage stage, RelBuilder builder, boolean smallest, List<Leaf.Facet> facets) {
    RexNode value = builder.field("value");
    var order = new ArrayList<RexNode>();
    order.add(builder.nullsLast(smallest ? value : builder.desc(value)));
    order.addAll(stage.entityColumns(builder));
    order.add(builder.field("number"));
    RexNode place =
        builder
            .aggregateCall(SqlStdOperatorTable.ROW_NUMBER)
            .over()
            .partitionBy(builder.fields(ImmutableBitSet.range(stage.keys())))
            .orderBy(order)
            .rowsUnbounded()
            .toRex();
    builder
        .projectPlus(builder.alias(place, "place"))
        .filter(builder.equals(builder.field("place"), builder.literal(1)));
    // No run and no full window: a value, but nothing that it could be seen in.
    RexNode shown =
        builder.and(
            builder.isNotNull(builder.field("value")), builder.isNotNull(builder.field("start")));
    var output = new ArrayList<RexNode>(builder.fields(ImmutableBitSet.range(stage.keys())));
    for (Leaf.Facet facet : facets) {
      output.add(
          switch (facet) {
            case VALUE -> builder.field("value");
            case START -> when(builder, shown, builder.field("start"));
            case END -> when(builder, shown, builder.field("end"));
            case ENTITY -> when(builder, shown, builder.field("who"));
          });
    }
    return builder
        .project(output, IntStream.range(0, output.size()).mapToObj(i -> "o" + i).toList(), true)
        .build();
  }

  /// The entity as a value: its field, or its fields as one text.
  private static RexNode entityText(List<RexNode> fields, RelBuilder builder) {
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

  private RexNode when(RelBuilder builder, RexNode condition, RexNode value) {
    RelDataType nullable =
        expressions.cluster().getTypeFactory().createTypeWithNullability(value.getType(), true);
    return builder.call(
        SqlStdOperatorTable.CASE,
        condition,
        value,
        expressions.cluster().getRexBuilder().makeNullLiteral(nullable));
  }

  private static RexNode oneIf(RelBuilder builder, RexNode condition) {
    return builder.call(
        SqlStdOperatorTable.CASE, condition, builder.literal(1), builder.literal(0));
  }

  private static final String[] EVIDENCE = {"value", "number", "start", "end", "who"};

  private static List<String> names(int partition, String... others) {
    return Stream.concat(IntStream.range(0, partition).mapToObj(i -> "p" + i), Stream.of(others))
        .toList();
  }

  private static SqlNode parse(String metric, String text) {
    try {
      return Sql.parseExpression(text);
    } catch (SqlParseException e) {
      throw new IllegalArgumentException(
          "Invalid metric '%s': %s".formatted(metric, e.getMessage()), e);
    }
  }
}
