package io.scorebook.catalog.publication;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.scorebook.catalog.publication.Publication.Document;
import io.scorebook.catalog.publication.Publication.PortContract;
import io.scorebook.catalog.store.RowFiles;
import io.scorebook.catalog.store.StoreException;
import io.scorebook.catalog.store.StoreException.Kind;
import io.scorebook.catalog.store.StoreFailures;
import io.scorebook.catalog.store.TableName;
import io.scorebook.catalog.store.Warehouse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CleanableFailure;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.jspecify.annotations.Nullable;

/// The publications of all domains: the Iceberg table `scorebook.publications`. Safe for many
/// threads and processes.
///
/// A publication is one commit over the snapshot that its publisher has seen: of two at once one
/// wins, and the other is told. Nothing is ever taken away. Each snapshot says in its summary which
/// publication of each domain is the newest, so that to open a registry reads no more than those.
public final class Publications {
  /// The namespace of the platform's own tables; no domain may have it.
  public static final String NAMESPACE = "scorebook";

  /// The table of publications.
  public static final TableName TABLE = new TableName(NAMESPACE, "publications");

  private static final String NEWEST = "scorebook.newest";
  private static final String ID = "scorebook.publication-id";
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Map<String, String> PROPERTIES =
      Map.of(
          "format-version", "2",
          "write.parquet.compression-codec", "zstd",
          "write.metadata.delete-after-commit.enabled", "true",
          "write.metadata.previous-versions-max", "10");

  private final Warehouse warehouse;
  private @Nullable Table table;

