package io.scorebook.gateway.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.scorebook.catalog.contract.Contract;
import io.scorebook.catalog.load.LoadOptions;
import io.scorebook.catalog.load.LoadReport;
import io.scorebook.catalog.load.Loader;
import io.scorebook.catalog.load.SourceFolder;
import io.scorebook.catalog.store.StoreException;
import io.scorebook.catalog.store.StoreException.Kind;
import io.scorebook.catalog.store.TableName;
import io.scorebook.catalog.store.Warehouse;
import io.scorebook.catalog.store.WarehouseSettings;
import io.scorebook.catalog.table.SnapshotFile;
import io.scorebook.catalog.table.TableSnapshot;
import io.scorebook.domains.SampleDomain;
import io.scorebook.domains.expected.Fixture;
import io.scorebook.engine.EngineSettings;
import io.scorebook.engine.Platform;
import io.scorebook.gateway.containers.RestCatalogServer.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is told where a REST catalog refuses or fails, and that a load is whole or not at all then.
final class RestCatalogTest {
  private static final TableName TEAMS = new TableName("basketball", "teams");
  private static final long TEAMS_OF_THE_FIXTURE = 6;
  private static final int MORE_THAN_A_LOAD_NEEDS = 10;

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init") // set before each test
  private S3Folder store;

  @SuppressWarnings("NullAway.Init") // set before each test
  private RestCatalogServer catalog;

  @BeforeEach
  void start() {
    store = S3Folder.start(folder.resolve("s3"), List.of("lake"));
    catalog =
        new RestCatalogServer(folder.resolve("rest.db"), "s3://lake/of-the-server", store.access());
  }

  @AfterEach
  void stop() {
    catalog.close();
    store.close();
  }

  private WarehouseSettings settings() {
    return RestWarehouseTest.settings(folder.resolve("home"), store, catalog);
  }

  private WarehouseSettings settings(String query) {
    return new WarehouseSettings(
        folder.resolve("home"),
        Optional.of(store.endpoint()),
        Optional.of("lake"),
        Optional.empty(),
        true,
        Optional.of(catalog.uri() + query));
  }

  private static StoreException refused(WarehouseSettings settings) {
    return catchThrowableOfType(StoreException.class, () -> Warehouse.open(settings).close());
  }

  @Test
  void aCatalogThatIsAwayIsToldAtTheStart() {
    WarehouseSettings settings = settings();
    catalog.close();
    assertThat(refused(settings))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.CATALOG_AWAY))
        .hasMessageStartingWith("Cannot open the REST catalog " + catalog.uri())
        .hasMessageContaining("refused");
  }

  @Test
  void aTokenThatIsWrongOrMissingIsToldAtTheStart() {
    for (String query : List.of("", "?token=wrong-secret")) {
      assertThat(refused(settings(query)))
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.CATALOG_REFUSES))
          .hasMessageStartingWith("Cannot open the REST catalog " + catalog.uri() + ": ")
          .hasMessageContaining("check the credential or token")
          .hasStackTraceContaining("NotAuthorized")
          .message()
          .doesNotContain("wrong-secret");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "403, CATALOG_REFUSES",
    "500, CATALOG_AWAY",
    "502, CATALOG_AWAY",
    "503, CATALOG_AWAY",
    "0, CATALOG_AWAY"
  })
  void whatTheCatalogAnswersIsToldWithTheTable(int status, Kind kind) {
    try (Warehouse warehouse = Warehouse.open(settings())) {
      catalog.fail(new Fault(status, false, request -> true));
      StoreException e =
          catchThrowableOfType(StoreException.class, () -> warehouse.findTable(TEAMS));
      assertThat(e)
          .hasMessageStartingWith("Cannot open the table basketball.teams: the REST catalog ");
      assertThat(e.kind()).isEqualTo(kind);
      catalog.work();
      assertThat(warehouse.findTable(TEAMS)).isEmpty();
    }
  }

  /// The nth change that the catalog is asked for fails, before or after it is made: what the
  /// loader says holds, and loading once more brings each row there, once.
  @ParameterizedTest
  @CsvSource({"0, false", "0, true", "500, false", "500, true", "504, true", "403, false"})
  void aLoadIsWholeOrNotAtAllWhateverIsAnswered(int status, boolean heard) throws IOException {
    SampleDomain.copyTo(folder.resolve("domain"));
    Fixture.copyTo(folder.resolve("data"));
    boolean reached = true;
    for (int n = 1; reached; n++) {
      assertThat(n).isLessThan(MORE_THAN_A_LOAD_NEEDS);
      try (var platform = Platform.open(settings(), EngineSettings.defaults())) {
        Contract contract = teams(platform);
        var count = new AtomicInteger();
        int nth = n;
        catalog.fail(
            new Fault(
                status,
                heard,
                request -> request.getMethod().equals("POST") && count.incrementAndGet() == nth));
        Optional<StoreException> failure = Optional.empty();
        long loaded = 0;
        try {
          loaded = load(platform, contract);
        } catch (StoreException e) {
          failure = Optional.of(e);
        }
        catalog.work();
        reached = count.get() >= nth;
        long rows = rows(platform.warehouse());
        if (failure.isEmpty()) {
          assertThat(rows).as("after change %d", n).isEqualTo(loaded).isPositive();
        } else if (failure.get().kind() != Kind.STATE_UNKNOWN) {
          assertThat(rows).as("after change %d: %s", n, failure.get()).isZero();
        }
        load(platform, contract);
        long again = load(platform, contract);
        assertThat(again).isZero();
        assertThat(rows(platform.warehouse())).isEqualTo(TEAMS_OF_THE_FIXTURE);
        platform.warehouse().catalog().dropTable(TEAMS.identifier());
      }
    }
  }

  private Contract teams(Platform platform) {
    var findings = new io.scorebook.documents.Findings();
    platform.domains().publish(folder.resolve("domain"), findings);
    return platform.domains().find("basketball").orElseThrow().contracts().inLoadOrder().stream()
        .filter(contract -> contract.table().equals(TEAMS))
        .findFirst()
        .orElseThrow();
  }

  private long load(Platform platform, Contract contract) {
    List<Path> files = SourceFolder.find(contract, folder.resolve("data"));
    var result = new Loader(platform.warehouse()).load(contract, files, LoadOptions.DEFAULT);
    return ((LoadReport) result).loaded();
  }

  /// The rows of the files that the current snapshot names and that are there.
  private static long rows(Warehouse warehouse) {
    return warehouse
        .findTable(TEAMS)
        .map(table -> {
          TableSnapshot snapshot = TableSnapshot.current(TEAMS, table);
          for (SnapshotFile file : snapshot.files()) {
            assertThat(warehouse.io().newInputFile(file.path()).exists()).as(file.path()).isTrue();
          }
          return snapshot.records();
        })
        .orElse(0L);
  }
}
