package io.scorebook.catalog.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scorebook.catalog.store.StoreException;
import io.scorebook.catalog.store.Warehouse;
import io.scorebook.catalog.store.WarehouseSettings;
import io.scorebook.catalog.upkeep.Upkeep;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AttestationsTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  @TempDir Path home;
  private Warehouse warehouse;

  @BeforeEach
  void open() {
    warehouse = Warehouse.open(WarehouseSettings.embedded(home));
  }

  @AfterEach
  void close() {
    warehouse.close();
  }

  private static Attested attested(String claim, long snapshot, long broken) {
    return new Attested(
        claim,
        new TreeMap<>(Map.of("league.games", snapshot, "league.clubs", 7L)),
        100,
        3,
        broken,
        "duckdb",
        NOON.plusSeconds(snapshot),
        Duration.ofMillis(12));
  }

  @Test
  void keepsWhatIsAddedUnderItsModel() {
    var attestations = new Attestations(warehouse, "league");
    assertThat(attestations.version()).isEmpty();
    assertThat(attestations.read("sha256:a")).isEmpty();
    List<Attested> both = List.of(attested("unique clubs (id)", 1, 0), attested("other", 1, 2));
    attestations.add("sha256:a", both);
    attestations.add("sha256:b", List.of(attested("third", 1, 0)));
    close();
    open();
    var reopened = new Attestations(warehouse, "league");
    assertThat(reopened.read("sha256:a")).containsExactlyInAnyOrderElementsOf(both);
    assertThat(reopened.read("sha256:a")).extracting(Attested::holds).contains(true, false);
    assertThat(reopened.read("sha256:b")).hasSize(1);
    assertThat(reopened.read("sha256:c")).isEmpty();
    assertThat(new Attestations(warehouse, "other").read("sha256:a")).isEmpty();
  }

  @Test
  void tellsThatSomethingIsNew() {
    var attestations = new Attestations(warehouse, "league");
    attestations.add("sha256:a", List.of(attested("one", 1, 0)));
    var before = attestations.version();
    attestations.add("sha256:a", List.of());
    assertThat(attestations.version()).isPresent().isEqualTo(before);
    attestations.add("sha256:a", List.of(attested("two", 1, 0)));
    assertThat(attestations.version()).isNotEqualTo(before);
  }

  @Test
  void takesWhatSeveralAddAtOnce() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Void>> adding =
          IntStream.range(0, 8)
              .<Callable<Void>>mapToObj(n ->
                  () -> {
                    new Attestations(warehouse, "league")
                        .add("sha256:a", List.of(attested("claim " + n, 1, 0)));
                    return null;
                  })
              .toList();
      for (Future<Void> added : threads.invokeAll(adding)) {
        added.get();
      }
    }
    assertThat(new Attestations(warehouse, "league").read("sha256:a")).hasSize(8);
  }

  @Test
  void bringsManySmallFilesTogetherAndForgetsWhatIsLongAgo() {
    var attestations = new Attestations(warehouse, "league");
    for (int snapshot = 1; snapshot <= 52; snapshot++) {
      attestations.add("sha256:a", List.of(attested("one", snapshot, 0)));
    }
    assertThat(attestations.read("sha256:a"))
        .extracting(one -> one.snapshots().get("league.games"))
        .contains(52L, 51L, 50L, 46L)
        .doesNotContain(1L, 45L);
    Table table = warehouse.loadTable(Attestations.nameIn("league"));
    assertThat(table.snapshots()).hasSizeLessThan(20);
    assertThat(new Upkeep(warehouse).find(Duration.ZERO)).isEmpty();
  }

  @Test
  void aDamagedFileIsNotBelieved() throws Exception {
    var attestations = new Attestations(warehouse, "league");
    attestations.add("sha256:a", List.of(attested("one", 1, 0)));
    Table table = warehouse.loadTable(Attestations.nameIn("league"));
    String path;
    try (var tasks = table.newScan().planFiles()) {
      path = tasks.iterator().next().file().location();
    }
    byte[] content;
    try (var in = table.io().newInputFile(path).newStream()) {
      content = in.readAllBytes();
    }
    content[content.length / 2] ^= 1;
    try (var out = table.io().newOutputFile(path).createOrOverwrite()) {
      out.write(content);
    }
    assertThatThrownBy(() -> attestations.read("sha256:a")).isInstanceOf(StoreException.class);
  }
}
