package io.scorebook.engine.openlineage;

import io.openlineage.client.OpenLineage.RunEvent;
import io.openlineage.client.OpenLineageClient;
import io.openlineage.client.transports.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends events in the background. What is told never fails and never waits: where a target is slow
/// or gone, events are dropped, counted and logged. Safe to share.
public final class LineageEmitter implements AutoCloseable {
  /// Events that wait at most.
  private static final int WAITING = 256;

  /// Of drops and failures of one target, the first and then each so many is logged.
  private static final int LOG_EVERY = 100;

  private static final Duration LAST_WORDS = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(LineageEmitter.class);

  private final BlockingQueue<RunEvent> waiting = new ArrayBlockingQueue<>(WAITING);
  private final List<Target> targets;
  private final Thread thread;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private volatile boolean closed;

  private record Target(String name, OpenLineageClient client) {}

  /// What became of the events so far.
  ///
  /// @param sent to all targets
  /// @param dropped for want of room
  /// @param failed to reach a target, counted for each
  public record Counts(long sent, long dropped, long failed) {}

  private LineageEmitter(List<Target> targets) {
    this.targets = List.copyOf(targets);
    this.thread = Thread.ofPlatform().daemon().name("lineage").unstarted(this::sendAll);
    if (!targets.isEmpty()) {
      thread.start();
    }
  }

  /// Sends to none.
  public static LineageEmitter none() {
    return new LineageEmitter(List.of());
  }

  /// Sends each event to each target. A target that cannot be opened is told in the log, and left
  /// out: nobody's load waits for it.
  public static LineageEmitter open(List<LineageTarget> targets) {
    var opened = new ArrayList<Target>();
    for (LineageTarget target : targets) {
      try {
        opened.add(new Target(target.toString(), target.open()));
      } catch (RuntimeException e) {
        LOG.warn("Cannot send lineage to {}: {}", target, e.getMessage());
      }
    }
    return new LineageEmitter(opened);
  }

  /// For tests.
  static LineageEmitter of(Transport transport) {
    return new LineageEmitter(List.of(new Target("test", new OpenLineageClient(transport))));
  }

  /// Whether anybody listens; without, events need not be made.
  public boolean isOn() {
    return !targets.isEmpty();
  }

  /// Sends it, at some time.
  public void emit(RunEvent event) {
    if (!isOn() || closed) {
      return;
    }
    if (!waiting.offer(event)) {
      long so = dropped.incrementAndGet();
      if (so % LOG_EVERY == 1) {
        LOG.warn("Cannot tell lineage in time: {} events were dropped so far", so);
      }
    }
  }

  /// Makes events and sends them; what goes wrong in the making is logged.
  public void emit(java.util.function.Supplier<RunEvent> event) {
    if (!isOn()) {
      return;
    }
    try {
      emit(event.get());
    } catch (RuntimeException e) {
      failed.incrementAndGet();
      LOG.warn("Cannot make an event of lineage", e);
    }
  }

  public Counts counts() {
    return new Counts(sent.get(), dropped.get(), failed.get());
  }

  private void sendAll() {
    try {
      while (!closed || !waiting.isEmpty()) {
        RunEvent event = waiting.poll(100, TimeUnit.MILLISECONDS);
        if (event != null) {
          targets.forEach(target -> send(event, target));
          sent.incrementAndGet();
        }
      }
    } catch (InterruptedException _) {
      // closed, and the time is up
    }
  }

  private void send(RunEvent event, Target target) {
    try {
      target.client().emit(event);
    } catch (RuntimeException | LinkageError e) {
      long so = failed.incrementAndGet();
      if (so % LOG_EVERY == 1) {
        LOG.warn("Cannot send lineage to {} ({} failures so far): {}", target.name(), so, e);
      }
    }
  }

  /// Sends what waits, for some seconds at most.
  @Override
  public void close() {
    closed = true;
    if (!isOn()) {
      return;
    }
    try {
      if (!thread.join(LAST_WORDS)) {
        dropped.addAndGet(waiting.size());
        LOG.warn("Cannot tell the last {} events of lineage in time", waiting.size());
        thread.interrupt();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    for (Target target : targets) {
      try {
        target.client().close();
      } catch (Exception e) {
        LOG.warn("Cannot close what sends lineage to {}", target.name(), e);
      }
    }
  }
}
