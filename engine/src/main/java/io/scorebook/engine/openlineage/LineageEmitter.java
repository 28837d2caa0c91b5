package io.scorebook.engine.openlineage;

import io.openlineage.client.OpenLineage.RunEvent;
import io.openlineage.client.transports.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends events in the background, to each target by itself. What is told never fails and never
/// waits: where a target is slow or gone, events wait for it; where too many wait, they are
/// dropped, counted and logged. Safe to share.
public final class LineageEmitter implements AutoCloseable {
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(LineageEmitter.class);

  private final List<Outlet> outlets;
  private final AtomicLong unmade = new AtomicLong();
  private volatile boolean closed;

  /// What became of the events so far, counted for each target.
  ///
  /// @param sent that reached it
  /// @param dropped for want of room or time, or as it will not have them
  /// @param failed tries to reach it; also events that could not be made
  public record Counts(long sent, long dropped, long failed) {}

  private LineageEmitter(List<Outlet> outlets) {
    this.outlets = List.copyOf(outlets);
  }

  /// Sends to none.
  public static LineageEmitter none() {
    return new LineageEmitter(List.of());
  }

  /// Sends each event to each target. A target that cannot be opened is told in the log, and left
  /// out: nobody's load waits for it.
  public static LineageEmitter open(List<LineageTarget> targets) {
    var opened = new ArrayList<Outlet>();
    for (LineageTarget target : targets) {
      try {
        opened.add(new Outlet(target.toString(), target.open()));
      } catch (RuntimeException e) {
        LOG.warn("Cannot send lineage to {}: {}", target, e.getMessage());
      }
    }
    return new LineageEmitter(opened);
  }

  /// For tests.
  static LineageEmitter of(Transport transport) {
    return new LineageEmitter(List.of(new Outlet("test", transport)));
  }

  /// Whether anybody listens; without, events need not be made.
  public boolean isOn() {
    return !outlets.isEmpty();
  }

  /// Sends it, at some time.
  public void emit(RunEvent event) {
    if (!closed) {
      outlets.forEach(outlet -> outlet.offer(event));
    }
  }

  /// Makes events and sends them; what goes wrong in the making is logged.
  public void emit(Supplier<RunEvent> event) {
    if (!isOn()) {
      return;
    }
    try {
      emit(event.get());
    } catch (RuntimeException e) {
      unmade.incrementAndGet();
      LOG.warn("Cannot make an event of lineage", e);
    }
  }

  public Counts counts() {
    return new Counts(
        sum(outlet -> outlet.sent.get()),
        sum(outlet -> outlet.dropped.get()),
        sum(outlet -> outlet.failed.get()) + unmade.get());
  }

  private long sum(ToLongFunction<Outlet> count) {
    return outlets.stream().mapToLong(count).sum();
  }

  /// Sends what waits, for some seconds at most.
  @Override
  public void close() {
    closed = true;
    outlets.forEach(Outlet::beginToClose);
    long deadline = System.nanoTime() + LAST_WORDS.toNanos();
    try {
      for (Outlet outlet : outlets) {
        outlet.close(deadline);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