  public Publications(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  /// What stands at one moment.
  ///
  /// @param snapshot of the registry; absent where nothing was ever published
  /// @param newest the number of the newest publication of each domain
  public record State(Optional<Long> snapshot, Map<String, Long> newest) {
    public State {
      newest = Map.copyOf(newest);
    }
  }

  /// Looks at the newest state: where nothing was published since the last look, this asks the
  /// catalog for one pointer and reads nothing.
  ///
  /// @throws StoreException where the store or the catalog fails
  public synchronized State look() {
    return StoreFailures.attempt("look at what is published", () -> state(refreshed()));
  }

  private @Nullable Table refreshed() {
    Table known = table;
    if (known == null) {
      known = warehouse.findTable(TABLE).orElse(null);
      table = known;
    } else {
      known.refresh();
    }
    return known;
  }

  private State state(@Nullable Table of) {
    Snapshot snapshot = of == null ? null : of.currentSnapshot();
    if (of == null || snapshot == null) {
      return new State(Optional.empty(), Map.of());
    }
    String newest = snapshot.summary().get(NEWEST);
    return new State(
        Optional.of(snapshot.snapshotId()), newest == null ? counted(of) : parse(newest));
  }

  /// Where another has rewritten the table, its snapshot does not say.
  private static Map<String, Long> counted(Table table) {
    var newest = new TreeMap<String, Long>();
    read(
            table,
            Expressions.alwaysTrue(),
            List.of("number", "domain"),
            row -> Map.entry(row.getField("domain").toString(), (Long) row.getField("number")))
        .forEach(row -> newest.merge(row.getKey(), row.getValue(), Math::max));
    return newest;
  }

  private static Map<String, Long> parse(String json) {
    try {
      return JSON.readValue(json, new TypeReference<TreeMap<String, Long>>() {});
    } catch (JsonProcessingException e) {
      throw new StoreException(
          Kind.FAILED, "Cannot read what is published: " + e.getOriginalMessage(), e);
    }
  }

  /// Publications by their numbers, in their order.
  ///
  /// @throws StoreException where the store or the catalog fails
  public List<Publication> read(Collection<Long> numbers) {
    return find(numbers, PublicationRows.SHORT, PublicationRows::publication).stream()
        .sorted(java.util.Comparator.comparing(Publication::number))
        .toList();
  }

  /// All publications of a domain, the oldest first.
  ///
  /// @throws StoreException where the store or the catalog fails
  public List<Publication> history(String domain) {
    Table of = opened();
    return of == null
        ? List.of()
        : StoreFailures.attempt(
            "read what was published",
            () ->
                read(
                        of,
                        Expressions.equal("domain", domain),
                        PublicationRows.SHORT,
                        PublicationRows::publication)
                    .stream()
                    .sorted(java.util.Comparator.comparing(Publication::number))
                    .toList());
  }

  /// The documents of a publication.
  ///
  /// @throws StoreException where the store or the catalog fails, or there is no such publication
  public List<Document> documents(long number) {
    return find(List.of(number), List.of("number", "documents"), PublicationRows::documents)
        .stream()
        .findFirst()
        .orElseThrow(
            () -> new StoreException(Kind.NOT_FOUND, "Cannot find the publication " + number));
  }

  /// The contracts that were generated with a publication.
  ///
  /// @throws StoreException where the store or the catalog fails
  public List<PortContract> contracts(long number) {
    return find(List.of(number), List.of("number", "contracts"), PublicationRows::contracts)
        .stream()
        .flatMap(List::stream)
        .toList();
  }

  private <T> List<T> find(
      Collection<Long> numbers, List<String> columns, Function<Record, T> then) {
    Table of = opened();
    return of == null || numbers.isEmpty()
        ? List.of()
        : StoreFailures.attempt(
            "read what was published",
            () -> read(of, Expressions.in("number", numbers.toArray()), columns, then));
  }

  private synchronized @Nullable Table opened() {
    return table == null ? refreshed() : table;
  }

  private static <T> List<T> read(
      Table table, Expression which, List<String> columns, Function<Record, T> then) {
    var found = new ArrayList<T>();
    Expression first =
        tellsVersions(table)
            ? Expressions.and(which, Expressions.isNull(PublicationRows.OF_VERSION))
            : which;
    try (CloseableIterable<Record> rows =
        IcebergGenerics.read(table).where(first).select(columns).build()) {
      rows.forEach(row -> found.add(then.apply(row)));
    } catch (IOException e) {
      throw StoreFailures.translate("read what was published", e);
    }
    return found;
  }

  /// Adds a publication over a state: all of it, or nothing.
  ///
  /// @param seen what the publisher has looked at
  /// @throws StoreException of kind [Kind#CONFLICT] where another has published since; of kind
  ///   [Kind#STATE_UNKNOWN] where nobody can tell: publish the same again, which does nothing where
  ///   it is there already
  public synchronized void add(
      State seen, Publication publication, List<Document> documents, List<PortContract> contracts) {
    StoreFailures.attempt(
        "publish the domain '%s'".formatted(publication.domain()),
        () -> {
          Table into = refreshed();
          if (into == null) {
            into = create();
            table = into;
          } else if (!tellsVersions(into)) {
            into.updateSchema().unionByNameWith(PublicationRows.SCHEMA).commit();
          }
          DataFile file =
              new RowFiles(into).write(PublicationRows.rows(publication, documents, contracts));
          var newest = new TreeMap<>(seen.newest());
          newest.put(publication.domain(), publication.number());
          commit(into, seen, publication, file, json(newest));
          return publication;
        });
  }

  /// Not those of an earlier release, until the next publication.
  private static boolean tellsVersions(Table table) {
    return table.schema().findField(PublicationRows.OF_VERSION) != null;
  }

  private Table create() {
    try {
      return warehouse
          .buildTable(TABLE, PublicationRows.SCHEMA)
          .withProperties(PROPERTIES)
          .create();
    } catch (AlreadyExistsException _) {
      return warehouse.loadTable(TABLE); // made by another in between
    }
  }

  private static void commit(
      Table table, State seen, Publication publication, DataFile file, String newest) {
    OverwriteFiles add =
        table
            .newOverwrite()
            .addFile(file)
            .conflictDetectionFilter(Expressions.alwaysTrue())
            .validateNoConflictingData()
            .set(NEWEST, newest)
            .set(ID, publication.id());
    seen.snapshot().ifPresent(add::validateFromSnapshot);
    try {
      add.commit();
    } catch (ValidationException e) {
      remove(table, file);
      throw new StoreException(
          Kind.CONFLICT,
          "Cannot publish the domain '%s': another has published meanwhile; look again"
              .formatted(publication.domain()),
          e);
    } catch (RuntimeException e) {
      if (!isThere(table, publication.id(), e)) {
        if (e instanceof CleanableFailure) {
          remove(table, file);
        }
        throw e;
      }
    }
  }

  /// Whether a commit that failed happened all the same.
  private static boolean isThere(Table table, String id, RuntimeException failure) {
    if (failure instanceof CleanableFailure) {
      return false;
    }
    try {
      table.refresh();
    } catch (RuntimeException unreachable) {
      failure.addSuppressed(unreachable);
      throw new StoreException(
          Kind.STATE_UNKNOWN,
          "Cannot tell whether the catalog took the publication; publish the same again: what is"
              + " there already is not published twice",
          failure);
    }
    for (Snapshot snapshot : table.snapshots()) {
      if (id.equals(snapshot.summary().get(ID))) {
        return true;
      }
    }
    return false;
  }

  /// What stays is found by upkeep.
  private static void remove(Table table, DataFile file) {
    try {
      table.io().deleteFile(file.location());
    } catch (RuntimeException _) {
      return;
    }
  }

  private static String json(Map<String, Long> newest) {
    try {
      return JSON.writeValueAsString(newest);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Cannot write as JSON: " + newest, e);
    }
  }
}
