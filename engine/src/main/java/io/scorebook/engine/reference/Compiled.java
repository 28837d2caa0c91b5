package io.scorebook.engine.reference;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.DataContext;
import org.apache.calcite.DataContexts;
import org.apache.calcite.linq4j.function.Function1;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.jspecify.annotations.Nullable;

/// Row-level expressions, compiled by Calcite to Java.
final class Compiled {
  private final List<RelDataType> types;
  private final Function1<DataContext, @Nullable Object @Nullable []> function;
  private @Nullable Object[] row = new @Nullable Object[0];
  private final DataContext context;

  Compiled(List<RexNode> expressions, RelDataType rowType, RexBuilder rex) {
    var exact = new Exact(rex);
    var rewritten = new ArrayList<RexNode>();
    for (RexNode expression : expressions) {
      rewritten.add(exact.apply(RexUtil.expandSearch(rex, null, expression)));
    }
    this.types = expressions.stream().map(RexNode::getType).toList();
    this.function = CompiledFunctions.find(rex, rewritten, rowType);
    this.context = DataContexts.of(name -> "inputRecord".equals(name) ? row : null);
  }

  /// The values of the expressions for a row.
  @Nullable Object[] apply(@Nullable Object[] input) {
    row = input;
    @Nullable Object[] values = function.apply(context);
    if (values == null) {
      throw new IllegalStateException("Cannot compute " + types);
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = Values.as(values[i], types.get(i));
    }
    return values;
  }

  /// Whether the first expression is true, not NULL.
  boolean holds(@Nullable Object[] input) {
    return Boolean.TRUE.equals(apply(input)[0]);
  }
}
