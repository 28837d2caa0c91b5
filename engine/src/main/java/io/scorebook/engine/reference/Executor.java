package io.scorebook.engine.reference;

import io.scorebook.engine.MaskKey;
import io.scorebook.engine.answer.EngineException;
import io.scorebook.engine.answer.EngineException.Kind;
import io.scorebook.engine.answer.Watch;
import io.scorebook.semantic.plan.GovernedScan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.calcite.plan.RelDigest;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/// Runs one plan, a method for each operator. What several operators read is computed once.
final class Executor {
  private final TableRows tables;
  private final Watch watch;
  private final MaskKey maskKey;
  private final Map<RelDigest, Integer> uses = new HashMap<>();
  private final Map<RelDigest, List<@Nullable Object[]>> shared = new HashMap<>();

  Executor(TableRows tables, Watch watch, MaskKey maskKey) {
    this.tables = tables;
    this.maskKey = maskKey;
    this.watch = watch;
  }

  RowSource start(RelNode root) {
    countUses(root);
    return open(root);
  }

  private void countUses(RelNode rel) {
    if (uses.merge(rel.getRelDigest(), 1, Integer::sum) == 1) {
      rel.getInputs().forEach(this::countUses);
    }
  }

  private RowSource open(RelNode rel) {
    RelDigest digest = rel.getRelDigest();
    if (rel instanceof TableScan || uses.getOrDefault(digest, 1) == 1) {
      return watched(openNew(rel));
    }
    List<@Nullable Object[]> rows = shared.get(digest);
    if (rows == null) {
      rows = RowSource.drain(watched(openNew(rel)));
      shared.put(digest, rows);
    }
    return RowSource.of(rows);
  }

  private RowSource watched(RowSource source) {
    return new RowSource() {
      @Override
      public @Nullable Object @Nullable [] next() {
        watch.check();
        return source.next();
      }

      @Override
      public void close() {
        source.close();
      }
    };
  }

  private RowSource openNew(RelNode rel) {
    return switch (rel) {
      case GovernedScan governed -> governed(governed);
      case TableScan scan -> scan(scan);
      case Project project -> project(project);
      case Filter filter -> filter(filter);
      case Aggregate aggregate -> aggregate(aggregate);
      case Join join -> new Matching(join, watch).match(open(join.getLeft()), all(join.getRight()));
      case SetOp setOp -> setOp(setOp);
      case Sort sort -> sort(sort);
      case org.apache.calcite.rel.core.Values values -> values(values);
      default ->
          throw new EngineException(
              Kind.UNSUPPORTED, "Cannot run a plan with " + rel.getRelTypeName(), null);
    };
  }

  private List<@Nullable Object[]> all(RelNode rel) {
    return RowSource.drain(open(rel));
  }

  private RowSource scan(TableScan scan) {
    List<String> name = scan.getTable().getQualifiedName();
    String table = String.join(".", name.subList(Math.max(0, name.size() - 2), name.size()));
    return tables.open(table, scan.getRowType());
  }

  private RowSource governed(GovernedScan scan) {
    return scan.expansion() instanceof Project masks
        ? mapped(open(masks.getInput()), new Masked(masks, maskKey))
        : open(scan.expansion());
  }

  private RowSource project(Project project) {
    if (project.containsOver()) {
      return RowSource.of(new WindowStage(project, watch).rows(all(project.getInput())));
    }
    RowSource input = open(project.getInput());
    var expressions =
        new Compiled(
            project.getProjects(),
            project.getInput().getRowType(),
            project.getCluster().getRexBuilder());
    return mapped(input, expressions::apply);
  }

  private static RowSource mapped(RowSource input, UnaryOperator<@Nullable Object[]> expressions) {
    return new RowSource() {
      @Override
      public @Nullable Object @Nullable [] next() {
        @Nullable Object[] row = input.next();
        return row == null ? null : expressions.apply(row);
      }

      @Override
      public void close() {
        input.close();
      }
    };
  }

