package io.scorebook.gateway.session;

import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/// How many answers each caller has open. Safe to share.
public final class Places {
  private final Map<String, Integer> open = new ConcurrentHashMap<>();

  /// @param most answers at once; absent where that is not limited
  /// @param left how many more there could be
  public record Left(OptionalInt most, int left) {}

  Left left(String caller, OptionalInt most) {
    return new Left(most, Math.max(0, most.orElse(0) - open.getOrDefault(caller, 0)));
  }

  /// Takes a place.
  ///
  /// @return gives it back; more than once does nothing more
  /// @throws ProblemException where the caller has as many answers open as he may
  Runnable take(String caller, OptionalInt most) {
    open.compute(
        caller,
        (_, taken) -> {
          int now = taken == null ? 0 : taken;
          if (most.isPresent() && now >= most.getAsInt()) {
            throw new ProblemException(
                ErrorCode.TOO_MANY_QUESTIONS,
                "Cannot take more than %d questions at once of this caller; try again when one"
                        .formatted(most.getAsInt())
                    + " has ended");
          }
          return now + 1;
        });
    var given = new AtomicBoolean();
    return () -> {
      if (given.compareAndSet(false, true)) {
        open.compute(caller, (_, taken) -> taken == null || taken <= 1 ? null : taken - 1);
      }
    };
  }
}
