package io.scorebook.engine.publish;

import io.scorebook.catalog.publication.PublishedVersion;
import io.scorebook.catalog.registry.Product;
import io.scorebook.catalog.store.StoreFailures;
import io.scorebook.catalog.store.TableName;
import io.scorebook.catalog.store.Warehouse;
import io.scorebook.documents.Location;
import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.publish.Outcome.Reason;
import io.scorebook.semantic.plan.Plan;
import io.scorebook.semantic.plan.Planner;
import io.scorebook.semantic.plan.Planning;
import io.scorebook.semantic.plan.Proof;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/// Tags that hold the snapshots of versions whose data does not move: one on each table that the
/// version is computed from. Each publication has tags of its own, so that of two at once neither
/// moves those of the other.
final class PinnedData {
  private final Warehouse warehouse;
  private final String publication;
  private final List<PublishedVersion> tagged = new ArrayList<>();

  /// @param publication its id
  PinnedData(Warehouse warehouse, String publication) {
    this.warehouse = warehouse;
    this.publication = publication;
  }

  /// The versions, those that are to be pinned and are not yet with tags on the newest snapshots.
  ///
  /// @param reasons why one cannot be pinned
  List<PublishedVersion> pin(Domain domain, List<PublishedVersion> versions, List<Reason> reasons) {
    var pinned = new ArrayList<PublishedVersion>();
    for (PublishedVersion version : versions) {
      Optional<Product> product =
          domain
              .findProduct(version.product(), version.version())
              .filter(one -> one.lifecycle().isPinned());
      pinned.add(
          product.isPresent() && version.pinned().isEmpty() && !version.isDraft()
              ? pin(domain, version, product.get().location(), reasons)
              : version);
    }
    return pinned;
  }

  private PublishedVersion pin(
      Domain domain, PublishedVersion version, Location at, List<Reason> reasons) {
    var snapshots = new TreeMap<String, Long>();
    var tables = new TreeMap<String, Table>();
    for (String name : sources(domain, version)) {
      Optional<Table> table = warehouse.findTable(TableName.parse(name));
      Optional<Snapshot> snapshot = table.flatMap(of -> Optional.ofNullable(of.currentSnapshot()));
      if (table.isEmpty() || snapshot.isEmpty()) {
        reasons.add(
            new Reason(
                at,
                "Cannot pin the data of %s: the table '%s' has no rows yet; load it first"
                    .formatted(version.name(), name),
                List.of()));
        return version;
      }
      tables.put(name, table.get());
      snapshots.put(name, snapshot.get().snapshotId());
    }
    String tag =
        "product/%s/%s-%s"
            .formatted(version.product(), version.version(), publication.substring(0, 8));
    var pinned =
        new PublishedVersion(
            version.product(),
            version.version(),
            version.status(),
            version.content(),
            version.documents(),
            version.deprecatedAt(),
            version.sunset(),
            version.successor(),
            snapshots,
            Optional.of(tag));
    tagged.add(pinned);
    tables.forEach((name, table) ->
        StoreFailures.attempt(
            "tag the table '%s'".formatted(name),
            () -> {
              table
                  .manageSnapshots()
                  .createTag(tag, snapshots.getOrDefault(name, 0L))
                  .setMaxRefAgeMs(tag, Long.MAX_VALUE)
                  .commit();
              return table;
            }));
    return pinned;
  }

  /// All tables that the version's ports and what they rest on are read from.
  private static Set<String> sources(Domain domain, PublishedVersion version) {
    var tables = new TreeSet<String>();
    Planner planner = domain.planner();
    for (Domain.PublicPort port : domain.ports()) {
      if (port.product().name().equals(version.product())
          && port.product().version().equals(version.version())
          && planner.plan(port.table()) instanceof Planning.Planned(Plan plan)) {
        tables.addAll(plan.tables());
        plan.assumedKeys().forEach(key -> add(planner.proof(planner.claim(key), 1), tables));
        plan.relationships()
            .forEach(reference -> add(planner.proof(planner.claim(reference), 1), tables));
      }
    }
    return tables;
  }

  private static void add(Proof proof, Set<String> tables) {
    switch (proof) {
      case Proof.Counted(Plan tally, Plan examples) -> {
        tables.addAll(tally.tables());
        tables.addAll(examples.tables());
      }
      case Proof.Compared(Plan sides, _) -> tables.addAll(sides.tables());
    }
  }

  /// Takes the tags away again, where the publication did not come to be.
  void undo(Exception failure) {
    for (PublishedVersion version : tagged) {
      for (String name : version.pinned().keySet()) {
        try {
          Table table = warehouse.loadTable(TableName.parse(name));
          String tag = version.tag().orElseThrow();
          if (table.refs().containsKey(tag)) {
            table.manageSnapshots().removeTag(tag).commit();
          }
        } catch (RuntimeException e) {
          failure.addSuppressed(e);
        }
      }
    }
  }
}
