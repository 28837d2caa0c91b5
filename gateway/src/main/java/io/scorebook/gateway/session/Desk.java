package io.scorebook.gateway.session;

import io.scorebook.catalog.policy.Caller;
import io.scorebook.catalog.store.StoreException;
import io.scorebook.engine.answer.Cancellation;
import io.scorebook.engine.answer.EngineException;
import io.scorebook.engine.answer.Explaining;
import io.scorebook.engine.answer.Limits;
import io.scorebook.engine.answer.Outcome;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes what the doors ask: holds it to its limits, keeps count of what runs, and ends it when the
/// gateway closes. Safe to share.
public final class Desk implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Desk.class);

  /// @param time from the start of planning to the last row
  /// @param questions how many answers may be open at once
  /// @param grace how long open answers may go on when the gateway closes
  public record Allowance(Duration time, int questions, Duration grace) {
    public static final Allowance DEFAULT =
        new Allowance(Duration.ofSeconds(60), 100, Duration.ofSeconds(5));

    public Allowance withTime(Duration time) {
      return new Allowance(time, questions, grace);
    }
  }

  private final Backend backend;
  private final Allowance allowance;
  private final Semaphore places;
  private final Set<Cancellation> running = ConcurrentHashMap.newKeySet();
  private volatile boolean closing;

  public Desk(Backend backend, Allowance allowance) {
    this.backend = backend;
    this.allowance = allowance;
    this.places = new Semaphore(allowance.questions());
  }

  /// What one caller sees.
  public Backend.View as(Caller caller) {
    return backend.as(caller);
  }

  /// Answers what is asked. The caller closes the answer.
  ///
  /// @throws ProblemException where there is no answer, with all reasons
  public OpenAnswer ask(Caller caller, Ask ask) {
    return ask(caller, ask, new Cancellation());
  }

  /// As [#ask(Caller, Ask)], for an asker who may go away before the answer is there.
  public OpenAnswer ask(Caller caller, Ask ask, Cancellation cancellation) {
    enter(cancellation);
    boolean open = false;
    try {
      switch (backend.as(caller).answer(ask, new Limits(allowance.time(), cancellation))) {
        case Outcome.Answered(var answer) -> {
          var opened = new OpenAnswer(answer, cancellation, () -> leave(cancellation));
          open = true;
          return opened;
        }
        case Outcome.Refused(var issues) -> throw new ProblemException(Problem.of(issues));
      }
    } catch (EngineException e) {
      throw translate(e);
    } catch (StoreException e) {
      throw translate(e);
    } finally {
      if (!open) {
        leave(cancellation);
      }
    }
  }

  /// Explains what is asked, within the same limits.
  ///
  /// @throws ProblemException where it would have no answer, with all reasons
  public Explaining.Explained explain(Caller caller, Ask ask, Cancellation cancellation) {
    enter(cancellation);
    try {
      return switch (backend.as(caller).explain(ask, new Limits(allowance.time(), cancellation))) {
        case Explaining.Explained explained -> explained;
        case Explaining.Refused(var issues) -> throw new ProblemException(Problem.of(issues));
      };
    } catch (EngineException e) {
      throw translate(e);
    } catch (StoreException e) {
      throw translate(e);
    } finally {
      leave(cancellation);
    }
  }

  private void enter(Cancellation cancellation) {
    if (closing) {
      throw closing();
    }
    if (!places.tryAcquire()) {
      throw new ProblemException(
          ErrorCode.TOO_MANY_QUESTIONS,
          "Cannot take more than %d questions at once; try again shortly"
              .formatted(allowance.questions()));
    }
    running.add(cancellation);
    if (closing) {
      leave(cancellation);
      throw closing();
    }
  }

  private static ProblemException translate(StoreException e) {
    return new ProblemException(
        Problem.of(ErrorCode.STORE_UNAVAILABLE, String.valueOf(e.getMessage())), e);
  }

  static ProblemException translate(EngineException e) {
    return new ProblemException(
        Problem.of(ErrorCode.of(e.kind()), String.valueOf(e.getMessage())), e);
  }

  private static ProblemException closing() {
    return new ProblemException(ErrorCode.CLOSING, "Cannot answer: the gateway is shutting down");
  }

  private void leave(Cancellation cancellation) {
    running.remove(cancellation);
    places.release();
  }

  /// How many answers are open.
  public int open() {
    return allowance.questions() - places.availablePermits();
  }

  /// Takes nothing new, gives the open answers their grace, then ends them.
  @Override
  public void close() {
    closing = true;
    try {
      if (!drained(allowance.grace())) {
        LOG.info("Ends {} open answers", open());
        running.forEach(Cancellation::cancel);
        if (!drained(allowance.grace())) {
          LOG.warn("Leaves {} answers that did not end", open());
        }
      }
    } catch (InterruptedException _) {
      running.forEach(Cancellation::cancel);
      Thread.currentThread().interrupt();
    }
  }

  private boolean drained(Duration patience) throws InterruptedException {
    boolean all =
        places.tryAcquire(allowance.questions(), patience.toMillis(), TimeUnit.MILLISECONDS);
    if (all) {
      places.release(allowance.questions());
    }
    return all;
  }
}
