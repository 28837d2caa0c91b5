package io.scorebook.engine.quality;

import io.scorebook.catalog.registry.ServiceLevel;
import io.scorebook.catalog.table.TableSnapshot;
import io.scorebook.engine.answer.PinnedTables;
import io.scorebook.engine.domain.BoundLevel;
import io.scorebook.engine.quality.LevelState.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;

/// Measures levels of service on what is known of snapshots; no row is read for it.
final class LevelMeasure {
  private final Instant now;

  LevelMeasure(Instant now) {
    this.now = now;
  }

  /// @param tables those of the level, as they are pinned
  /// @param newest the newest value of the level's column on these snapshots, where it is about one
  ///   and somebody has measured it
  LevelState measure(BoundLevel level, PinnedTables tables, Optional<Instant> newest) {
    ServiceLevel promise = level.level();
    if (promise.promised().isEmpty()) {
      return LevelState.without(promise, State.STATED);
    }
    Duration promised = promise.promised().get();
    if (level.newest().isPresent()) {
      return newest
          .map(at -> {
            Duration age = age(at);
            return LevelState.of(
                promise, age.compareTo(promised) <= 0, age, promise.element().orElse("rows"));
          })
          .orElse(LevelState.without(promise, State.UNKNOWN));
    }
    return level.tables().stream()
        .sorted()
        .map(table -> measure(promise, promised, table, tables))
        .max(
            Comparator.comparing((LevelState state) -> state.state() == State.MISSED)
                .thenComparing(state -> state.state() == State.UNKNOWN)
                .thenComparing(state -> state.measured().orElse(Duration.ZERO)))
        .orElse(LevelState.without(promise, State.UNKNOWN));
  }

  private LevelState measure(
      ServiceLevel promise, Duration promised, String name, PinnedTables tables) {
    Optional<TableSnapshot> pinned =
        tables.table(name).snapshot().filter(snapshot -> snapshot.id().isPresent());
    if (pinned.isEmpty()) {
      return new LevelState(promise, State.MISSED, Optional.empty(), Optional.of(name));
    }
    Table table = pinned.get().table();
    List<Snapshot> history = new ArrayList<>();
    SnapshotUtil.ancestorsOf(pinned.get().id().getAsLong(), table::snapshot).forEach(history::add);
    List<Instant> loads =
        history.stream()
            // Files that were only rewritten bring nothing new.
            .filter(snapshot -> !DataOperations.REPLACE.equals(snapshot.operation()))
            .map(LevelMeasure::at)
            .toList();
    Snapshot oldest = history.getLast();
    Duration age = age(loads.isEmpty() ? at(oldest) : loads.getFirst());
    return switch (promise.kind()) {
      case FRESHNESS -> LevelState.of(promise, age.compareTo(promised) <= 0, age, name);
      case FREQUENCY -> {
        Duration between =
            loads.size() < 2 ? age : Duration.between(loads.get(1), loads.getFirst());
        Duration longest = between.compareTo(age) > 0 ? between : age;
        yield LevelState.of(promise, longest.compareTo(promised) <= 0, longest, name);
      }
      case RETENTION -> {
        Duration back = age(at(oldest));
        // Where nothing was ever expired, all that there was is still there.
        boolean isWhole = oldest.parentId() == null;
        yield LevelState.of(promise, isWhole || back.compareTo(promised) >= 0, back, name);
      }
      case STATED -> LevelState.without(promise, State.STATED);
    };
  }

  private static Instant at(Snapshot snapshot) {
    return Instant.ofEpochMilli(snapshot.timestampMillis());
  }

  /// In whole seconds; never below zero, whatever the clocks of two machines say.
  private Duration age(Instant then) {
    Duration age = Duration.ofSeconds(Duration.between(then, now).toSeconds());
    return age.isNegative() ? Duration.ZERO : age;
  }
}
