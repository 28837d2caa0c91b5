package io.scorebook.engine.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexWindow;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.rex.RexWindowExclusion;
import org.apache.calcite.sql.type.SqlTypeName;

/// Writes calls over windows, with their frame and the place of NULLs always written out.
final class WindowSql {
  private final ExpressionSql expressions;

  WindowSql(ExpressionSql expressions) {
    this.expressions = expressions;
  }

  private Dialect dialect() {
    return expressions.dialect();
  }

  String render(RexOver over) {
    RexWindow window = over.getWindow();
    if (window.getExclude() != RexWindowExclusion.EXCLUDE_NO_OTHER) {
      throw dialect().unsupported("a window with " + window.getExclude());
    }
    if (over.isDistinct() && !dialect().hasDistinctOverRows()) {
      throw dialect().unsupported("DISTINCT over a window");
    }
    String operands =
        expressions.render(over.getOperands()).stream().collect(Collectors.joining(", "));
    String arguments = over.isDistinct() ? "DISTINCT " + operands : operands;
    String text =
        switch (over.getOperator().getKind()) {
          case ROW_NUMBER -> ranking("row_number()", window);
          case RANK -> ranking("rank()", window);
          case DENSE_RANK -> ranking("dense_rank()", window);
          case PERCENT_RANK -> ranking("percent_rank()", window);
          case CUME_DIST -> ranking("cume_dist()", window);
          case NTILE -> ranking("ntile(%s)".formatted(arguments), window);
          case NTH_VALUE -> call("nth_value", arguments, over, true);
          case LAG -> call("lag", shifted(over), over, false);
          case LEAD -> call("lead", shifted(over), over, false);
          case FIRST_VALUE -> call("first_value", arguments, over, true);
          case LAST_VALUE -> call("last_value", arguments, over, true);
          case COUNT -> call("count", arguments.isEmpty() ? "*" : arguments, over, true);
          case SUM -> call(sum(over), arguments, over, true);
          case SUM0 -> "coalesce(%s, 0)".formatted(call(sum(over), arguments, over, true));
          case MIN -> call("min", arguments, over, true);
          case MAX -> call("max", arguments, over, true);
          case AVG -> call("avg", arguments, over, true);
          default ->
              throw dialect()
                  .unsupported(
                      "the function %s over a window".formatted(over.getOperator().getName()));
        };
    return dialect().cast(text, over.getType());
  }

  /// The value of the other row and that where there is none, both in the type of the two: engines
  /// give the second the type of the first, and a fraction is lost.
  private String shifted(RexOver over) {
    List<String> arguments = new ArrayList<>(expressions.render(over.getOperands()));
    if (arguments.size() > 2) {
      arguments.set(0, dialect().cast(arguments.get(0), over.getType()));
      arguments.set(2, dialect().cast(arguments.get(2), over.getType()));
    }
    return String.join(", ", arguments);
  }

  private String sum(RexOver over) {
    return dialect().windowSum(AggregateSql.isApproximate(over.getType()));
  }

  private String ranking(String function, RexWindow window) {
    return "%s OVER (%s)".formatted(function, partitionAndOrder(window));
  }

  private String call(String function, String arguments, RexOver over, boolean framed) {
    RexWindow window = over.getWindow();
    String frame =
        framed && !window.orderKeys.isEmpty() || framed && window.isRows() ? frame(window) : "";
    return dialect()
        .overRows(function, arguments, over.ignoreNulls(), partitionAndOrder(window) + frame);
  }

  private String partitionAndOrder(RexWindow window) {
    var text = new StringBuilder();
    if (!window.partitionKeys.isEmpty()) {
      text.append("PARTITION BY ")
          .append(String.join(", ", expressions.render(window.partitionKeys)));
    }
    if (!window.orderKeys.isEmpty()) {
      text.append(text.isEmpty() ? "" : " ")
          .append("ORDER BY ")
          .append(window.orderKeys.stream().map(this::order).collect(Collectors.joining(", ")));
    }
    return text.toString();
  }

  private String order(RexFieldCollation key) {
    return OrderSql.item(expressions.render(key.left), key.getDirection(), key.getNullDirection());
  }

  private String frame(RexWindow window) {
    return " %s BETWEEN %s AND %s"
        .formatted(
            window.isRows() ? "ROWS" : "RANGE",
            bound(window.getLowerBound()),
            bound(window.getUpperBound()));
  }

  private String bound(RexWindowBound bound) {
    if (bound.isCurrentRow()) {
      return "CURRENT ROW";
    }
    String side = bound.isPreceding() ? "PRECEDING" : "FOLLOWING";
    if (bound.isUnbounded()) {
      return "UNBOUNDED " + side;
    }
    RexNode offset = bound.getOffset();
    if (offset instanceof RexLiteral literal
        && SqlTypeName.INTERVAL_TYPES.contains(literal.getTypeName())) {
      return dialect().interval(literal) + " " + side;
    }
    if (offset instanceof RexLiteral literal && literal.getValueAs(Long.class) instanceof Long n) {
      return n + " " + side;
    }
    throw dialect().unsupported("a window frame of " + offset);
  }
}
