package io.scorebook.engine.answer;

import io.scorebook.catalog.attestation.Attestations;
import io.scorebook.catalog.attestation.Attested;
import io.scorebook.catalog.store.StoreException;
import io.scorebook.catalog.store.Warehouse;
import io.scorebook.engine.domain.Domain;
import io.scorebook.semantic.claim.Claim;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is known of claims, here in memory and beside the data in [Attestations]. Keeping it is a
/// convenience: what cannot be kept is looked at again, by whoever needs it.
final class Ledger implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
  private static final int MOST = 10_000;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Warehouse warehouse;
  private final Map<Entry, Counts> known = new ConcurrentHashMap<>();
  private final Map<Model, Shelf> shelves = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Found> unkept = new ConcurrentLinkedQueue<>();
  private final ExecutorService keeper =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("attestations-", 0).factory());

  /// @param namespace where its tables are, and its attestations
  record Model(String namespace, String hash) {
    static Model of(Domain domain) {
      return new Model(domain.name(), domain.model().hash());
    }
  }

  private record Entry(Model model, String claim, SortedMap<String, Long> snapshots) {}

  private record Counts(long rows, long nulls, long broken) {}

  private record Found(Model model, Attested attested) {}

  Ledger(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  /// What is known without looking further than memory.
  ///
  /// @param id of the claim
  Optional<Verdict> known(Model model, Claim claim, String id, SortedMap<String, Long> snapshots) {
    Counts counts = known.get(new Entry(model, id, snapshots));
    return counts == null
        ? Optional.empty()
        : Optional.of(new Verdict(claim, snapshots, counts.rows, counts.nulls, counts.broken));
  }

  /// Reads what others have kept. A store that does not answer knows nothing.
  ///
  /// @return whether there is something new
  boolean readNew(Model model) {
    return shelf(model).readNew();
  }

  /// Reads what others have kept, by and by.
  void refresh(Model model) {
    Shelf shelf = shelf(model);
    if (shelf.isDue() && !keeper.isShutdown()) {
      keeper.execute(shelf::readNew);
    }
  }

  private Shelf shelf(Model model) {
    return shelves.computeIfAbsent(model, Shelf::new);
  }

  /// Remembers, and keeps it with the next [#keep].
  void add(Model model, Verdict verdict, String engine, Duration took) {
    var attested =
        new Attested(
            verdict.claim().id(),
            verdict.snapshots(),
            verdict.rows(),
            verdict.nulls(),
            verdict.broken(),
            engine,
            Instant.now(),
            took);
    remember(model, attested);
    unkept.add(new Found(model, attested));
  }

  private void remember(Model model, Attested attested) {
    if (known.size() >= MOST) {
      known.clear(); // old snapshots; those in use are found again
      shelves.clear();
    }
    known.put(
        new Entry(model, attested.claim(), attested.snapshots()),
        new Counts(attested.rows(), attested.nulls(), attested.broken()));
  }

  /// Begins to keep what was added.
  void keep() {
    if (!unkept.isEmpty() && !keeper.isShutdown()) {
      keeper.execute(this::keepAll);
    }
  }

  /// Keeps what was added: what belongs to one model in one commit.
  private void keepAll() {
    var found = new LinkedHashMap<Model, List<Attested>>();
    for (Found next = unkept.poll(); next != null; next = unkept.poll()) {
      found.computeIfAbsent(next.model(), _ -> new ArrayList<>()).add(next.attested());
    }
    found.forEach((model, attested) -> shelf(model).keep(attested));
  }

  @Override
  public void close() {
    keep();
    keeper.shutdown();
    try {
      if (!keeper.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.info("Leaves attestations that the store does not take");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// What the store has of one model.
  private final class Shelf {
    private final Model model;
    private final Attestations store;
    private Optional<Long> read = Optional.empty();
    private volatile long readAt = System.nanoTime() - PATIENCE.toNanos();
    private boolean isClosed;

    Shelf(Model model) {
      this.model = model;
      this.store = new Attestations(warehouse, model.namespace());
    }

    boolean isDue() {
      return System.nanoTime() - readAt >= PATIENCE.toNanos();
    }

    synchronized boolean readNew() {
      readAt = System.nanoTime();
      try {
        Optional<Long> version = store.version();
        if (version.isEmpty() || version.equals(read)) {
          return false;
        }
        store.read(model.hash()).forEach(attested -> remember(model, attested));
        read = version;
        return true;
      } catch (StoreException e) {
        LOG.info("Cannot read what is attested of '{}': {}", model.namespace(), e.getMessage());
        return false;
      }
    }

    /// Who may not write, as a gateway with the rights of a reader, tries once.
    synchronized void keep(List<Attested> attested) {
      if (isClosed) {
        return;
      }
      try {
        store.add(model.hash(), attested);
      } catch (StoreException e) {
        LOG.info("Cannot keep what is attested of '{}': {}", model.namespace(), e.getMessage());
        isClosed =
            e.kind() == StoreException.Kind.STORE_REFUSES
                || e.kind() == StoreException.Kind.CATALOG_REFUSES;
      }
    }
  }
}
