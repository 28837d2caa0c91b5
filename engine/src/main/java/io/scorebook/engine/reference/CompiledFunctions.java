package io.scorebook.engine.reference;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.function.Function1;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexExecutorImpl;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlOperator;
import org.jspecify.annotations.Nullable;

/// Expressions as Java, compiled once: a compilation costs milliseconds, and the questions of one
/// model read its sources by the same expressions again and again. Safe to share: a function keeps
/// nothing from one row to the next.
final class CompiledFunctions {
  private static final int MOST = 1000;

  private static final Map<Key, Function1<DataContext, @Nullable Object @Nullable []>> KNOWN =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(
            Map.Entry<Key, Function1<DataContext, @Nullable Object @Nullable []>> eldest) {
          return size() > MOST;
        }
      };

  private CompiledFunctions() {}

  static Function1<DataContext, @Nullable Object @Nullable []> find(
      RexBuilder rex, List<RexNode> expressions, RelDataType rowType) {
    var key = Key.of(expressions, rowType);
    synchronized (KNOWN) {
      var known = KNOWN.get(key);
      if (known != null) {
        return known;
      }
    }
    Function1<DataContext, @Nullable Object @Nullable []> function =
        RexExecutorImpl.getExecutable(rex, expressions, rowType).getFunction();
    synchronized (KNOWN) {
      KNOWN.put(key, function);
    }
    return function;
  }

  /// All that the Java depends on.
  ///
  /// @param types of the expressions, which their own equality may leave out
  /// @param operators in the order of the walk: to Calcite two are equal that share a name and a
  ///   kind, whatever they do
  private record Key(
      List<RexNode> expressions, List<String> types, String rowType, List<Same> operators) {

    static Key of(List<RexNode> expressions, RelDataType rowType) {
      var walk = new Walk();
      walk.visitEach(expressions);
      return new Key(
          List.copyOf(expressions),
          expressions.stream().map(e -> e.getType().getFullTypeString()).toList(),
          rowType.getFullTypeString(),
          List.copyOf(walk.operators));
    }
  }

  /// An operator, equal to itself alone; and the type of its call.
  private record Same(SqlOperator operator, String type) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Same(SqlOperator that, String thatType)
          && operator == that
          && type.equals(thatType);
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(operator) * 31 + type.hashCode();
    }
  }

  private static final class Walk extends RexVisitorImpl<Void> {
    final List<Same> operators = new ArrayList<>();

    Walk() {
      super(true);
    }

    @Override
    public Void visitCall(RexCall call) {
      operators.add(new Same(call.getOperator(), call.getType().getFullTypeString()));
      return super.visitCall(call);
    }
  }
}
