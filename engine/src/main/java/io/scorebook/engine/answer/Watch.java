package io.scorebook.engine.answer;

import io.scorebook.engine.answer.EngineException.Kind;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Watches over one run: interrupts it when it is cancelled or its time is over, and says which.
public final class Watch implements AutoCloseable {
  /// An interrupt that falls between two steps of an engine is lost; it is repeated.
  private static final Duration REPEAT = Duration.ofMillis(100);

  private static final ScheduledExecutorService CLOCK =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("query-clock").unstarted(task));

  private final Duration time;
  private final Runnable interrupt;
  private final AtomicReference<@Nullable Kind> ended = new AtomicReference<>();
  private final Cancellation cancellation;
  private final ScheduledFuture<?> timer;
  private volatile @Nullable ScheduledFuture<?> repeat;
  private volatile boolean closed;

  /// Begins to watch.
  ///
  /// @param interrupt makes the run stop soon; called from other threads, maybe more than once
  public Watch(Limits limits, Runnable interrupt) {
    this.time = limits.asked();
    this.interrupt = interrupt;
    this.cancellation = limits.cancellation();
    long nanos = Math.max(0, limits.time().toNanos());
    timer = CLOCK.schedule(() -> end(Kind.TIMEOUT), nanos, TimeUnit.NANOSECONDS);
    limits.cancellation().onCancel(() -> end(Kind.CANCELLED));
  }

  private void end(Kind kind) {
    if (!closed && ended.compareAndSet(null, kind)) {
      repeat =
          CLOCK.scheduleWithFixedDelay(
              this::interrupt, 0, REPEAT.toMillis(), TimeUnit.MILLISECONDS);
      if (closed) {
        stop(repeat);
      }
    }
  }

  private void interrupt() {
    if (!closed) {
      interrupt.run();
    }
  }

  /// Why the run was ended from outside, where it was.
  public @Nullable EngineException reason(@Nullable Throwable cause) {
    Kind kind = ended.get();
    return kind == null
        ? null
        : new EngineException(
            kind,
            kind == Kind.TIMEOUT
                ? "Cannot answer within %s; ask for less, or allow more time".formatted(words())
                : "Cannot go on: the question was cancelled",
            cause);
  }

  /// @throws EngineException where the run was ended from outside
  public void check() {
    EngineException reason = reason(null);
    if (reason != null) {
      throw reason;
    }
  }

  private String words() {
    return time.toMillis() % 1000 == 0
        ? time.toSeconds() + " s"
        : Math.max(0, time.toMillis()) + " ms";
  }

  private static void stop(@Nullable ScheduledFuture<?> task) {
    if (task != null) {
      task.cancel(false);
    }
  }

  @Override
  public void close() {
    closed = true;
    timer.cancel(false);
    stop(repeat);
    cancellation.onCancel(() -> {});
  }
}