  private RowSource filter(Filter filter) {
    RowSource input = open(filter.getInput());
    var condition =
        new Compiled(
            List.of(filter.getCondition()),
            filter.getInput().getRowType(),
            filter.getCluster().getRexBuilder());
    return new RowSource() {
      @Override
      public @Nullable Object @Nullable [] next() {
        @Nullable Object[] row = input.next();
        while (row != null && !condition.holds(row)) {
          row = input.next();
        }
        return row;
      }

      @Override
      public void close() {
        input.close();
      }
    };
  }

  private RowSource aggregate(Aggregate aggregate) {
    var grouping = new Grouping(aggregate);
    try (RowSource input = open(aggregate.getInput())) {
      for (@Nullable Object[] row = input.next(); row != null; row = input.next()) {
        grouping.add(row);
      }
    }
    return RowSource.of(grouping.rows());
  }

  private RowSource sort(Sort sort) {
    long skip = sort.offset == null ? 0 : count(sort.offset);
    long limit = sort.fetch == null ? Long.MAX_VALUE : count(sort.fetch);
    List<@Nullable Object[]> rows = new ArrayList<>(all(sort.getInput()));
    rows.sort(Ordering.of(sort.getCollation()));
    return RowSource.of(rows.stream().skip(skip).limit(limit).toList());
  }

  private static long count(RexNode node) {
    if (node instanceof RexLiteral literal && literal.getValueAs(Long.class) instanceof Long n) {
      return n;
    }
    throw new EngineException(Kind.UNSUPPORTED, "Cannot run a limit of " + node, null);
  }

  private RowSource values(org.apache.calcite.rel.core.Values values) {
    RelDataType none = values.getCluster().getTypeFactory().builder().build();
    var rows = new ArrayList<@Nullable Object[]>();
    for (List<RexLiteral> tuple : values.getTuples()) {
      var expressions = new Compiled(List.copyOf(tuple), none, values.getCluster().getRexBuilder());
      rows.add(typed(expressions.apply(new @Nullable Object[0]), values.getRowType()));
    }
    return RowSource.of(rows);
  }

  private static @Nullable Object[] typed(@Nullable Object[] row, RelDataType type) {
    @Nullable Object[] typed = new @Nullable Object[row.length];
    for (int i = 0; i < row.length; i++) {
      typed[i] = Values.as(row[i], type.getFieldList().get(i).getType());
    }
    return typed;
  }

  private RowSource setOp(SetOp setOp) {
    Iterator<RelNode> inputs = setOp.getInputs().iterator();
    if (setOp instanceof Union && setOp.all) {
      return concatenation(inputs, setOp.getRowType());
    }
    List<Integer> columns = Columns.all(setOp.getRowType().getFieldCount());
    List<@Nullable Object[]> rows = typed(inputs.next(), setOp.getRowType());
    while (inputs.hasNext()) {
      rows = Sets.combine(setOp, rows, typed(inputs.next(), setOp.getRowType()), columns);
    }
    return RowSource.of(setOp.all ? rows : distinct(rows, columns));
  }

  private List<@Nullable Object[]> typed(RelNode input, RelDataType type) {
    var rows = new ArrayList<@Nullable Object[]>();
    all(input).forEach(row -> rows.add(typed(row, type)));
    return rows;
  }

  private static List<@Nullable Object[]> distinct(
      List<@Nullable Object[]> rows, List<Integer> columns) {
    var seen = new LinkedHashSet<List<@Nullable Object>>();
    return rows.stream().filter(row -> seen.add(Values.key(row, columns))).toList();
  }

  private RowSource concatenation(Iterator<RelNode> inputs, RelDataType type) {
    return new RowSource() {
      private @Nullable RowSource current;

      @Override
      public @Nullable Object @Nullable [] next() {
        while (true) {
          if (current == null) {
            if (!inputs.hasNext()) {
              return null;
            }
            current = open(inputs.next());
          }
          @Nullable Object[] row = current.next();
          if (row != null) {
            return typed(row, type);
          }
          current.close();
          current = null;
        }
      }

      @Override
      public void close() {
        if (current != null) {
          current.close();
        }
      }
    };
  }
}
