package io.scorebook.catalog.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What is remembered of one question, or of what was told without one. No value of a row is in it,
/// and no secret.
///
/// @param id of its own
/// @param at when it was asked
/// @param door `http`, `jdbc` or `cli`
/// @param asked `query`, `sql`, `explain`; `metadata`, `catalog`, `unchanged` or `head` for what is
///   told without an answer; `login` for a refused one
/// @param question with `?` in place of every value
/// @param source what was read, once that is known
/// @param rows how many were given
/// @param took until the last row, or the refusal
/// @param error the code of a refusal or failure
public record AuditRecord(
    String id,
    Instant at,
    String door,
    Who who,
    String asked,
    String question,
    Optional<Source> source,
    long rows,
    Duration took,
    Outcome outcome,
    Optional<String> error) {

  /// Who asked.
  public record Who(String name, List<String> groups, Optional<String> purpose) {
    public Who {
      groups = List.copyOf(groups);
    }

    public static Who of(String name, Collection<String> groups, Optional<String> purpose) {
      return new Who(name, groups.stream().sorted().toList(), purpose);
    }
  }

  /// What was read.
  ///
  /// @param products as `standings 1.0.0`; none where datasets or metrics were asked for
  /// @param policies the rules that were applied
  /// @param access the fingerprint of all that policies say of the caller
  public record Source(
      String model,
      String modelVersion,
      String modelHash,
      List<String> products,
      SortedMap<String, Long> snapshots,
      List<String> policies,
      String access,
      String engine) {
    public Source {
      products = List.copyOf(products);
      policies = List.copyOf(policies);
      snapshots = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(snapshots));
    }
  }

  /// How it ended.
  public enum Outcome {
    /// All rows were given that were asked for.
    SERVED,
    /// The asker could have asked otherwise; nothing was given.
    REFUSED,
    /// Something broke, before or after some rows were given.
    FAILED,
    /// The asker went away, or closed the answer before its last row.
    BROKEN_OFF,
    /// The process ended before the answer did: rows may have been given.
    LOST;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Outcome of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  /// The same in other words.
  public AuditRecord asking(String words) {
    return new AuditRecord(id, at, door, who, asked, words, source, rows, took, outcome, error);
  }

  /// The same question, ended.
  public AuditRecord ended(long rows, Duration took, Outcome outcome, Optional<String> error) {
    return new AuditRecord(id, at, door, who, asked, question, source, rows, took, outcome, error);
  }
}
