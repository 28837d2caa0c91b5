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
import org.jspecify.annotations.Nullable;

/// Small answers that were given lately. A plan over the same snapshots gives the same rows again,
/// so they are computed once; what a caller may see is in the plan. Safe to share.
final class KeptAnswers {
  /// Of one answer: what is larger is streamed, and not asked for so often.
  private static final int MOST_BYTES = 1 << 18;

  /// A row, and a value in it, besides what a text or a number takes.
  private static final int OVERHEAD = 24;

  private final Cache<Key, List<@Nullable Object[]>> answers;

  /// @param plan the very plan, as the cache of plans gives it for the same question
  private record Key(RelNode plan, String engine, List<State> tables) {}

  /// @param schema may change without a new snapshot
  private record State(String table, OptionalLong snapshot, int schema) {}

  /// @param bytes about as much as all of them may take; 0 to keep none
  KeptAnswers(long bytes) {
    this.answers =
        Caffeine.newBuilder()
            .maximumWeight(bytes)
            .weigher((Key _, List<@Nullable Object[]> rows) -> weigh(rows))
            .executor(Runnable::run)
            .build();
  }

  /// The rows of an answer that was given to the same plan over the same snapshots.
  Optional<Rows> find(Plan plan, Engine engine, PinnedTables tables) {
    return Optional.ofNullable(answers.getIfPresent(key(plan, engine, tables))).map(Again::new);
  }

  /// The same rows; once they were read to their end, and are few, they are kept.
  Rows keep(Plan plan, Engine engine, PinnedTables tables, Rows rows) {
    return Repeatable.is(plan.rel())
        ? new Noting(rows, plan.columns().size(), key(plan, engine, tables))
        : rows;
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

  private static final class Again implements Rows {
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
    public void close() {}
  }

  private final class Noting implements Rows {
    private final Rows rows;
    private final @Nullable Object[] row;
    private final Key key;
    private final List<@Nullable Object[]> noted = new ArrayList<>();
    private int bytes = OVERHEAD;

    Noting(Rows rows, int columns, Key key) {
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
      if (bytes <= MOST_BYTES) {
        note();
      }
      return true;
    }

    private void keep() {
      if (bytes <= MOST_BYTES) {
        answers.put(key, List.copyOf(noted));
      }
    }

    private void note() {
      for (int i = 0; i < row.length; i++) {
        row[i] = rows.value(i);
      }
      add();
    }

    private void add() {
      bytes += weigh(row);
      if (bytes <= MOST_BYTES) {
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
      for (int at = 0; at < batch.getRowCount() && bytes <= MOST_BYTES; at++) {
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
