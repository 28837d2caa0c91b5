package io.scorebook.engine.reference;

import io.scorebook.engine.MaskKey;
import io.scorebook.engine.answer.Engine;
import io.scorebook.engine.answer.EngineException;
import io.scorebook.engine.answer.EngineException.Kind;
import io.scorebook.engine.answer.Limits;
import io.scorebook.engine.answer.PinnedTables;
import io.scorebook.engine.answer.Rows;
import io.scorebook.engine.answer.Watch;
import io.scorebook.semantic.plan.Plan;
import io.scorebook.semantic.plan.Plan.OutputType;
import java.time.Instant;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.runtime.CalciteException;
import org.jspecify.annotations.Nullable;

/// Runs plans in plain Java, one operator after the other. Made to be right and easily read, not
/// fast; sorts, groups and windows hold their rows in memory.
public final class ReferenceEngine implements Engine {
  private final MaskKey maskKey;

  /// With pseudonyms of its own, which end with it.
  public ReferenceEngine() {
    this(MaskKey.random());
  }

  /// @param maskKey by which pseudonyms are made
  public ReferenceEngine(MaskKey maskKey) {
    this.maskKey = maskKey;
  }

  @Override
  public String name() {
    return "reference";
  }

  @Override
  public Rows run(Plan plan, PinnedTables tables, Limits limits) {
    return run(plan, (name, type) -> StoredRows.of(tables.table(name), type), limits);
  }

  /// As [#run(Plan, PinnedTables, Limits)], over rows in memory instead of snapshots.
  public Rows run(Plan plan, GivenRows tables, Limits limits) {
    return run(plan, tables::open, limits);
  }

  private Rows run(Plan plan, TableRows tables, Limits limits) {
    var watch = new Watch(limits, () -> {}); // the executor looks at the watch by itself
    try {
      watch.check();
      var executor = new Executor(tables, watch, maskKey);
      return new ReferenceRows(plan, executor.start(Moment.in(plan.rel(), Instant.now())), watch);
    } catch (RuntimeException e) {
      watch.close();
      throw translate(e);
    }
  }

  @Override
  public void close() {}

  private static EngineException translate(RuntimeException e) {
    return switch (e) {
      case EngineException known -> known;
      case ArithmeticException _, NumberFormatException _, CalciteException _ ->
          new EngineException(Kind.DATA, "Cannot compute a value: " + e.getMessage(), e);
      default -> new EngineException(Kind.INTERNAL, "Cannot run the query: " + e, e);
    };
  }

  private static final class ReferenceRows implements Rows {
    private final List<OutputType> outputs;
    private final List<RelDataType> types;
    private final RowSource source;
    private final Watch watch;
    private @Nullable Object @Nullable [] row;

    ReferenceRows(Plan plan, RowSource source, Watch watch) {
      this.outputs = plan.columns().stream().map(Plan.OutputColumn::type).toList();
      this.types =
          plan.rel().getRowType().getFieldList().stream().map(RelDataTypeField::getType).toList();
      this.source = source;
      this.watch = watch;
    }

    @Override
    public boolean next() {
      try {
        watch.check();
        row = source.next();
        if (row == null) {
          return false;
        }
        @Nullable Object[] given = new @Nullable Object[row.length];
        for (int i = 0; i < row.length; i++) {
          given[i] = Values.give(row[i], types.get(i), outputs.get(i));
        }
        row = given;
        return true;
      } catch (RuntimeException e) {
        throw translate(e);
      }
    }

    @Override
    public @Nullable Object value(int column) {
      if (row == null) {
        throw new IllegalStateException("Cannot read a value where there is no row");
      }
      return row[column];
    }

    @Override
    public void close() {
      watch.close();
      source.close();
    }
  }
}
