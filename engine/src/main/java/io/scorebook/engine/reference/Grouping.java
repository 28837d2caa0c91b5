package io.scorebook.engine.reference;

import io.scorebook.engine.answer.EngineException;
import io.scorebook.engine.answer.EngineException.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/// An aggregate over one or more grouping sets: every set its groups, the empty set one group even
/// where there are no rows.
final class Grouping {
  private final Aggregate aggregate;
  private final List<Integer> keys;
  private final List<Map<List<@Nullable Object>, Group>> sets = new ArrayList<>();

  /// @param keys the values of all keys, NULL where not in the set
  private record Group(@Nullable Object[] keys, List<Accumulator> calls) {}

  Grouping(Aggregate aggregate) {
    this.aggregate = aggregate;
    this.keys = aggregate.getGroupSet().asList();
    for (ImmutableBitSet set : aggregate.getGroupSets()) {
      var groups = new LinkedHashMap<List<@Nullable Object>, Group>();
      if (set.isEmpty()) {
        groups.put(List.of(), newGroup(set, new @Nullable Object[0]));
      }
      sets.add(groups);
    }
  }

  void add(@Nullable Object[] row) {
    for (int i = 0; i < sets.size(); i++) {
      ImmutableBitSet set = aggregate.getGroupSets().get(i);
      Group group =
          sets.get(i).computeIfAbsent(Values.key(row, set.asList()), _ -> newGroup(set, row));
      group.calls().forEach(call -> call.add(row));
    }
  }

  private Group newGroup(ImmutableBitSet set, @Nullable Object[] row) {
    @Nullable Object[] values = new @Nullable Object[keys.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = set.get(keys.get(i)) ? row[keys.get(i)] : null;
    }
    return new Group(
        values, aggregate.getAggCallList().stream().map(call -> accumulator(call, set)).toList());
  }

  private static Accumulator accumulator(AggregateCall call, ImmutableBitSet set) {
    if (!call.collation.getFieldCollations().isEmpty()
        || call.isApproximate()
        || call.ignoreNulls()
        || call.distinctKeys != null) {
      throw new EngineException(Kind.UNSUPPORTED, "Cannot run the aggregate " + call, null);
    }
    SqlKind kind = call.getAggregation().getKind();
    if (kind == SqlKind.GROUPING || kind == SqlKind.GROUPING_ID) {
      return constant(groupingId(call.getArgList(), set), call.getType());
    }
    if (kind == SqlKind.LITERAL_AGG) {
      var literal = (RexLiteral) call.rexList.getFirst();
      return constant(literal.getValue2(), call.getType());
    }
    Accumulator plain =
        Statistics.of(call.getAggregation(), call.getArgList())
            .orElseGet(() -> Accumulator.of(kind, call.getArgList(), call.getType()));
    Accumulator distinct =
        call.isDistinct() ? Accumulator.distinct(plain, call.getArgList()) : plain;
    return call.hasFilter() ? Accumulator.filtered(distinct, call.filterArg) : distinct;
  }

  private static Accumulator constant(@Nullable Object value, RelDataType type) {
    return new Accumulator() {
      @Override
      public void add(@Nullable Object[] row) {}

      @Override
      public @Nullable Object value() {
        return Values.as(value, type);
      }
    };
  }

  /// A bit for each argument, the last the lowest: 1 where it is not in the set.
  private static long groupingId(List<Integer> arguments, ImmutableBitSet set) {
    long id = 0;
    for (int argument : arguments) {
      id = id << 1 | (set.get(argument) ? 0 : 1);
    }
    return id;
  }

  List<@Nullable Object[]> rows() {
    var rows = new ArrayList<@Nullable Object[]>();
    for (Map<List<@Nullable Object>, Group> groups : sets) {
      for (Group group : groups.values()) {
        @Nullable Object[] row = new @Nullable Object[keys.size() + group.calls().size()];
        System.arraycopy(group.keys(), 0, row, 0, keys.size());
        for (int i = 0; i < group.calls().size(); i++) {
          row[keys.size() + i] =
              Values.as(group.calls().get(i).value(), aggregate.getAggCallList().get(i).getType());
        }
        rows.add(row);
      }
    }
    return rows;
  }
}
