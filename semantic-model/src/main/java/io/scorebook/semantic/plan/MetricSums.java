package io.scorebook.semantic.plan;

import io.scorebook.semantic.model.Dataset;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/// What a metric is to those who take its column for one of plain rows: which aggregate function of
/// SQL means the metric itself, and what its value is for one row.
///
/// Both hold for the same metrics: sums and counts, what is added and subtracted of them, and a
/// single MIN, MAX or AVG. Their value for a row is that of the group of this row alone, and SUM,
/// MIN, MAX or AVG of such values over any rows is the metric over these rows. Of a ratio, a
/// distinct count or a sequence that is not so; those have AGGREGATE.
final class MetricSums {
  private MetricSums() {}

  /// Whether the metric's values over parts add up to the value over the whole.
  static boolean addsUp(CompiledMetric metric) {
    return metric.leaves().values().stream().allMatch(MetricSums::isSumOrCount)
        && isLinear(metric.above());
  }

  private static boolean isSumOrCount(Leaf leaf) {
    return plain(leaf)
        .filter(plain -> !plain.distinct())
        .map(plain -> plain.function().getKind())
        .filter(kind -> kind == SqlKind.SUM || kind == SqlKind.COUNT)
        .isPresent();
  }

  private static Optional<Leaf.Aggregate> plain(Leaf leaf) {
    return leaf instanceof Leaf.Aggregate plain ? Optional.of(plain) : Optional.empty();
  }

  private static boolean isLinear(SqlNode node) {
    return switch (node.getKind()) {
      case IDENTIFIER -> true;
      case PLUS, MINUS, MINUS_PREFIX, PLUS_PREFIX ->
          node instanceof SqlCall call
              && call.getOperandList().stream().allMatch(MetricSums::isLinear);
      default -> false;
    };
  }

  /// The one MIN, MAX or AVG that the metric is.
  private static Optional<SqlKind> extreme(CompiledMetric metric) {
    if (!(metric.above() instanceof SqlIdentifier) || metric.leaves().size() != 1) {
      return Optional.empty();
    }
    return plain(metric.leaves().values().iterator().next())
        .filter(plain -> !plain.distinct())
        .map(plain -> plain.function().getKind())
        .filter(kind -> kind == SqlKind.MIN || kind == SqlKind.MAX || kind == SqlKind.AVG);
  }

  /// @throws Refusal where the plain aggregate of a call is not the metric
  static void check(CompiledModel model, CompiledMetric metric, AggregateCall call) {
    SqlKind kind = call.getAggregation().getKind();
    boolean same =
        !call.isDistinct()
            && (kind == SqlKind.SUM ? addsUp(metric) : extreme(metric).equals(Optional.of(kind)));
    if (same) {
      return;
    }
    String written =
        (call.isDistinct() ? "%s(DISTINCT ...)" : "%s").formatted(call.getAggregation().getName());
    String name = kind == SqlKind.AVG ? average(model, metric) : metric.name();
    throw new Refusal(
        Issue.Code.UNSUPPORTED_SQL,
        metric.name(),
        "Cannot use %s on the metric '%s'%s; write AGGREGATE(%s)"
            .formatted(
                written,
                metric.name(),
                kind == SqlKind.SUM && !addsUp(metric) ? ", which does not add up" : "",
                name),
        List.of("AGGREGATE(" + name + ")"));
  }

  /// The metric that divides this one by a count; itself where there is none.
  private static String average(CompiledModel model, CompiledMetric metric) {
    return model.metrics().stream()
        .filter(other ->
            other.above() instanceof SqlCall division
                && division.operandCount() == 2
                && division.getOperator().getName().contains("DIVIDE")
                && division.operand(0).toString().equals(metric.above().toString())
                && division.operand(1) instanceof SqlIdentifier by
                && Optional.ofNullable(other.leaves().get(by.getSimple()))
                    .filter(leaf -> leaf.isCount() && isSumOrCount(leaf))
                    .isPresent())
        .map(CompiledMetric::name)
        .findFirst()
        .orElse(metric.name());
  }

  /// The value for one row of a dataset, over `dataset.field` names; empty where one row has none.
  static Optional<SqlNode> ofRow(CompiledMetric metric, Dataset dataset) {
    boolean here = metric.facts().equals(List.of(dataset));
    if (!here || !(addsUp(metric) || extreme(metric).isPresent())) {
      return Optional.empty();
    }
    return Optional.ofNullable(
        metric
            .above()
            .accept(
                new SqlShuttle() {
                  @Override
                  public @Nullable SqlNode visit(SqlIdentifier leaf) {
                    return Optional.ofNullable(metric.leaves().get(leaf.getSimple()))
                        .flatMap(MetricSums::plain)
                        .map(MetricSums::ofRow)
                        .orElseThrow(() -> new IllegalArgumentException("Invalid leaf: " + leaf));
                  }
                }));
  }

  private static SqlNode ofRow(Leaf.Aggregate leaf) {
    if (!leaf.isCount()) {
      SqlNode value = leaf.arguments().getFirst();
      return leaf.filter().map(filter -> when(filter, value, nothing())).orElse(value);
    }
    SqlNode counted = SqlLiteral.createBoolean(true, SqlParserPos.ZERO);
    for (SqlNode argument : leaf.arguments()) {
      counted =
          and(counted, SqlStdOperatorTable.IS_NOT_NULL.createCall(SqlParserPos.ZERO, argument));
    }
    if (leaf.filter().isPresent()) {
      counted = and(counted, leaf.filter().get());
    }
    return when(counted, number("1"), number("0"));
  }

  private static SqlNode and(SqlNode left, SqlNode right) {
    return SqlStdOperatorTable.AND.createCall(SqlParserPos.ZERO, left, right);
  }

  private static SqlNode when(SqlNode condition, SqlNode then, SqlNode otherwise) {
    return SqlCase.createSwitched(
        SqlParserPos.ZERO, null, SqlNodeList.of(condition), SqlNodeList.of(then), otherwise);
  }

  private static SqlNode nothing() {
    return SqlLiteral.createNull(SqlParserPos.ZERO);
  }

  private static SqlNode number(String text) {
    return SqlLiteral.createExactNumeric(text, SqlParserPos.ZERO);
  }
}
