package io.scorebook.gateway.session;

import io.scorebook.engine.answer.Provenance;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/// The questions of which a witness has seen the beginning, and not the end. Safe to share.
final class Unended {
  private static final int ALL = Integer.MAX_VALUE;

  private final Semaphore questions = new Semaphore(ALL);

  /// Counts a question until its end has been seen.
  Witness.Seen count(Supplier<Witness.Seen> asking) {
    questions.acquireUninterruptibly();
    boolean asked = false;
    try {
      Witness.Seen seen = asking.get();
      asked = true;
      return new Counted(seen);
    } finally {
      if (!asked) {
        questions.release();
      }
    }
  }

  /// Whether there is none, now or within a time.
  boolean none(Duration patience) throws InterruptedException {
    boolean none = questions.tryAcquire(ALL, patience.toMillis(), TimeUnit.MILLISECONDS);
    if (none) {
      questions.release(ALL);
    }
    return none;
  }

  private final class Counted implements Witness.Seen {
    private final Witness.Seen seen;
    private final AtomicBoolean ended = new AtomicBoolean();

    Counted(Witness.Seen seen) {
      this.seen = seen;
    }

    @Override
    public void answered(Provenance provenance) {
      seen.answered(provenance);
    }

    @Override
    public void ended(long rows, Witness.Ending how, Optional<ErrorCode> error) {
      try {
        seen.ended(rows, how, error);
      } finally {
        if (ended.compareAndSet(false, true)) {
          questions.release();
        }
      }
    }
  }
}
