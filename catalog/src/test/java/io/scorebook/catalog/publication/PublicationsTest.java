package io.scorebook.catalog.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.scorebook.catalog.publication.Publication.Document;
import io.scorebook.catalog.publication.Publication.PortContract;
import io.scorebook.catalog.publication.Publications.State;
import io.scorebook.catalog.registry.Product.Status;
import io.scorebook.catalog.registry.Version;
import io.scorebook.catalog.store.RowFiles;
import io.scorebook.catalog.store.StoreException;
import io.scorebook.catalog.store.StoreException.Kind;
import io.scorebook.catalog.store.Warehouse;
import io.scorebook.catalog.store.WarehouseSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublicationsTest {
  private static final Instant NOW = Instant.parse("2026-05-01T10:00:00Z");

  @TempDir Path temp;
  private Warehouse warehouse;

  @SuppressWarnings("NullAway.Init")
  PublicationsTest() {}

  @BeforeEach
  void open() {
    warehouse = Warehouse.open(WarehouseSettings.embedded(temp.resolve("home")));
  }

  @AfterEach
  void close() {
    warehouse.close();
  }

  private static Publication publication(long number, String domain) {
    var version =
        new PublishedVersion(
            "takings",
            new Version(1, 0, 0),
            Status.DEPRECATED,
            "sha256:c",
            number,
            Optional.of(NOW),
            Optional.of(NOW.plusSeconds(3600)),
            Optional.of("takings 2.0.0"),
            new TreeMap<>(Map.of("shop.sales", 7L)),
            Optional.of("product/takings/1.0.0-1"));
    return new Publication(
        number, "id-" + domain + number, domain, "sha256:h" + number, "ann", NOW, List.of(version));
  }

  private static void add(Publications registry, State seen, Publication publication) {
    registry.add(
        seen,
        publication,
        List.of(new Document("model.yaml", "name: " + publication.number() + "\n")),
        List.of(new PortContract("takings", "1.0.0", "takings", "kind: DataContract\n")));
  }

  @Test
  void nothingIsPublishedBeforeTheFirstTime() {
    var registry = new Publications(warehouse);
    assertThat(registry.look()).isEqualTo(new State(Optional.empty(), Map.of()));
    assertThat(registry.read(List.of(1L))).isEmpty();
    assertThat(registry.history("shop")).isEmpty();
    assertThat(warehouse.listTables()).isEmpty(); // to look makes nothing
  }

  @Test
  void anotherProcessFindsWhatWasPublishedWhole() {
    var registry = new Publications(warehouse);
    var other = new Publications(warehouse);
    assertThat(other.look().newest()).isEmpty();
    add(registry, registry.look(), publication(1, "shop"));
    add(registry, registry.look(), publication(2, "zoo"));
    add(registry, registry.look(), publication(3, "shop"));
    assertThat(other.look().newest()).isEqualTo(Map.of("shop", 3L, "zoo", 2L));
    assertThat(other.read(List.of(3L, 2L)))
        .containsExactly(publication(2, "zoo"), publication(3, "shop"));
    assertThat(other.history("shop")).extracting(Publication::number).containsExactly(1L, 3L);
    assertThat(other.documents(1)).containsExactly(new Document("model.yaml", "name: 1\n"));
    assertThat(other.contracts(3)).extracting(PortContract::port).containsExactly("takings");
    assertThatExceptionOfType(StoreException.class).isThrownBy(() -> other.documents(9));
  }

  /// Which had a row for each publication and none for versions.
  @Test
  void aRegistryOfAnEarlierReleaseIsReadAndGoesOn() throws Exception {
    List<String> earlier =
        PublicationRows.SCHEMA.columns().stream()
            .map(NestedField::name)
            .limit(PublicationRows.SHORT.size() + 2)
            .toList();
    Table table =
        warehouse.buildTable(Publications.TABLE, PublicationRows.SCHEMA.select(earlier)).create();
    Record row = PublicationRows.rows(publication(1, "shop"), List.of(), List.of()).getFirst();
    table.newAppend().appendFile(new RowFiles(table).write(List.of(row))).commit();
    var registry = new Publications(warehouse);
    assertThat(registry.look().newest()).isEqualTo(Map.of("shop", 1L));
    assertThat(registry.history("shop")).containsExactly(publication(1, "shop"));
    add(registry, registry.look(), publication(2, "shop"));
    var other = new Publications(warehouse);
    assertThat(other.history("shop"))
        .containsExactly(publication(1, "shop"), publication(2, "shop"));
    assertThat(other.documents(2)).containsExactly(new Document("model.yaml", "name: 2\n"));
  }

  @Test
  void ofTwoWhoHaveSeenTheSameOneWins() throws Exception {
    var first = new Publications(warehouse);
    var second = new Publications(warehouse);
    for (int round = 1; round <= 3; round++) { // the first makes the table
      State seen = first.look();
      long number = round;
      Callable<String> one = () -> tried(first, seen, publication(number, "shop"));
      Callable<String> other = () -> tried(second, seen, publication(number, "zoo"));
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<String>> outcomes = threads.invokeAll(List.of(one, other));
        assertThat(List.of(outcomes.get(0).get(), outcomes.get(1).get()))
            .containsExactlyInAnyOrder("published", "CONFLICT");
      }
      assertThat(first.look().newest().values()).contains(number);
    }
    assertThat(first.history("shop").size() + first.history("zoo").size()).isEqualTo(3);
  }

  private static String tried(Publications registry, State seen, Publication publication) {
    try {
      add(registry, seen, publication);
      return "published";
    } catch (StoreException e) {
      return e.kind().name();
    }
  }

  @Test
  void aStoreThatFailsOnTheWayLeavesWhatWas() {
    add(new Publications(warehouse), new State(Optional.empty(), Map.of()), publication(1, "shop"));
    // The data file, the manifest, the manifest list, the metadata: each fails once.
    for (int last = 0; last < 4; last++) {
      var failing = new FailingWrites(last);
      try (Warehouse broken =
          Warehouse.open(WarehouseSettings.embedded(temp.resolve("home")), failing::around)) {
        var registry = new Publications(broken);
        State seen = registry.look();
        failing.isArmed = true;
        assertThatExceptionOfType(StoreException.class)
            .as("write %d", last)
            .isThrownBy(() -> add(registry, seen, publication(2, "shop")));
      }
      var after = new Publications(warehouse);
      assertThat(after.look().newest()).isEqualTo(Map.of("shop", 1L));
      assertThat(after.documents(1)).hasSize(1);
    }
    var registry = new Publications(warehouse);
    add(registry, registry.look(), publication(2, "shop"));
    assertThat(registry.look().newest()).isEqualTo(Map.of("shop", 2L));
  }

  /// A process that ends between two writes leaves what a write that fails leaves.
  private static final class FailingWrites {
    private final int last;
    private int writes;
    private boolean isArmed;

    FailingWrites(int last) {
      this.last = last;
    }

    FileIO around(FileIO io) {
      return (FileIO)
          java.lang.reflect.Proxy.newProxyInstance(
              FileIO.class.getClassLoader(),
              new Class<?>[] {FileIO.class},
              (_, method, arguments) -> {
                if (isArmed && method.getReturnType() == OutputFile.class && writes++ == last) {
                  throw new StoreException(Kind.STORE_AWAY, "Cannot write: the store is away");
                }
                try {
                  return method.invoke(io, arguments);
                } catch (java.lang.reflect.InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    }
  }
}
