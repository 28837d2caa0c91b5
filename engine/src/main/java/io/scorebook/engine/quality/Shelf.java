package io.scorebook.engine.quality;

import io.scorebook.catalog.quality.Measured;
import io.scorebook.catalog.quality.Measured.Kind;
import io.scorebook.catalog.quality.Measurements;
import io.scorebook.catalog.store.StoreException;
import io.scorebook.catalog.store.Warehouse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The measurements of one namespace, in memory and in the store. A store that does not answer
/// knows nothing, and one that may not be written keeps nothing.
final class Shelf {
  private static final Logger LOG = LoggerFactory.getLogger(Shelf.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /// Of one subject, in memory.
  private static final int MOST = 50;

  private static final int MOST_HISTORY = 10_000;

  private final String namespace;
  private final Measurements store;
  private final Map<String, List<Measured>> known = new HashMap<>();
  private final Object storing = new Object();
  private Optional<Long> read = Optional.empty();
  private volatile boolean isRead;
  private volatile long readAt = System.nanoTime() - PATIENCE.toNanos();

  Shelf(Warehouse warehouse, String namespace) {
    this.namespace = namespace;
    this.store = new Measurements(warehouse, namespace);
  }

  boolean isDue() {
    return System.nanoTime() - readAt >= PATIENCE.toNanos();
  }

  /// Whether what was kept before has been read.
  boolean isRead() {
    return isRead;
  }

  /// Reads what others have kept, where there is something new.
  void readNew() {
    readAt = System.nanoTime();
    synchronized (storing) {
      try {
        Optional<Long> version = store.version();
        if (version.isPresent() && !version.equals(read)) {
          store.read().forEach(this::remember);
          read = version;
        }
      } catch (StoreException e) {
        LOG.info("Cannot read what is measured of '{}': {}", namespace, e.getMessage());
      }
      isRead = true;
    }
  }

  /// Newest first.
  synchronized List<Measured> find(String subject) {
    return List.copyOf(known.getOrDefault(subject, List.of()));
  }

  synchronized Optional<Measured> find(String subject, SortedMap<String, Long> snapshots) {
    return known.getOrDefault(subject, List.of()).stream()
        .filter(measured -> measured.snapshots().equals(snapshots))
        .findFirst();
  }

  /// What a metric with a target came to, oldest first.
  synchronized List<Measured> history(String metric) {
    return known.values().stream()
        .flatMap(List::stream)
        .filter(measured -> measured.kind() == Kind.TARGET && measured.name().equals(metric))
        .sorted(Comparator.comparing(Measured::at))
        .toList();
  }

  /// Remembers, and adds to the store in one commit.
  void keep(List<Measured> measured) {
    measured.forEach(this::remember);
    synchronized (storing) {
      try {
        store.add(measured);
      } catch (StoreException e) {
        LOG.info("Cannot keep what is measured of '{}': {}", namespace, e.getMessage());
      }
    }
  }

  private synchronized void remember(Measured measured) {
    List<Measured> list = known.computeIfAbsent(measured.subject(), _ -> new ArrayList<>());
    if (list.contains(measured)) {
      return;
    }
    list.add(measured);
    list.sort(Comparator.comparing(Measured::at).reversed());
    if (list.size() > (measured.kind() == Kind.TARGET ? MOST_HISTORY : MOST)) {
      list.removeLast();
    }
  }
}
