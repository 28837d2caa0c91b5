package io.scorebook.engine.answer;

import java.time.Duration;

/// What one question may cost.
///
/// @param time from the start of planning to the last row; what is left of it, further on
/// @param cancellation lets another thread end the work
/// @param asked the time that was given at first, for messages
public record Limits(Duration time, Cancellation cancellation, Duration asked) {

  public Limits(Duration time, Cancellation cancellation) {
    this(time, cancellation, time);
  }

  public static Limits of(Duration time) {
    return new Limits(time, new Cancellation());
  }
}
