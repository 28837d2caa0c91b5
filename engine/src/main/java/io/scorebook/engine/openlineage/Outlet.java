package io.scorebook.engine.openlineage;

import io.openlineage.client.OpenLineage.RunEvent;
import io.openlineage.client.transports.HttpTransportResponseException;
import io.openlineage.client.transports.Transport;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends events to one target, in their order, on a thread of its own. What does not reach the
/// target is sent again until it does, while others wait behind it; so a target that is gone for a
/// while misses nothing, and delays no other.
final class Outlet {
  /// Events that wait at most.
  static final int WAITING = 1_024;

  /// After which an event is given up.
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private static final long FIRST_PAUSE_MILLIS = 200;
  private static final long LONGEST_PAUSE_MILLIS = 10_000;

  /// Of drops and failures, the first and then each so many is logged.
  private static final int LOG_EVERY = 100;

  /// What is wrong with the event, and not with the moment.
  private static final Set<Integer> REFUSALS = Set.of(400, 413, 422);

  private static final Logger LOG = LoggerFactory.getLogger(Outlet.class);

  private final String name;
  private final Transport transport;
  private final BlockingQueue<RunEvent> waiting = new ArrayBlockingQueue<>(WAITING);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  final AtomicLong sent = new AtomicLong();
  final AtomicLong dropped = new AtomicLong();
  final AtomicLong failed = new AtomicLong();

  Outlet(String name, Transport transport) {
    this.name = name;
    this.transport = transport;
    this.thread = Thread.ofPlatform().daemon().name("lineage to " + name).start(this::sendAll);
  }

  void offer(RunEvent event) {
    if (!waiting.offer(event)) {
      dropped("there is no room for more than %s".formatted(WAITING));
    }
  }

  private void dropped(String why) {
    long so = dropped.incrementAndGet();
    if (so % LOG_EVERY == 1) {
      LOG.warn("Drops an event of lineage to {} ({} so far): {}", name, so, why);
    }
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  private void sendAll() {
    try {
      while (!isClosing() || !waiting.isEmpty()) {
        RunEvent event = waiting.poll(100, TimeUnit.MILLISECONDS);
        if (event != null) {
          sendUntilItArrives(event);
        }
      }
    } catch (InterruptedException _) {
      // closed, and the time is up
    }
  }

  private void sendUntilItArrives(RunEvent event) throws InterruptedException {
    long begun = System.nanoTime();
    long pause = FIRST_PAUSE_MILLIS;
    while (true) {
      try {
        transport.emit(event);
        sent.incrementAndGet();
        return;
      } catch (RuntimeException | LinkageError e) {
        long so = failed.incrementAndGet();
        if (so % LOG_EVERY == 1) {
          LOG.warn("Cannot send lineage to {} ({} tries failed so far): {}", name, so, reason(e));
        }
        if (isRefused(e) || System.nanoTime() - begun > PATIENCE.toNanos()) {
          dropped(reason(e));
          return;
        }
        if (Thread.interrupted()) {
          dropped("its time was up");
          throw new InterruptedException();
        }
      }
      if (isClosing()) {
        Thread.sleep(FIRST_PAUSE_MILLIS);
      } else if (!closing.await(pause, TimeUnit.MILLISECONDS)) {
        pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
      }
    }
  }

  private static String reason(Throwable failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  private static boolean isRefused(Throwable failure) {
    return failure instanceof RefusedEventException
        || failure instanceof HttpTransportResponseException answer
            && REFUSALS.contains(answer.getStatusCode());
  }

  /// Takes nothing new.
  void beginToClose() {
    closing.countDown();
  }

  /// Sends what waits, until a time; what is left then is dropped.
  ///
  /// @param deadline by the clock of [System#nanoTime]
  void close(long deadline) throws InterruptedException {
    long left = Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
    if (!thread.join(Duration.ofMillis(left))) {
      thread.interrupt();
      thread.join(Duration.ofSeconds(1));
      int lost = waiting.size();
      dropped.addAndGet(lost);
      LOG.warn("Cannot send the last {} events of lineage to {} in time", dropped.get(), name);
    }
    try {
      transport.close();
    } catch (Exception e) {
      LOG.warn("Cannot close what sends lineage to {}", name, e);
    }
  }
}
