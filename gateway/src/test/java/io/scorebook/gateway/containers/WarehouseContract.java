package io.scorebook.gateway.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.scorebook.catalog.contract.Contract;
import io.scorebook.catalog.load.Allowance;
import io.scorebook.catalog.load.LoadOptions;
import io.scorebook.catalog.load.LoadRefused;
import io.scorebook.catalog.load.LoadReport;
import io.scorebook.catalog.load.LoadResult;
import io.scorebook.catalog.load.Loader;
import io.scorebook.catalog.load.SourceFolder;
import io.scorebook.catalog.store.StoreException;
import io.scorebook.catalog.store.StoreException.Kind;
import io.scorebook.catalog.store.StoreFailures;
import io.scorebook.catalog.store.TableName;
import io.scorebook.catalog.store.Warehouse;
import io.scorebook.catalog.store.WarehouseSettings;
import io.scorebook.catalog.table.TableSnapshot;
import io.scorebook.documents.Findings;
import io.scorebook.domains.SampleDomain;
import io.scorebook.domains.expected.Fixture;
import io.scorebook.engine.EngineSettings;
import io.scorebook.engine.Platform;
import io.scorebook.engine.domain.Domain;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.SupportsPrefixOperations;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// What holds on every object store and every catalog: tables are made and loaded whole or not at
/// all, snapshots stay, and the sample's questions have the answers that were worked out by hand.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class WarehouseContract {
  private static final TableName GAMES = new TableName("basketball", "games");
  private static final long MIB = 1 << 20;
  private static final int LOADERS = 3;

  /// One row a game: each has a team at home and one away.
  private static final String AT_HOME =
      "{\"field\": \"home_away\", \"op\": \"=\", \"value\": \"home\"}";

  private static final EngineSettings ENGINE =
      new EngineSettings(512 * MIB, 2, 512 * MIB, 256 * MIB, MIB, "duckdb");

  @SuppressWarnings("NullAway.Init") // set before the first test
  private Path folder;

  @SuppressWarnings("NullAway.Init") // set before the first test
  private WarehouseSettings settings;

  @SuppressWarnings("NullAway.Init") // set before the first test
  private Platform platform;

  /// Starts what the store needs.
  ///
  /// @param home the folder of the platform's own state
  protected abstract WarehouseSettings start(Path home);

  @BeforeAll
  void load(@TempDir Path temporary) throws IOException {
    folder = temporary;
    settings = start(temporary.resolve("home"));
    platform = Platform.open(settings, ENGINE);
    SampleDomain.copyTo(temporary.resolve("domain"));
    var findings = new Findings();
    assertThat(platform.domains().publish(temporary.resolve("domain"), findings))
        .as(findings.toList().toString())
        .isPresent();
    Fixture.copyTo(temporary.resolve("data"));
    for (Contract contract : domain().contracts().inLoadOrder()) {
      LoadResult result = load(contract, SourceFolder.find(contract, temporary.resolve("data")));
      assertThat(result).isInstanceOf(LoadReport.class);
    }
  }

  @AfterAll
  void close() {
    platform.close();
  }

  private Domain domain() {
    return platform.domains().find("basketball").orElseThrow();
  }

  private Contract contract(TableName table) {
    return domain().contracts().inLoadOrder().stream()
        .filter(contract -> contract.table().equals(table))
        .findFirst()
        .orElseThrow();
  }

  private LoadResult load(Contract contract, List<Path> files) {
    var options = LoadOptions.DEFAULT.allowing(new Allowance.Percent(20));
    return new Loader(platform.warehouse()).load(contract, files, options);
  }

  @TestFactory
  @Order(1)
  Stream<DynamicTest> answersAsWorkedOutByHand() throws IOException {
    return Fixture.workedAnswers().stream()
        .flatMap(worked ->
            platform.answers().engines().stream()
                .map(engine ->
                    dynamicTest(
                        engine + ": " + worked.question(),
                        () ->
                            assertThat(ask(engine, worked.question()))
                                .isEqualTo(Asked.written(worked.rows())))));
  }

  private List<List<String>> ask(String engine, String question) {
    return Asked.rows(platform.answers().by(engine), question);
  }

  @Test
  @Order(2)
  void changesNothingWhenTheSameFilesComeAgain() {
    Warehouse warehouse = platform.warehouse();
    long before = current(warehouse).id().orElseThrow();
    List<Path> files = SourceFolder.find(contract(GAMES), folder.resolve("data"));
    assertThat(load(contract(GAMES), files))
        .isInstanceOfSatisfying(LoadReport.class, report -> assertThat(report.loaded()).isZero());
    assertThat(current(warehouse).id()).hasValue(before);
  }

  @Test
  @Order(3)
  void leavesNoObjectBehindWhereALoadIsRefused() throws IOException {
    TreeSet<String> before = objects();
    Path broken = folder.resolve("broken.csv");
    Files.writeString(
        broken, Files.readString(folder.resolve("data/games.csv")) + "not a number\n");
    LoadResult result =
        new Loader(platform.warehouse())
            .load(contract(GAMES), List.of(broken), LoadOptions.DEFAULT);
    assertThat(result).isInstanceOf(LoadRefused.class);
    assertThat(objects()).isEqualTo(before);
  }

  @Test
  @Order(4)
  void hasTheBytesThatTheCatalogNames() throws IOException {
    for (TableName table : platform.warehouse().listTables("basketball")) {
      TableSnapshot snapshot = TableSnapshot.current(table, platform.warehouse().loadTable(table));
      for (var file : snapshot.files()) {
        try (InputStream in = platform.warehouse().io().newInputFile(file.path()).newStream()) {
          assertThat(in.readAllBytes()).as(file.path()).hasSize(Math.toIntExact(file.bytes()));
        }
      }
    }
  }

  @Test
  @Order(5)
  void answersAfterARestartFromTheFilesThatItHas() {
    String question = "{\"metrics\": [\"points\"], \"dimensions\": [\"player\", \"season\"]}";
    List<List<String>> before = ask("duckdb", question);
    platform.close();
    platform = Platform.open(settings, ENGINE);
    assertThat(ask("duckdb", question)).isEqualTo(before);
    assertThat(platform.cacheCounts().hits()).isPositive();
    assertThat(platform.cacheCounts().misses()).isZero();
  }

  @Test
  @Order(6)
  void showsANewSnapshotToAllAndKeepsTheOldOne() throws IOException {
    try (Warehouse other = Warehouse.open(settings)) {
      TableSnapshot before = current(other);
      String question = "{\"metrics\": [\"games\"], \"filters\": [%s]}".formatted(AT_HOME);
      assertThat(ask("duckdb", question)).isEqualTo(List.of(List.of("101")));

      assertThat(load(contract(GAMES), List.of(oneMoreGame())))
          .isInstanceOfSatisfying(
              LoadReport.class, report -> assertThat(report.loaded()).isEqualTo(1));

      assertThat(ask("duckdb", question)).isEqualTo(List.of(List.of("102")));
      assertThat(ask("reference", question)).isEqualTo(List.of(List.of("102")));
      TableSnapshot after = current(other);
      assertThat(after.records()).isEqualTo(before.records() + 1);
      TableSnapshot kept =
          TableSnapshot.at(GAMES, other.loadTable(GAMES), before.id().orElseThrow());
      assertThat(kept.files()).isEqualTo(before.files());
    }
  }

  /// The first game of the fixture once more, under a number of its own.
  private Path oneMoreGame() throws IOException {
    return games("more.csv", 999, 1);
  }

  private Path games(String file, int firstId, int count) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("data/games.csv"));
    int id = List.of(lines.getFirst().split(",", -1)).indexOf("GAME_ID");
    String[] cells = lines.get(1).split(",", -1);
    var games = new ArrayList<>(List.of(lines.getFirst()));
    for (int i = 0; i < count; i++) {
      cells[id] = String.valueOf(firstId + i);
      games.add(String.join(",", cells));
    }
    return Files.write(folder.resolve(file), games);
  }

  /// Each with a warehouse of its own, as other processes have, and half of the rows also
  /// another's.
  @Test
  @Order(7)
  void publishesEachRowOnceWhoeverOfManyLoadersIsFaster() throws Exception {
    long before = current(platform.warehouse()).records();
    var start = new CyclicBarrier(LOADERS);
    var loads = new ArrayList<Future<LoadReport>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < LOADERS; i++) {
        Path file = games("of-loader-%d.csv".formatted(i), 1000 + 10 * i, 20);
        loads.add(
            threads.submit(() -> {
              try (Warehouse own = Warehouse.open(settings)) {
                start.await();
                return (LoadReport)
                    new Loader(own).load(contract(GAMES), List.of(file), LoadOptions.DEFAULT);
              }
            }));
      }
    }
    long loaded = 0;
    for (Future<LoadReport> load : loads) {
      loaded += load.get().loaded();
    }
    long different = 10 * (LOADERS + 1);
    assertThat(loaded).isEqualTo(different);
    assertThat(current(platform.warehouse()).records()).isEqualTo(before + different);
    String question = "{\"metrics\": [\"games\"], \"filters\": [%s]}".formatted(AT_HOME);
    assertThat(ask("duckdb", question)).isEqualTo(List.of(List.of("" + (102 + different))));
    assertThat(platform.warehouse().loadTable(GAMES).refs()).containsOnlyKeys("main");
  }

  @Test
  @Order(8)
  void refusesAChangeOfWhatAnotherHasChanged() {
    try (Warehouse other = Warehouse.open(settings)) {
      Table mine = platform.warehouse().loadTable(GAMES);
      Table theirs = other.loadTable(GAMES);
      theirs.updateSchema().addColumn("remark", Types.StringType.get()).commit();
      StoreException e =
          catchThrowableOfType(
              StoreException.class,
              () ->
                  StoreFailures.attempt(
                      "add the column",
                      () -> {
                        mine.updateSchema().addColumn("weather", Types.StringType.get()).commit();
                        return mine;
                      }));
      assertThat(e.kind()).isEqualTo(Kind.CONFLICT);
      assertThat(platform.warehouse().loadTable(GAMES).schema().findField("remark")).isNotNull();
      assertThat(platform.warehouse().loadTable(GAMES).schema().findField("weather")).isNull();
    }
  }

  private static TableSnapshot current(Warehouse warehouse) {
    return TableSnapshot.current(GAMES, warehouse.loadTable(GAMES));
  }

  /// All objects of the sample's tables, data and metadata.
  private TreeSet<String> objects() {
    Warehouse warehouse = platform.warehouse();
    var io = (SupportsPrefixOperations) warehouse.io();
    var objects = new ArrayList<String>();
    for (TableName table : warehouse.listTables("basketball")) {
      for (FileInfo file : io.listPrefix(warehouse.loadTable(table).location())) {
        objects.add(file.location());
      }
    }
    return new TreeSet<>(objects);
  }
}
