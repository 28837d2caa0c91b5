package io.scorebook.engine.answer;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// What is left of a question's time.
final class Deadline {
  private final Limits limits;
  private final long start = System.nanoTime();

  Deadline(Limits limits) {
    this.limits = limits;
  }

  Limits remaining() {
    Duration left = limits.time().minusNanos(System.nanoTime() - start);
    return new Limits(left, limits.cancellation(), limits.time(), limits.reads());
  }

  /// What a store that says nothing must not hold up: on a thread of its own, which is left to
  /// itself where the time is over.
  <T> T within(Supplier<T> action) {
    var result = new CompletableFuture<T>();
    try (var watch = new Watch(remaining(), () -> {})) {
      watch.check();
      Thread.ofVirtual()
          .name("pin")
          .start(() -> {
            try {
              result.complete(action.get());
            } catch (RuntimeException | Error e) {
              result.completeExceptionally(e);
            }
          });
      return Waiting.on(result, watch::check);
    }
  }
}
