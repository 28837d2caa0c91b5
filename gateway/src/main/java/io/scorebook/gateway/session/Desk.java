package io.scorebook.gateway.session;

import io.scorebook.catalog.policy.Caller;
import io.scorebook.catalog.publication.Publication;
import io.scorebook.catalog.registry.Product;
import io.scorebook.catalog.store.StoreException;
import io.scorebook.engine.answer.Cancellation;
import io.scorebook.engine.answer.EngineException;
import io.scorebook.engine.answer.Explaining;
import io.scorebook.engine.answer.Grounding;
import io.scorebook.engine.answer.Limits;
import io.scorebook.engine.answer.Outcome;
import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.domain.Domain.PublicPort;
import io.scorebook.engine.publish.Terms;
import io.scorebook.engine.quality.PortStanding;
import io.scorebook.semantic.plan.Plan;
import io.scorebook.semantic.plan.Planning;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
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
  private final Quotas quotas;
  private final Witness witness;
  private final Witness.Through door;
  private final Shared shared;

  /// What a desk has in common with the same one at another door.
  private static final class Shared {
    final Semaphore places;
    final Set<Cancellation> running = ConcurrentHashMap.newKeySet();
    final Places byCaller = new Places();
    final Unended unended = new Unended();
    volatile boolean closing;

    Shared(int questions) {
      this.places = new Semaphore(questions);
    }
  }

  public Desk(Backend backend, Allowance allowance) {
    this(backend, allowance, Quotas.DEFAULT, Witness.NONE);
  }

  /// @param witness sees all that is asked
  public Desk(Backend backend, Allowance allowance, Quotas quotas, Witness witness) {
    this(
        backend,
        allowance,
        quotas,
        witness,
        Witness.Through.HTTP,
        new Shared(allowance.questions()));
  }

  private Desk(
      Backend backend,
      Allowance allowance,
      Quotas quotas,
      Witness witness,
      Witness.Through door,
      Shared shared) {
    this.backend = backend;
    this.allowance = allowance;
    this.quotas = quotas;
    this.witness = witness;
    this.door = door;
    this.shared = shared;
  }

  /// The same desk, at another door.
  public Desk through(Witness.Through other) {
    return new Desk(backend, allowance, quotas, witness, other, shared);
  }

  /// What one caller sees.
  public Backend.View as(Caller caller) {
    return backend.as(caller);
  }

  /// What a caller may have at once, and how much of it is left.
  public Places.Left left(Caller caller) {
    return shared.byCaller.left(caller.name(), quotas.of(caller).concurrent());
  }

  /// Publishes the documents of a domain.
  ///
  /// @throws ProblemException where the registry cannot be written, or another has published
  public io.scorebook.engine.publish.Outcome publish(Path folder, Terms terms) {
    try {
      return backend.publish(folder, terms);
    } catch (StoreException e) {
      throw e.kind() == StoreException.Kind.CONFLICT
          ? new ProblemException(Problem.of(ErrorCode.CONFLICT, String.valueOf(e.getMessage())), e)
          : translate(e);
    }
  }

  /// All publications of a domain, the oldest first.
  ///
  /// @throws ProblemException where the registry cannot be read
  public List<Publication> history(String domain) {
    try {
      return backend.history(domain);
    } catch (StoreException e) {
      throw translate(e);
    }
  }

  /// Answers what is asked. The caller closes the answer.
  ///
  /// @throws ProblemException where there is no answer, with all reasons
  public OpenAnswer ask(Caller caller, Ask ask) {
    return ask(caller, ask, new Cancellation());
  }

  /// As [#ask(Caller, Ask)], for an asker who may go away before the answer is there.
  public OpenAnswer ask(Caller caller, Ask ask, Cancellation cancellation) {
    return ask(caller, ask, Optional.empty(), cancellation);
  }

  /// As above, for an asker who has less time than he might take.
  ///
  /// @param most from the start of planning to the last row
  public OpenAnswer ask(
      Caller caller, Ask ask, Optional<Duration> most, Cancellation cancellation) {
    long begun = System.nanoTime();
    Backend.View view = backend.as(caller);
    Witness.Seen seen = asked(caller, view, ask, false);
    return witnessed(
        seen,
        () -> {
          refuseWrites(ask);
          Quota quota = quota(caller, view, ask);
          Runnable leave = enter(caller, quota, cancellation);
          boolean open = false;
          try {
            Limits limits = limits(quota, most, cancellation);
            switch (view.answer(ask, limits)) {
              case Outcome.Answered(var answer) -> {
                try {
                  seen.answered(answer.provenance());
                } catch (RuntimeException e) {
                  answer.close();
                  throw e;
                }
                var given =
                    new OpenAnswer(
                        answer,
                        cancellation,
                        quota.rows(),
                        Optional.of(limits.time()),
                        begun,
                        seen,
                        leave);
                open = true;
                return given;
              }
              case Outcome.Refused(var issues) -> throw new ProblemException(Problem.of(issues));
            }
          } finally {
            if (!open) {
              leave.run();
            }
          }
        });
  }

  /// What a query would be answered from, within the same limits; it is not run, and nobody sees it
  /// but where it is refused.
  ///
  /// @throws ProblemException where it would have no answer, with all reasons
  public Grounding.Grounds ground(Caller caller, Ask.Sql ask, Cancellation cancellation) {
    Backend.View view = backend.as(caller);
    try {
      Quota quota = quota(caller, view, ask);
      Runnable leave = enter(caller, quota, cancellation);
      try {
        return switch (view.ground(ask, limits(quota, Optional.empty(), cancellation))) {
          case Grounding.Grounds grounds -> grounds;
          case Grounding.Refused(var issues) -> throw new ProblemException(Problem.of(issues));
        };
      } finally {
        leave.run();
      }
    } catch (RuntimeException | StackOverflowError e) {
      return witnessed(
          asked(caller, view, ask, false),
          () -> {
            throw e;
          });
    }
  }

  /// The plan of a query, of which a client wants to know the columns; it is not run, and nobody
  /// sees it but where it is refused.
  ///
  /// @throws ProblemException where it would have no answer, with all reasons
  public Plan describe(Caller caller, Ask.Sql ask) {
    Backend.View view = backend.as(caller);
    try {
      refuseWrites(ask);
      return switch (view.plan(ask.sql())) {
        case Planning.Planned(var plan) -> plan;
        case Planning.Rejected(var issues) -> throw new ProblemException(Problem.of(issues));
      };
    } catch (RuntimeException | StackOverflowError e) {
      return witnessed(
          asked(caller, view, ask, false),
          () -> {
            throw e;
          });
    }
  }

  /// Remembers what somebody is about to be told that is no answer.
  ///
  /// @param start by the clock of [System#nanoTime]
  /// @throws ProblemException where that cannot be remembered: then he must not be told
  public void told(Caller caller, Told told, long start) {
    witness.told(door, caller, told, since(start), Optional.empty());
  }

  /// As above, of what he is not told.
  public void refused(Caller caller, Told told, long start, ErrorCode why) {
    witness.told(door, caller, told, since(start), Optional.of(why));
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static void refuseWrites(Ask ask) {
    switch (ask) {
      case Ask.Sql(var sql, _, _) -> Writes.refuse(sql);
      case Ask.Metrics _ -> {
        // nothing can be written so
      }
    }
  }

  /// Explains what is asked, within the same limits.
  ///
  /// @throws ProblemException where it would have no answer, with all reasons
  public Explaining.Explained explain(Caller caller, Ask ask, Cancellation cancellation) {
    Backend.View view = backend.as(caller);
    Witness.Seen seen = asked(caller, view, ask, true);
    return witnessed(
        seen,
        () -> {
          refuseWrites(ask);
          Quota quota = quota(caller, view, ask);
          Runnable leave = enter(caller, quota, cancellation);
          try {
            return switch (view.explain(ask, limits(quota, Optional.empty(), cancellation))) {
              case Explaining.Explained explained -> {
                seen.answered(explained.provenance());
                seen.ended(0, Witness.Ending.SERVED, Optional.empty());
                yield explained;
              }
              case Explaining.Refused(var issues) -> throw new ProblemException(Problem.of(issues));
            };
          } finally {
            leave.run();
          }
        });
  }

  private Witness.Seen asked(Caller caller, Backend.View view, Ask ask, boolean explained) {
    return shared.unended.count(() -> witness.asked(door, caller, view, ask, explained));
  }

  /// Does the work of a question; what goes wrong is seen, and becomes a problem.
  private static <T> T witnessed(Witness.Seen seen, Supplier<T> work) {
    ErrorCode code = ErrorCode.INTERNAL;
    boolean done = false;
    try {
      T result = work.get();
      done = true;
      return result;
    } catch (ProblemException e) {
      code = e.problem().code();
      throw e;
    } catch (EngineException e) {
      ProblemException problem = translate(e);
      code = problem.problem().code();
      throw problem;
    } catch (StoreException e) {
      code = ErrorCode.STORE_UNAVAILABLE;
      throw translate(e);
    } catch (StackOverflowError e) {
      ProblemException problem = tooDeep(e);
      code = problem.problem().code();
      throw problem;
    } finally {
      if (!done) {
        seen.ended(0, Witness.Ending.PROBLEM, Optional.of(code));
      }
    }
  }

  /// How an output port stands to what its product promises.
  ///
  /// @throws ProblemException where the catalog or the store fails
  public PortStanding standing(Caller caller, Domain domain, PublicPort port) {
    try {
      return as(caller).standing(domain, port, Limits.of(allowance.time()));
    } catch (EngineException e) {
      throw translate(e);
    } catch (StoreException e) {
      throw translate(e);
    }
  }

  /// What work for a caller may cost that is no question of data.
  ///
  /// @param most time that he gives it
  Limits limits(Caller caller, Optional<Duration> most, Cancellation cancellation) {
    return limits(quotas.of(caller), most, cancellation);
  }

  private Quota quota(Caller caller, Backend.View view, Ask ask) {
    return quotas.products().isEmpty()
        ? quotas.of(caller)
        : quotas.of(
            caller, ProductsNamed.in(ask, view.domains()).stream().map(Product::name).toList());
  }

  private Limits limits(Quota quota, Optional<Duration> most, Cancellation cancellation) {
    Duration time =
        Stream.of(Optional.of(allowance.time()), quota.time(), most)
            .flatMap(Optional::stream)
            .min(Comparator.naturalOrder())
            .orElseThrow();
    return new Limits(time, cancellation).reading(quota.reads());
  }

  /// @return gives the place back
  private Runnable enter(Caller caller, Quota quota, Cancellation cancellation) {
    if (shared.closing) {
      throw closing();
    }
    Runnable own = shared.byCaller.take(caller.name(), quota.concurrent());
    if (!shared.places.tryAcquire()) {
      own.run();
      throw new ProblemException(
          ErrorCode.TOO_MANY_QUESTIONS,
          "Cannot take more than %d questions at once; try again shortly"
              .formatted(allowance.questions()));
    }
    shared.running.add(cancellation);
    Runnable leave =
        () -> {
          shared.running.remove(cancellation);
          shared.places.release();
          own.run();
        };
    if (shared.closing) {
      leave.run();
      throw closing();
    }
    return leave;
  }

  private static ProblemException translate(StoreException e) {
    return new ProblemException(
        Problem.of(ErrorCode.STORE_UNAVAILABLE, String.valueOf(e.getMessage())), e);
  }

  static ProblemException translate(EngineException e) {
    return new ProblemException(
        Problem.of(ErrorCode.of(e.kind()), String.valueOf(e.getMessage())), e);
  }

  static ProblemException tooDeep(StackOverflowError e) {
    return new ProblemException(
        Problem.of(
            ErrorCode.UNSUPPORTED_SQL,
            "Cannot plan the query: it is nested too deep; take it apart with WITH"),
        e);
  }

  private static ProblemException closing() {
    return new ProblemException(ErrorCode.CLOSING, "Cannot answer: the gateway is shutting down");
  }

  /// How many answers are open.
  public int open() {
    return allowance.questions() - shared.places.availablePermits();
  }

  /// Takes nothing new, gives the open answers their grace, then ends them.
  @Override
  public void close() {
    shared.closing = true;
    try {
      if (!drained(allowance.grace())) {
        LOG.info("Ends {} open answers", open());
        shared.running.forEach(Cancellation::cancel);
        if (!drained(allowance.grace())) {
          LOG.warn("Leaves {} answers that did not end", open());
        }
      }
    } catch (InterruptedException _) {
      shared.running.forEach(Cancellation::cancel);
      Thread.currentThread().interrupt();
    }
  }

  /// Waits, when the doors are closed, until the end of every question has been seen: of those too
  /// that were refused meanwhile, or whose threads came to their end by the closing of the doors.
  public void settle() {
    try {
      if (!shared.unended.none(allowance.grace())) {
        LOG.warn("Leaves questions whose ends were not seen");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean drained(Duration patience) throws InterruptedException {
    boolean all =
        shared.places.tryAcquire(allowance.questions(), patience.toMillis(), TimeUnit.MILLISECONDS);
    if (all) {
      shared.places.release(allowance.questions());
    }
    return all;
  }
}
