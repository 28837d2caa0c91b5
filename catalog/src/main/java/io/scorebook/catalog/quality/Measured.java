package io.scorebook.catalog.quality;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/// What was measured of one subject on given snapshots. It holds the number, and no row.
///
/// @param subject who is measured: the digest of a rule with its port, of a metric with its model;
///   what is measured otherwise is another subject
/// @param of the port and the product's version as `standings 1.0.0 standings`, or the model and
///   its version
/// @param name of the rule, the level or the metric
/// @param snapshots of the tables that were read, by `namespace.table`
/// @param value what was measured, as a number or a time writes itself; absent where it could not
///   be, and for a metric without a value
/// @param bound what it had to be, in words
/// @param looked how many rows or groups there were
/// @param reason why it could not be measured
public record Measured(
    Kind kind,
    String subject,
    String of,
    String name,
    SortedMap<String, Long> snapshots,
    Outcome outcome,
    Optional<String> value,
    String bound,
    OptionalLong looked,
    Optional<String> reason,
    String engine,
    Instant at,
    Duration took) {

  public Measured {
    snapshots = Collections.unmodifiableSortedMap(new TreeMap<>(snapshots));
    // As they are kept, so that what is read again is the same.
    at = at.truncatedTo(ChronoUnit.MILLIS);
    took = took.truncatedTo(ChronoUnit.MILLIS);
  }

  /// What was measured.
  public enum Kind {
    /// A rule of quality.
    RULE,
    /// The newest value of a column that says how fresh the rows are.
    NEWEST,
    /// A metric with a target.
    TARGET;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// What came of it.
  public enum Outcome {
    PASSED,
    FAILED,
    /// Nothing can be said: the reason tells why.
    NOT_MEASURED;

    /// The word that is kept and shown: `not_measured`.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
