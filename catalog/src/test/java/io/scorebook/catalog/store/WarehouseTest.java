package io.scorebook.catalog.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scorebook.catalog.store.StoreException.Kind;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WarehouseTest {
  private static final TableName GAMES = new TableName("league", "games");
  private static final Schema SCHEMA =
      new Schema(Types.NestedField.required(1, "id", Types.LongType.get()));

  @TempDir Path home;

  @Test
  void aTableOutlivesTheWarehouseThatMadeIt() {
    try (var warehouse = Warehouse.open(WarehouseSettings.embedded(home))) {
      warehouse.catalog().createTable(GAMES.identifier(), SCHEMA);
    }
    try (var warehouse = Warehouse.open(WarehouseSettings.embedded(home))) {
      assertThat(warehouse.listTables()).containsExactly(GAMES);
      assertThat(warehouse.listTables("league")).containsExactly(GAMES);
      assertThat(warehouse.loadTable(GAMES).schema().findField("id").isRequired()).isTrue();
    }
  }

  @Test
  void readersOfTheCatalogFileDoNotWaitForAWriter() throws Exception {
    Warehouse.open(WarehouseSettings.embedded(home)).close();
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("catalog.db"));
        var mode = connection.createStatement().executeQuery("PRAGMA journal_mode")) {
      assertThat(mode.getString(1)).isEqualTo("wal");
    }
  }

  @Test
  void twoWarehousesOverOneHomeSeeEachOther() {
    try (var one = Warehouse.open(WarehouseSettings.embedded(home));
        var other = Warehouse.open(WarehouseSettings.embedded(home))) {
      one.catalog().createTable(GAMES.identifier(), SCHEMA);
      assertThat(other.findTable(GAMES)).isPresent();
    }
  }

  @Test
  void aMissingTableIsEmptyOrToldByName() {
    try (var warehouse = Warehouse.open(WarehouseSettings.embedded(home))) {
      assertThat(warehouse.findTable(GAMES)).isEmpty();
      assertThat(warehouse.listTables("nowhere")).isEmpty();
      assertThatThrownBy(() -> warehouse.loadTable(GAMES))
          .isInstanceOf(StoreException.class)
          .hasMessage("Cannot find the table 'league.games'; load data into it first");
    }
  }

  @Test
  void aStoreThatIsAwayIsToldAtTheStart() throws IOException {
    int port;
    try (var free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    System.setProperty("aws.accessKeyId", "any");
    System.setProperty("aws.secretAccessKey", "any");
    try {
      assertThatThrownBy(() -> Warehouse.open(external("http://127.0.0.1:" + port, "things")))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.STORE_AWAY))
          .hasMessageContaining("127.0.0.1:" + port);
    } finally {
      System.clearProperty("aws.accessKeyId");
      System.clearProperty("aws.secretAccessKey");
    }
  }

  @Test
  void aStoreThatRefusesTheKeysIsToldAtTheStart() throws IOException {
    Path objects = Files.createDirectories(home.resolve("elsewhere"));
    try (var store = EmbeddedObjectStore.start(objects)) {
      System.setProperty("aws.accessKeyId", "wrong");
      System.setProperty("aws.secretAccessKey", "secret-that-is-wrong");
      assertThatThrownBy(() -> Warehouse.open(external(store.endpoint().toString(), "things")))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.STORE_REFUSES))
          .hasMessageNotContaining("secret-that-is-wrong");
    } finally {
      System.clearProperty("aws.accessKeyId");
      System.clearProperty("aws.secretAccessKey");
    }
  }

  @Test
  void anExternalBucketMustExist() throws IOException {
    Path objects = Files.createDirectories(home.resolve("elsewhere"));
    try (var store = EmbeddedObjectStore.start(objects)) {
      System.setProperty("aws.accessKeyId", store.keys().accessKeyId());
      System.setProperty("aws.secretAccessKey", store.keys().secretAccessKey());
      String endpoint = store.endpoint().toString();
      assertThatThrownBy(() -> Warehouse.open(external(endpoint, "things")))
          .hasMessage("Cannot find the bucket 'things'; make it first");
      Files.createDirectory(objects.resolve("things"));
      try (var warehouse = Warehouse.open(external(endpoint, "things"))) {
        warehouse.catalog().createTable(GAMES.identifier(), SCHEMA);
        assertThat(warehouse.loadTable(GAMES).location()).startsWith("s3://things/tables/");
      }
    } finally {
      System.clearProperty("aws.accessKeyId");
      System.clearProperty("aws.secretAccessKey");
    }
  }

  @Test
  void aDomainMayHaveABucketOfItsOwn() throws IOException {
    Path objects = Files.createDirectories(home.resolve("elsewhere"));
    Files.createDirectory(objects.resolve("things"));
    try (var store = EmbeddedObjectStore.start(objects)) {
      System.setProperty("aws.accessKeyId", store.keys().accessKeyId());
      System.setProperty("aws.secretAccessKey", store.keys().secretAccessKey());
      WarehouseSettings settings = external(store.endpoint(), Map.of("league", "of-the-league"));
      assertThatThrownBy(() -> Warehouse.open(settings))
          .hasMessage("Cannot find the bucket 'of-the-league'; make it first");
      Files.createDirectory(objects.resolve("of-the-league"));
      TableName other = new TableName("other", "games");
      try (var warehouse = Warehouse.open(settings)) {
        warehouse.buildTable(GAMES, SCHEMA).create();
        warehouse.buildTable(other, SCHEMA).create();
        assertThat(warehouse.loadTable(GAMES).location())
            .isEqualTo("s3://of-the-league/tables/league/games");
        assertThat(warehouse.loadTable(other).location())
            .isEqualTo("s3://things/tables/other/games");
      }
      assertThat(objects.resolve("of-the-league/tables/league/games/metadata"))
          .isNotEmptyDirectory();
      assertThat(objects.resolve("things/tables/league")).doesNotExist();
    } finally {
      System.clearProperty("aws.accessKeyId");
      System.clearProperty("aws.secretAccessKey");
    }
  }

  private WarehouseSettings external(URI endpoint, Map<String, String> domainBuckets) {
    return new WarehouseSettings(
        home,
        Optional.of(endpoint),
        Optional.of("things"),
        Optional.empty(),
        true,
        Optional.empty(),
        Optional.empty(),
        domainBuckets);
  }

  @Test
  void settingsThatCannotWorkAreRefused() {
    assertThatThrownBy(
            () -> external(URI.create("http://127.0.0.1:1"), Map.of("league", "No Bucket")))
        .hasMessageStartingWith("Invalid bucket of a domain 'league=No Bucket'");
    assertThatThrownBy(() -> external("http://127.0.0.1:1", null))
        .hasMessageContaining("without a bucket");
    assertThatThrownBy(() -> external("ftp://127.0.0.1:9000", "things"))
        .hasMessageStartingWith("Invalid S3 endpoint");
    assertThatThrownBy(() ->
            new WarehouseSettings(
                home,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.of("postgresql://user:hidden@host/db")))
        .hasMessageStartingWith("Invalid catalog URI")
        .hasMessageNotContaining("hidden");
  }

  private WarehouseSettings external(
      String endpoint, @org.jspecify.annotations.Nullable String bucket) {
    return new WarehouseSettings(
        home,
        Optional.of(URI.create(endpoint)),
        Optional.ofNullable(bucket),
        Optional.empty(),
        true,
        Optional.empty());
  }
}
