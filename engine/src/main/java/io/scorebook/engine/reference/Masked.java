package io.scorebook.engine.reference;

import io.scorebook.engine.MaskKey;
import io.scorebook.semantic.expression.Masks;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/// The columns that policies show of a row. Pseudonyms, for which there is a secret, are made here;
/// all else is an expression like others.
final class Masked implements UnaryOperator<@Nullable Object[]> {
  private final Compiled values;
  private final List<Boolean> hashed;
  private final List<Boolean> numbers;
  private final MaskKey key;

  Masked(Project masks, MaskKey key) {
    var clear = new ArrayList<RexNode>();
    var pseudonyms = new ArrayList<Boolean>();
    for (RexNode mask : masks.getProjects()) {
      boolean isHashed =
          mask instanceof RexCall call && call.getOperator().getName().equals(Masks.PSEUDONYM);
      pseudonyms.add(isHashed);
      clear.add(isHashed ? ((RexCall) mask).getOperands().getFirst() : mask);
    }
    this.values =
        new Compiled(clear, masks.getInput().getRowType(), masks.getCluster().getRexBuilder());
    this.hashed = List.copyOf(pseudonyms);
    this.numbers =
        clear.stream().map(node -> node.getType().getSqlTypeName() == SqlTypeName.BIGINT).toList();
    this.key = key;
  }

  @Override
  public @Nullable Object[] apply(@Nullable Object[] row) {
    @Nullable Object[] shown = values.apply(row);
    for (int i = 0; i < shown.length; i++) {
      Object value = shown[i];
      if (hashed.get(i) && value != null) {
        shown[i] =
            numbers.get(i)
                ? (Object) key.of(((Number) value).longValue())
                : key.of(value.toString());
      }
    }
    return shown;
  }
}
