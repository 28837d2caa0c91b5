package io.scorebook.engine.sql;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.type.SqlTypeName;

/// Writes aggregate calls: what is here is run, what is not is refused by name.
public final class AggregateSql {
  private final Dialect dialect;
  private final Aggregate aggregate;
  private final List<String> inputs;

  /// @param inputs what the columns of the aggregate's input are called
  AggregateSql(Dialect dialect, Aggregate aggregate, List<String> inputs) {
    this.dialect = dialect;
    this.aggregate = aggregate;
    this.inputs = inputs;
  }

  /// Whether a sum of this type depends on the order of its rows.
  public static boolean isApproximate(RelDataType type) {
    return SqlTypeName.APPROX_TYPES.contains(type.getSqlTypeName());
  }

  String render(AggregateCall call) {
    if (!call.collation.getFieldCollations().isEmpty()
        || call.isApproximate()
        || call.ignoreNulls()
        || call.distinctKeys != null) {
      throw dialect.unsupported("the aggregate " + call);
    }
    String text =
        switch (call.getAggregation().getKind()) {
          case COUNT -> count(call);
          case GROUPING, GROUPING_ID -> grouping(call);
          case LITERAL_AGG -> dialect.literal((RexLiteral) call.rexList.getFirst());
          default ->
              dialect.aggregate(
                  call, arguments(call), types(call), written -> filtered(written, call));
        };
    return dialect.cast(text, call.getType());
  }

  private String count(AggregateCall call) {
    List<String> arguments = arguments(call);
    if (arguments.isEmpty()) {
      return filtered("count(*)", call);
    }
    if (arguments.size() == 1 && call.isDistinct() && call.hasFilter()) {
      // a tenth less work for DuckDB than a filter beside it
      return "count(DISTINCT CASE WHEN %s THEN %s END)"
          .formatted(inputs.get(call.filterArg), arguments.getFirst());
    }
    if (arguments.size() == 1) {
      return filtered(
          "count(%s%s)".formatted(call.isDistinct() ? "DISTINCT " : "", arguments.getFirst()),
          call);
    }
    // SQL counts the rows where no argument is NULL.
    String known =
        arguments.stream().map(a -> a + " IS NOT NULL").collect(Collectors.joining(" AND "));
    String counted = call.isDistinct() ? "(" + String.join(", ", arguments) + ")" : "TRUE";
    return filtered(
        "count(%sCASE WHEN %s THEN %s END)"
            .formatted(call.isDistinct() ? "DISTINCT " : "", known, counted),
        call);
  }

  private String grouping(AggregateCall call) {
    if (aggregate.getGroupType() == Aggregate.Group.SIMPLE) {
      return "0";
    }
    return "grouping(%s)".formatted(String.join(", ", arguments(call)));
  }

  private String filtered(String text, AggregateCall call) {
    return call.hasFilter()
        ? "%s FILTER (WHERE %s)".formatted(text, inputs.get(call.filterArg))
        : text;
  }

  private List<RelDataType> types(AggregateCall call) {
    return call.getArgList().stream()
        .map(aggregate.getInput().getRowType().getFieldList()::get)
        .map(RelDataTypeField::getType)
        .toList();
  }

  private List<String> arguments(AggregateCall call) {
    return call.getArgList().stream().map(inputs::get).toList();
  }

  /// The GROUP BY clause; empty where there is one group of all rows.
  String groupBy() {
    List<Integer> keys = aggregate.getGroupSet().asList();
    if (aggregate.getGroupType() == Aggregate.Group.SIMPLE) {
      return keys.isEmpty() ? "" : " GROUP BY " + names(keys);
    }
    return aggregate.getGroupSets().stream()
        .map(set -> "(" + names(set.asList()) + ")")
        .collect(Collectors.joining(", ", " GROUP BY GROUPING SETS (", ")"));
  }

  private String names(List<Integer> columns) {
    return columns.stream().map(inputs::get).collect(Collectors.joining(", "));
  }

  /// The columns of the aggregate: its keys, then its calls.
  List<String> columns() {
    List<Integer> keys = aggregate.getGroupSet().asList();
    return IntStream.range(0, keys.size() + aggregate.getAggCallList().size())
        .mapToObj(i ->
            i < keys.size()
                ? inputs.get(keys.get(i))
                : render(aggregate.getAggCallList().get(i - keys.size())))
        .toList();
  }
}
