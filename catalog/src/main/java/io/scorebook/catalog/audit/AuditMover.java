package io.scorebook.catalog.audit;

import io.scorebook.catalog.store.StoreException;
import io.scorebook.catalog.store.Warehouse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Moves what the log of a home has into the table, beside the answers: of this process, and of
/// those that are gone.
///
/// A segment is a commit. It is removed after the commit; where the process ends between the two,
/// or a commit's fate is not known, the table is asked whether it has the batch, so that none is
/// there twice.
public final class AuditMover implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AuditMover.class);
  private static final Duration LAST_CHANCE = Duration.ofSeconds(10);

  /// So many records do not wait for their time.
  private static final int MANY = 10_000;

  private static final Duration LOOK = Duration.ofMillis(500);

  private final AuditLog log;
  private final AuditTable table;
  private final Set<String> uncertain = new HashSet<>();
  private final Thread thread;
  private final CountDownLatch stop = new CountDownLatch(1);

  private AuditMover(AuditLog log, AuditTable table, Duration pause) {
    this.log = log;
    this.table = table;
    this.thread = Thread.ofPlatform().daemon().name("audit").unstarted(() -> moveNowAndThen(pause));
  }

  /// Begins to move.
  ///
  /// @param pause between two commits, as long as there are not very many records
  public static AuditMover start(AuditLog log, Warehouse warehouse, Duration pause) {
    var mover = new AuditMover(log, new AuditTable(warehouse), pause);
    mover.thread.start();
    return mover;
  }

  /// Moves all that is there, once.
  ///
  /// @return how many records
  /// @throws StoreException where the store or the catalog fails; nothing is lost
  public static int moveAll(AuditLog log, Warehouse warehouse) {
    return moveAll(log, new AuditTable(warehouse));
  }

  static int moveAll(AuditLog log, AuditTable table) {
    return new AuditMover(log, table, Duration.ZERO).move();
  }

  private void moveNowAndThen(Duration pause) {
    long last = System.nanoTime() - pause.toNanos(); // what others left is moved at once
    boolean failing = false;
    while (stop.getCount() > 0) {
      try {
        if (System.nanoTime() - last >= pause.toNanos() || log.waiting() >= MANY) {
          last = System.nanoTime();
          move();
          failing = false;
        }
      } catch (StoreException | UncheckedIOException e) {
        if (!failing) {
          LOG.warn("Keeps the audit in the home for now: {}", e.getMessage());
        }
        failing = true;
      } catch (RuntimeException e) {
        LOG.error("Cannot move the audit into its table", e);
      }
      try {
        Duration nap = pause.compareTo(LOOK) < 0 ? pause : LOOK;
        if (stop.await(nap.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  private synchronized int move() {
    int moved = 0;
    try {
      log.rotate();
      for (var batch = log.next(); batch.isPresent(); batch = log.next()) {
        moved += move(batch.get());
        log.moved(batch.get());
      }
      for (var left = log.findAbandoned(); left.isPresent(); left = log.findAbandoned()) {
        moved += move(left);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot move the audit", e);
    }
    return moved;
  }

  private int move(Optional<AuditLog.Abandoned> left) throws IOException {
    int moved = 0;
    try (AuditLog.Abandoned abandoned = left.orElseThrow()) {
      for (AuditLog.Batch batch : abandoned.batches()) {
        uncertain.add(batch.id());
        moved += move(batch);
        batch.remove();
      }
      abandoned.forget();
    }
    return moved;
  }

  private int move(AuditLog.Batch batch) {
    if (batch.entries().isEmpty()) {
      return 0;
    }
    if (uncertain.contains(batch.id()) && table.holds(batch.id())) {
      return 0;
    }
    uncertain.add(batch.id());
    table.append(batch.id(), batch.entries());
    uncertain.remove(batch.id());
    return batch.entries().size();
  }

  /// Moves what is left, unless the store takes too long: the next process moves it then. The log
  /// is closed after this.
  @Override
  public void close() {
    stop.countDown();
    Thread last =
        Thread.ofPlatform()
            .daemon()
            .name("audit-last")
            .start(() -> {
              try {
                move();
              } catch (StoreException | UncheckedIOException e) {
                LOG.info("Leaves the audit in the home: {}", e.getMessage());
              }
            });
    try {
      last.join(LAST_CHANCE);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
