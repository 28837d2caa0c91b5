package io.scorebook.semantic.check;

import io.scorebook.semantic.expression.Aggregates;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/// What a metric's expression is made of: aggregates, names outside them, and what has no meaning
/// in a metric.
///
/// @param names outside aggregates: other metrics, in an expression; fields, in a predicate
/// @param misplaced calls that an expression cannot have, with the reason
record MetricShape(
    List<Aggregate> aggregates, List<SqlIdentifier> names, List<Misplaced> misplaced) {

  /// @param plain without its FILTER
  /// @param arguments without a `*`
  record Aggregate(
      SqlCall call,
      SqlCall plain,
      String function,
      boolean isDistinct,
      List<SqlNode> arguments,
      Optional<SqlNode> filter,
      List<Reference> references) {
    /// Whether it is `COUNT(*)`.
    boolean isOfRows() {
      return function.equals("COUNT")
          && !isDistinct
          && plain.operandCount() == 1
          && arguments.isEmpty();
    }
  }

  /// `dataset.field`, or another name where that is asked for.
  ///
  /// @param field empty where the name has not two parts
  record Reference(String dataset, String field, SqlIdentifier written) {
    static Reference of(SqlIdentifier name) {
      return name.names.size() == 2
          ? new Reference(name.names.get(0), name.names.get(1), name)
          : new Reference("", "", name);
    }
  }

  /// @param mend what to write instead; empty where that goes without saying
  record Misplaced(SqlParserPos position, String why, Optional<String> mend) {}

  static MetricShape of(SqlNode expression) {
    return of(expression, new Walk(false));
  }

  /// The same of a field, which may have windows over the rows of its dataset.
  static MetricShape ofField(SqlNode expression) {
    return of(expression, new Walk(true));
  }

  private static MetricShape of(SqlNode expression, Walk walk) {
    expression.accept(walk);
    return new MetricShape(
        List.copyOf(walk.aggregates), List.copyOf(walk.names), List.copyOf(walk.misplaced));
  }

  /// The fields that a predicate or an argument names.
  static List<Reference> references(SqlNode expression) {
    var walk = new Walk(false);
    expression.accept(walk);
    return walk.names.stream().map(Reference::of).toList();
  }

  private static final class Walk extends SqlBasicVisitor<Void> {
    final List<Aggregate> aggregates = new ArrayList<>();
    final List<SqlIdentifier> names = new ArrayList<>();
    final List<Misplaced> misplaced = new ArrayList<>();
    private final boolean mayHaveWindows;

    Walk(boolean mayHaveWindows) {
      this.mayHaveWindows = mayHaveWindows;
    }

    @Override
    public Void visit(SqlIdentifier identifier) {
      if (!identifier.isStar()) {
        names.add(identifier);
      }
      return null;
    }

    @Override
    public Void visit(SqlCall call) {
      if (call.isA(SqlKind.QUERY)) {
        misplace(call, "Cannot have a subquery in an expression");
        return null;
      }
      switch (call.getKind()) {
        case OVER -> {
          if (mayHaveWindows) {
            over(call);
          } else {
            misplaced.add(OverMetrics.refusal(call));
          }
        }
        case WITHIN_GROUP, WITHIN_DISTINCT, RESPECT_NULLS, IGNORE_NULLS ->
            misplace(call, "Cannot use '%s'".formatted(call.getOperator().getName()));
        case FILTER -> {
          if (call.operand(0) instanceof SqlCall inner && isAggregate(inner)) {
            aggregate(call, inner, Optional.of(call.operand(1)));
          } else {
            misplace(call, "Cannot have FILTER but behind an aggregate");
          }
        }
        default -> {
          if (isAggregate(call)) {
            aggregate(call, call, Optional.empty());
          } else {
            return super.visit(call);
          }
        }
      }
      return null;
    }

    /// The names within; [io.scorebook.semantic.expression.RowWindows] looks at the rest.
    private void over(SqlCall call) {
      SqlNode function = call.operand(0);
      while (function.getKind() == SqlKind.IGNORE_NULLS
          || function.getKind() == SqlKind.RESPECT_NULLS) {
        function = ((SqlCall) function).operand(0);
      }
      ((SqlCall) function).getOperandList().forEach(operand -> operand.accept(this));
      call.operand(1).accept(this);
    }

    private void misplace(SqlCall call, String why) {
      misplaced.add(new Misplaced(call.getParserPosition(), why, Optional.empty()));
    }

    private void aggregate(SqlCall whole, SqlCall call, Optional<SqlNode> filter) {
      List<SqlNode> arguments =
          call.getOperandList().stream()
              .filter(operand -> !(operand instanceof SqlIdentifier name && name.isStar()))
              .toList();
      var inside = new Walk(false);
      arguments.forEach(argument -> argument.accept(inside));
      filter.ifPresent(condition -> condition.accept(inside));
      inside.aggregates.forEach(
          inner -> misplace(inner.call(), "Cannot have an aggregate within an aggregate"));
      misplaced.addAll(inside.misplaced);
      aggregates.add(
          new Aggregate(
              whole,
              call,
              name(call),
              call.getFunctionQuantifier() != null
                  && call.getFunctionQuantifier().getValue() == SqlSelectKeyword.DISTINCT,
              arguments,
              filter,
              inside.names.stream().map(Reference::of).toList()));
    }

    private static boolean isAggregate(SqlCall call) {
      return Aggregates.find(call).isPresent();
    }

    private static String name(SqlCall call) {
      return call.getOperator().getName().toUpperCase(Locale.ROOT);
    }
  }
}
