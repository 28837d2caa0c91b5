package io.scorebook.engine.quality;

import io.scorebook.catalog.registry.ServiceLevel;
import java.time.Duration;
import java.util.Optional;

/// A level of service as it stands.
///
/// @param measured what is measured against the promise; absent where nothing could be
/// @param by the table or column that it was measured on
public record LevelState(
    ServiceLevel level, State state, Optional<Duration> measured, Optional<String> by) {

  /// Whether the promise is kept.
  public enum State {
    KEPT,
    MISSED,
    /// Nobody has measured these snapshots yet.
    UNKNOWN,
    /// Nothing here can measure it.
    STATED
  }

  static LevelState of(ServiceLevel level, boolean isKept, Duration measured, String by) {
    return new LevelState(
        level, isKept ? State.KEPT : State.MISSED, Optional.of(measured), Optional.of(by));
  }

  static LevelState without(ServiceLevel level, State state) {
    return new LevelState(level, state, Optional.empty(), Optional.empty());
  }
}
