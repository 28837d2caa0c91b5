package io.scorebook.semantic.expression;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.util.SqlShuttle;

/// Functions over windows of a dataset's rows, as fields may have them. Where rows of equal place
/// would make the value anyone's, the dataset's key decides between them.
public final class RowWindows {
  private static final Set<String> RANKS =
      Set.of("RANK", "DENSE_RANK", "PERCENT_RANK", "CUME_DIST");
  private static final Set<String> PLACES = Set.of("ROW_NUMBER", "NTILE", "LAG", "LEAD");
  private static final Set<String> VALUES = Set.of("FIRST_VALUE", "LAST_VALUE", "NTH_VALUE");

  private RowWindows() {}

  /// Whether a window stands in a parsed expression.
  public static boolean in(SqlNode expression) {
    var found = new AtomicBoolean();
    expression.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public Void visit(SqlCall call) {
            if (call.getKind() == SqlKind.OVER) {
              found.set(true);
            }
            return super.visit(call);
          }
        });
    return found.get();
  }

  /// The expression with windows that have one value for each row.
  ///
  /// @param key columns that identify a row; empty where none are known
  /// @throws SqlParseException for a window that has not, with how to write it
  public static SqlNode total(SqlNode expression, List<String> key) throws SqlParseException {
    try {
      SqlNode total =
          expression.accept(
              new SqlShuttle() {
                @Override
                public @org.jspecify.annotations.Nullable SqlNode visit(SqlCall call) {
                  return call.getKind() == SqlKind.OVER ? total(call, key) : super.visit(call);
                }
              });
      return total == null ? expression : total;
    } catch (Misuse misuse) {
      throw misuse.toParseException();
    }
  }

  /// `SELECT *` with more columns behind, over a table or query.
  ///
  /// @param from is not changed
  public static SqlNode select(SqlNode from, String alias, Map<String, SqlNode> columns) {
    SqlParserPos at = SqlParserPos.ZERO;
    var selected = new ArrayList<SqlNode>();
    selected.add(SqlIdentifier.star(at));
    columns.forEach((name, expression) -> selected.add(as(copy(expression), name)));
    return new SqlSelect(
        at,
        null,
        new SqlNodeList(selected, at),
        as(copy(from), alias),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static SqlNode as(SqlNode node, String name) {
    return SqlStdOperatorTable.AS.createCall(
        SqlParserPos.ZERO, node, new SqlIdentifier(name, SqlParserPos.ZERO));
  }

  /// Validation writes into what it validates.
  private static SqlNode copy(SqlNode node) {
    SqlNode copied =
        node.accept(
            new SqlShuttle() {
              @Override
              public SqlNode visit(SqlCall call) {
                var arguments = new CallCopyingArgHandler(call, true);
                call.getOperator().acceptCall(this, call, false, arguments);
                return arguments.result();
              }
            });
    return copied == null ? node : copied;
  }

  private static SqlCall total(SqlCall over, List<String> key) {
    if (!(over.operand(1) instanceof SqlWindow window)) {
      throw new Misuse(over, "Cannot use a window by its name; write it out behind OVER");
    }
    SqlCall function = function(over);
    String name = function.getOperator().getName().toUpperCase(Locale.ROOT);
    checkFunction(over, function, name);
    if (window.getExclude().getValue()
        != SqlWindow.createExcludeNoOthers(SqlParserPos.ZERO).getValue()) {
      throw new Misuse(over, "Cannot use EXCLUDE in a window; leave it out");
    }
    boolean ordered = !window.getOrderList().isEmpty();
    boolean needsOrder =
        !name.equals("ROW_NUMBER")
            && (RANKS.contains(name)
                || PLACES.contains(name)
                || VALUES.contains(name)
                || window.isRows());
    if (needsOrder && !ordered) {
      throw new Misuse(over, "Cannot use %s without an order; write ORDER BY".formatted(name));
    }
    boolean anyones =
        PLACES.contains(name) || VALUES.contains(name) || (window.isRows() && !unbounded(window));
    if (RANKS.contains(name) || !anyones || isTotal(window, key)) {
      return over;
    }
    if (key.isEmpty()) {
      throw new Misuse(
          over,
          "Cannot tell rows of equal place apart for %s; declare the primary_key of the dataset"
              .formatted(name));
    }
    if (VALUES.contains(name) && !window.isRows() && !isFixed(name, window)) {
      throw new Misuse(
          over,
          "Cannot tell which of the rows of equal place %s takes; write the frame with ROWS BETWEEN, or the key behind ORDER BY"
              .formatted(name));
    }
    var order = new ArrayList<>(window.getOrderList());
    key.forEach(column -> order.add(new SqlIdentifier(column, over.getParserPosition())));
    SqlWindow total =
        SqlWindow.create(
            window.getDeclName(),
            window.getRefName(),
            window.getPartitionList(),
            new SqlNodeList(order, window.getOrderList().getParserPosition()),
            SqlLiteral.createBoolean(window.isRows(), window.getParserPosition()),
            window.getLowerBound(),
            window.getUpperBound(),
            null,
            window.getExclude(),
            window.getParserPosition());
    return over.getOperator().createCall(over.getParserPosition(), over.operand(0), total);
  }

  private static SqlCall function(SqlCall over) {
    SqlNode inner = over.operand(0);
    while (inner.getKind() == SqlKind.IGNORE_NULLS || inner.getKind() == SqlKind.RESPECT_NULLS) {
      inner = ((SqlCall) inner).operand(0);
    }
    if (!(inner instanceof SqlCall call)) {
      throw new Misuse(over, "Cannot use OVER but behind a function");
    }
    return call;
  }

  private static void checkFunction(SqlCall over, SqlCall function, String name) {
    boolean known =
        RANKS.contains(name)
            || PLACES.contains(name)
            || VALUES.contains(name)
            || Aggregates.find(function).filter(Aggregates::isOverRows).isPresent();
    if (!known) {
      throw new Misuse(
          over,
          "Cannot use %s over a window of rows; there are %s"
              .formatted(name, String.join(", ", names())));
    }
    if (function.getOperandList().stream().anyMatch(RowWindows::in)
        || in(((SqlCall) over.operand(1)))) {
      throw new Misuse(over, "Cannot have a window within a window; define a field for the inner");
    }
  }

  /// The names of all that may stand before OVER in a field.
  public static Collection<String> names() {
    var names = new TreeSet<String>();
    names.addAll(RANKS);
    names.addAll(PLACES);
    names.addAll(VALUES);
    names.addAll(Aggregates.namesOverRows());
    return names;
  }

  /// Whether the window's order, within its partitions, leaves no two rows at one place.
  private static boolean isTotal(SqlWindow window, List<String> key) {
    var columns = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (SqlNodeList list : List.of(window.getPartitionList(), window.getOrderList())) {
      for (SqlNode item : list) {
        SqlNode plain = item;
        while (plain.getKind() == SqlKind.DESCENDING
            || plain.getKind() == SqlKind.NULLS_FIRST
            || plain.getKind() == SqlKind.NULLS_LAST) {
          plain = ((SqlCall) plain).operand(0);
        }
        if (plain instanceof SqlIdentifier column) {
          columns.add(column.names.getLast());
        }
      }
    }
    return !key.isEmpty() && columns.containsAll(key);
  }

  /// Whether the rows of equal place that the frame ends with do not change the value.
  private static boolean isFixed(String name, SqlWindow window) {
    SqlNode lower = window.getLowerBound();
    boolean fromFirst = lower == null || SqlWindow.isUnboundedPreceding(lower);
    SqlNode upper = window.getUpperBound();
    boolean toLast = upper != null && SqlWindow.isUnboundedFollowing(upper);
    boolean toCurrent = upper == null || SqlWindow.isCurrentRow(upper);
    return fromFirst && (toLast || (toCurrent && name.equals("FIRST_VALUE")));
  }

  private static boolean unbounded(SqlWindow window) {
    SqlNode lower = window.getLowerBound();
    SqlNode upper = window.getUpperBound();
    return lower != null
        && upper != null
        && SqlWindow.isUnboundedPreceding(lower)
        && SqlWindow.isUnboundedFollowing(upper);
  }
}
