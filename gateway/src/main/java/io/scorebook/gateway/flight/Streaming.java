package io.scorebook.gateway.flight;

import io.scorebook.engine.answer.Cancellation;
import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.OpenAnswer;
import io.scorebook.gateway.session.ProblemException;
import io.scorebook.gateway.wire.ArrowSchema;
import io.scorebook.gateway.wire.Heading;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.arrow.flight.FlightProducer.ServerStreamListener;

/// Hands out the batches of one answer at the pace of its reader, in a thread of its own: gRPC
/// tells that the reader is ready, or gone, in the thread that brought the call.
final class Streaming {
  /// A client who takes nothing for so long has gone, whatever time his answer has.
  private static final Duration STALL = Duration.ofMinutes(2);

  private final ServerStreamListener listener;
  private final Cancellation cancellation;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  Streaming(ServerStreamListener listener, Cancellation cancellation) {
    this.listener = listener;
    this.cancellation = cancellation;
    listener.setOnReadyHandler(this::wake);
    listener.setOnCancelHandler(this::cancel);
  }

  /// Ends the answer, also where it waits for its reader. Safe from any thread.
  void cancel() {
    cancellation.cancel();
    wake();
  }

  private void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Asks, and gives the answer.
  ///
  /// @param expected the digest of the columns that were told before
  /// @param ended when nothing runs any more
  void start(Supplier<OpenAnswer> asking, String expected, Runnable ended) {
    Thread.ofVirtual()
        .name("flight-answer")
        .start(() -> {
          try {
            give(asking, expected);
          } catch (RuntimeException | Error e) {
            listener.error(Refusals.translate(e));
          } finally {
            ended.run();
          }
        });
  }

  private void give(Supplier<OpenAnswer> asking, String expected) {
    // Closed before the end is told: who has all rows finds the place of his question free.
    try (OpenAnswer answer = asking.get()) {
      var schema = ArrowSchema.of(Heading.of(answer));
      if (!Tickets.digest(schema.getFields()).equals(expected)) {
        throw new ProblemException(
            ErrorCode.ANSWER_LOST,
            "Cannot give the answer: its columns have changed since they were told; ask again");
      }
      var root = answer.batches(schema);
      listener.start(root);
      while (answer.nextBatch()) {
        awaitReady(answer);
        listener.putNext();
      }
    }
    listener.completed();
  }

  /// The time of an answer runs on while it waits.
  private void awaitReady(OpenAnswer answer) {
    Duration patience = answer.patience(STALL);
    long left = patience.toNanos();
    lock.lock();
    try {
      while (!listener.isReady() && !cancellation.isCancelled() && !listener.isCancelled()) {
        if (left <= 0) {
          throw answer.unread(patience);
        }
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      cancellation.cancel();
    } finally {
      lock.unlock();
    }
    if (cancellation.isCancelled() || listener.isCancelled()) {
      throw new ProblemException(ErrorCode.CANCELLED, "Cannot give the answer: it was cancelled");
    }
  }
}
