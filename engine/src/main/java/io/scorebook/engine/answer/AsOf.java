package io.scorebook.engine.answer;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Which state of the tables a question is asked of. Nothing is kept for it: a state can be read
/// for as long as its snapshots are retained.
public sealed interface AsOf {
  /// What an asker can write.
  String FORMS = "a time with its zone, as 2026-11-23T20:00:00Z, or the id of a snapshot";

  /// A positive number of 64 bits.
  Pattern ID = Pattern.compile("[1-9]\\d{0,18}");

  /// The newest snapshot of each table.
  record Newest() implements AsOf {}

  /// Of each table the newest snapshot at or before a time.
  record Time(Instant at) implements AsOf {}

  /// One snapshot of one of the tables; of the others the newest that was there when it was made.
  record Snapshot(long id) implements AsOf {}

  /// These snapshots; a table that is not among them had none.
  record These(SortedMap<String, Long> snapshots) implements AsOf {
    public These {
      snapshots = Collections.unmodifiableSortedMap(new TreeMap<>(snapshots));
    }
  }

  /// Of these snapshots only the data files that others do not have. It is no state of the tables:
  /// right only for a plan that gives for some rows of a table what it gives for each of them.
  record Added(SortedMap<String, Long> snapshots, SortedMap<String, Long> without) implements AsOf {
    public Added {
      snapshots = Collections.unmodifiableSortedMap(new TreeMap<>(snapshots));
      without = Collections.unmodifiableSortedMap(new TreeMap<>(without));
    }
  }

  static AsOf newest() {
    return new Newest();
  }

  static AsOf these(Map<String, Long> snapshots) {
    return new These(new TreeMap<>(snapshots));
  }

  /// What an asker writes; empty where it is none of [#FORMS].
  static Optional<AsOf> find(String text) {
    try {
      return Optional.of(
          ID.matcher(text).matches()
              ? new Snapshot(Long.parseLong(text))
              : new Time(OffsetDateTime.parse(text).toInstant()));
    } catch (NumberFormatException | DateTimeException _) {
      return Optional.empty();
    }
  }

  /// As an asker writes it; empty for what nobody writes.
  default Optional<String> text() {
    return switch (this) {
      case Newest _, These _, Added _ -> Optional.empty();
      case Time(Instant at) -> Optional.of(at.toString());
      case Snapshot(long id) -> Optional.of(String.valueOf(id));
    };
  }
}
