package io.scorebook.engine.answer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.scorebook.catalog.table.TableSnapshot;
import io.scorebook.semantic.plan.Plan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.jspecify.annotations.Nullable;

/// Small answers that were given lately. A plan over the same snapshots gives the same rows again,
/// so they are computed once; what a caller may see is in the plan. Safe to share.
///
/// Half of the memory is for answers that a LIMIT cuts, up to some thousand rows: pages are read of
/// them.
final class KeptAnswers {
  /// Of one answer: what is larger is streamed, and not asked for so often.
  private static final int MOST_BYTES = 1 << 18;

  /// Of one answer that is cut by a LIMIT.
  private static final int MOST_CUT_BYTES = 1 << 22;

  /// A row, and a value in it, besides what a text or a number takes.
  private static final int OVERHEAD = 24;

  private final Cache<Key, List<@Nullable Object[]>> answers;
  private final LongAnswers<Key> cut;
  private final int mostCut;

  /// @param plan the very plan, as the cache of plans gives it for the same question
  private record Key(RelNode plan, String engine, List<State> tables) {}

  /// @param schema may change without a new snapshot
  private record State(String table, OptionalLong snapshot, int schema) {}

  /// @param bytes about as much as all of them may take; 0 to keep none
  KeptAnswers(long bytes) {
    this.cut = new LongAnswers<>(bytes / 2);
    this.mostCut = (int) Math.min(MOST_CUT_BYTES, bytes / 8);
    this.answers =
        Caffeine.newBuilder()
            .maximumWeight(bytes - bytes / 2)
            .weigher((Key _, List<@Nullable Object[]> rows) -> weigh(rows))
            .executor(Runnable::run)
            .build();
  }

  /// The rows of an answer that was given to the same plan over the same snapshots.
  Optional<Rows> find(Plan plan, Engine engine, PinnedTables tables) {
    Key key = key(plan, engine, tables);
    List<@Nullable Object[]> found = answers.getIfPresent(key);
    return Optional.ofNullable(found == null ? cut.find(key) : found).map(Again::new);
  }

  /// The same rows; once they were read to their end, and are few, they are kept.
  Rows keep(Plan plan, Engine engine, PinnedTables tables, Rows rows) {
    return Repeatable.is(plan.rel())
        ? new Noting(
            rows,
            plan.columns().size(),
            key(plan, engine, tables),
            isCut(plan.rel()) ? Math.max(MOST_BYTES, mostCut) : MOST_BYTES)
        : rows;
  }

  private static boolean isCut(RelNode rel) {
    return switch (rel) {
      case Sort sort -> sort.fetch != null;
      case Project project -> isCut(project.getInput());
      default -> false;
    };
  }

  private static Key key(Plan plan, Engine engine, PinnedTables tables) {
    List<State> states =
        tables.names().stream().map(name -> state(name, tables.table(name).snapshot())).toList();
    return new Key(plan.rel(), engine.name(), states);
  }

  private static State state(String name, Optional<TableSnapshot> snapshot) {
    return new State(
        name,
        snapshot.map(TableSnapshot::id).orElse(OptionalLong.empty()),
        snapshot.map(found -> found.schema().schemaId()).orElse(-1));
  }

  private static int weigh(List<@Nullable Object[]> rows) {
    return OVERHEAD + rows.stream().mapToInt(KeptAnswers::weigh).sum();
  }

  private static int weigh(@Nullable Object[] row) {
    int bytes = OVERHEAD;
    for (Object value : row) {
      bytes += OVERHEAD + (value instanceof String text ? 2 * text.length() : OVERHEAD);
    }
    return bytes;
  }

  private long room(long rows, long bytes) {
    return mostCut * rows / bytes;
  }

  private final class Again implements Rows {
    private final List<@Nullable Object[]> rows;
    private int next;

    Again(List<@Nullable Object[]> rows) {
      this.rows = rows;
    }

    @Override
    public boolean next() {
      return next < rows.size() && next++ >= 0;
    }

    @Override
    public @Nullable Object value(int column) {
      return rows.get(next - 1)[column];
    }

    @Override
    public long room() {
      return KeptAnswers.this.room(rows.size(), weigh(rows));
    }

    @Override
    public void close() {}
  }

  private final class Noting implements Rows {
    private final Rows rows;
    private final @Nullable Object[] row;
    private final Key key;
    private final List<@Nullable Object[]> noted = new ArrayList<>();
    private final int most;
    private int bytes = OVERHEAD;
    private boolean kept;

    /// @param most bytes that are noted
    Noting(Rows rows, int columns, Key key, int most) {
      this.most = most;
      this.rows = rows;
      this.row = new Object[columns];
      this.key = key;
    }

    @Override
    public boolean next() {
      if (!rows.next()) {
        keep();
        return false;
      }
      if (bytes <= most) {
        note();
      }
      return true;
    }

    private void keep() {
      if (!kept && bytes <= most) {
        kept = true;
        if (bytes <= MOST_BYTES) {
          answers.put(key, List.copyOf(noted));
        } else {
          cut.keep(key, List.copyOf(noted), bytes);
        }
      }
    }

    @Override
    public long room() {
      return kept ? KeptAnswers.this.room(noted.size(), bytes) : 0;
    }

    private void note() {
      for (int i = 0; i < row.length; i++) {
        row[i] = rows.value(i);
      }
      add();
    }

    private void add() {
      bytes += weigh(row);
      if (bytes <= most) {
        noted.add(Arrays.copyOf(row, row.length));
      } else {
        noted.clear();
      }
    }

    @Override
    public Batches batches(Schema schema, BufferAllocator allocator) {
      Batches batches = rows.batches(schema, allocator);
      return new Batches() {
        @Override
        public VectorSchemaRoot root() {
          return batches.root();
        }

        @Override
        public boolean next() {
          if (!batches.next()) {
            keep();
            return false;
          }
          note(batches.root());
          return true;
        }

        @Override
        public void close() {
          batches.close();
        }
      };
    }

    private void note(VectorSchemaRoot batch) {
      for (int at = 0; at < batch.getRowCount() && bytes <= most; at++) {
        for (int i = 0; i < row.length; i++) {
          row[i] = Cells.value(batch.getVector(i), at);
        }
        add();
      }
    }

    @Override
    public @Nullable Object value(int column) {
      return rows.value(column);
    }

    @Override
    public void close() {
      rows.close();
    }
  }
}
