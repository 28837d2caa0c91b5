package io.scorebook.engine.answer;

import java.time.Duration;
import java.util.OptionalLong;

/// What one question may cost.
///
/// @param time from the start of planning to the last row; what is left of it, further on
/// @param cancellation lets another thread end the work
/// @param asked the time that was given at first, for messages
/// @param reads how many rows of tables it may read, by their statistics; any number where it is
///   absent
public record Limits(Duration time, Cancellation cancellation, Duration asked, OptionalLong reads) {

  public Limits(Duration time, Cancellation cancellation) {
    this(time, cancellation, time, OptionalLong.empty());
  }

  /// The same, with so many rows to read at most.
  public Limits reading(OptionalLong most) {
    return new Limits(time, cancellation, asked, most);
  }

  public static Limits of(Duration time) {
    return new Limits(time, new Cancellation());
  }
}
