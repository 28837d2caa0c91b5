package io.scorebook.gateway.session;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What one caller may have; what is absent is not limited here.
///
/// @param rows of one answer
/// @param reads rows of tables that one question reads, by their statistics
/// @param time of one answer
/// @param concurrent answers that are open at once
public record Quota(
    OptionalLong rows, OptionalLong reads, Optional<Duration> time, OptionalInt concurrent) {
  public static final Quota NONE =
      new Quota(OptionalLong.empty(), OptionalLong.empty(), Optional.empty(), OptionalInt.empty());

  /// For all who own the home not, where the settings say nothing.
  public static final Quota DEFAULT =
      new Quota(
          OptionalLong.of(10_000_000), OptionalLong.empty(), Optional.empty(), OptionalInt.of(20));

  /// This one, and another's values where this has none.
  Quota or(Quota other) {
    return new Quota(
        rows.isPresent() ? rows : other.rows,
        reads.isPresent() ? reads : other.reads,
        time.or(() -> other.time),
        concurrent.isPresent() ? concurrent : other.concurrent);
  }

  /// Of each kind the larger one; not limited where one of the two is not.
  Quota larger(Quota other) {
    return new Quota(
        both(rows, other.rows) ? max(rows, other.rows) : OptionalLong.empty(),
        both(reads, other.reads) ? max(reads, other.reads) : OptionalLong.empty(),
        time.flatMap(mine -> other.time.map(his -> mine.compareTo(his) > 0 ? mine : his)),
        concurrent.isPresent() && other.concurrent.isPresent()
            ? OptionalInt.of(Math.max(concurrent.getAsInt(), other.concurrent.getAsInt()))
            : OptionalInt.empty());
  }

  /// Of each kind the smaller one.
  Quota smaller(Quota other) {
    return new Quota(
        both(rows, other.rows)
            ? OptionalLong.of(Math.min(rows.getAsLong(), other.rows.getAsLong()))
            : rows.isPresent() ? rows : other.rows,
        both(reads, other.reads)
            ? OptionalLong.of(Math.min(reads.getAsLong(), other.reads.getAsLong()))
            : reads.isPresent() ? reads : other.reads,
        time.flatMap(mine -> other.time.map(his -> mine.compareTo(his) < 0 ? mine : his))
            .or(() -> time)
            .or(() -> other.time),
        concurrent.isPresent() && other.concurrent.isPresent()
            ? OptionalInt.of(Math.min(concurrent.getAsInt(), other.concurrent.getAsInt()))
            : concurrent.isPresent() ? concurrent : other.concurrent);
  }

  private static boolean both(OptionalLong one, OptionalLong other) {
    return one.isPresent() && other.isPresent();
  }

  private static OptionalLong max(OptionalLong one, OptionalLong other) {
    return OptionalLong.of(Math.max(one.getAsLong(), other.getAsLong()));
  }
}
