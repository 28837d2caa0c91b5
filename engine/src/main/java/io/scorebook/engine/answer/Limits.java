package io.scorebook.engine.answer;

import java.time.Duration;

/// What one question may cost.
///
/// @param time from the start of planning to the last row
/// @param cancellation lets another thread end the work
public record Limits(Duration time, Cancellation cancellation) {

  public static Limits of(Duration time) {
    return new Limits(time, new Cancellation());
  }
}
