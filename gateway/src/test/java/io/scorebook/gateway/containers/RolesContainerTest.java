package io.scorebook.gateway.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.scorebook.catalog.contract.Contract;
import io.scorebook.catalog.load.Allowance;
import io.scorebook.catalog.load.LoadOptions;
import io.scorebook.catalog.load.LoadReport;
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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// A bucket of its own for a domain, and the roles of `deploy/minio` in it: the loader writes it
/// and nothing else, the gateway reads all.
@Tag("container")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RolesContainerTest {
  private static final String DOMAIN = "basketball";
  private static final String OWN = "of-the-domain";
  private static final String SECRET = "a-secret-of-tests";
  private static final Schema SCHEMA =
      new Schema(Types.NestedField.required(1, "id", Types.LongType.get()));

  private final MinioServer minio = new MinioServer();

  @SuppressWarnings("NullAway.Init") // set before the first test
  private Path folder;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    folder = temporary;
    minio.start();
    roles(OWN, DOMAIN);
    roles(MinioServer.BUCKET, "another");
    SampleDomain.copyTo(folder.resolve("domain"));
    Fixture.copyTo(folder.resolve("data"));
  }

  @AfterAll
  void stop() {
    minio.close();
  }

  private void roles(String bucket, String domain) throws IOException, InterruptedException {
    Path log = folder.resolve("roles.log");
    String script = System.getProperty("scorebook.root") + "/deploy/minio/roles";
    var command =
        new ProcessBuilder(script, bucket, domain)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    command
        .environment()
        .putAll(
            Map.of(
                "MINIO_URL",
                minio.endpoint().toString(),
                "MINIO_ROOT_USER",
                MinioServer.USER,
                "MINIO_ROOT_PASSWORD",
                MinioServer.PASSWORD,
                "GATEWAY_KEY",
                "gateway",
                "GATEWAY_SECRET",
                SECRET,
                "LOADER_KEY",
                "loader-" + domain,
                "LOADER_SECRET",
                SECRET));
    Process process = command.start();
    assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
  }

  private WarehouseSettings as(String key) {
    System.setProperty("aws.accessKeyId", key);
    System.setProperty("aws.secretAccessKey", SECRET);
    return new WarehouseSettings(
        folder.resolve("home"),
        Optional.of(minio.endpoint()),
        Optional.of(MinioServer.BUCKET),
        Optional.empty(),
        true,
        Optional.empty(),
        Optional.empty(),
        Map.of(DOMAIN, OWN));
  }

  @Test
  @Order(1)
  void theLoaderOfADomainWritesItsBucket() {
    List<Contract> contracts;
    try (Platform platform = Platform.open(as("gateway"), EngineSettings.defaults())) {
      contracts =
          platform
              .domains()
              .publish(folder.resolve("domain"), new Findings())
              .orElseThrow()
              .contracts()
              .inLoadOrder();
    }
    try (Warehouse warehouse = Warehouse.open(as("loader-" + DOMAIN))) {
      var options = LoadOptions.DEFAULT.allowing(new Allowance.Percent(20));
      for (Contract contract : contracts) {
        List<Path> files = SourceFolder.find(contract, folder.resolve("data"));
        assertThat(new Loader(warehouse).load(contract, files, options))
            .isInstanceOf(LoadReport.class);
      }
      assertThat(warehouse.listTables(DOMAIN))
          .as("those of rejected rows are among them")
          .anyMatch(table -> table.name().endsWith("__quarantine"));
      for (TableName name : warehouse.listTables(DOMAIN)) {
        String place = "s3://%s/tables/%s/%s".formatted(OWN, DOMAIN, name.name());
        assertThat(warehouse.loadTable(name).location()).isEqualTo(place);
        assertThat(TableSnapshot.current(name, warehouse.loadTable(name)).files())
            .isNotEmpty()
            .allMatch(file -> file.path().startsWith(place + "/data/"));
      }
    }
  }

  @Test
  @Order(2)
  void theLoaderOfADomainWritesNothingElse() {
    try (Warehouse warehouse = Warehouse.open(as("loader-" + DOMAIN))) {
      assertRefused(warehouse, new TableName("another", "things"));
    }
    try (Warehouse warehouse = Warehouse.open(as("loader-another"))) {
      assertRefused(warehouse, new TableName(DOMAIN, "things"));
      warehouse.buildTable(new TableName("another", "things"), SCHEMA).create();
    }
  }

  @Test
  @Order(3)
  void theGatewayReadsAllAndWritesNoData() {
    try (Platform platform = Platform.open(as("gateway"), EngineSettings.defaults())) {
      String question = "{\"metrics\": [\"games\"]}";
      assertThat(Asked.rows(platform.answers(), question)).hasSize(1);
      TableName things = new TableName("another", "things");
      assertThat(platform.warehouse().loadTable(things).location())
          .startsWith("s3://" + MinioServer.BUCKET + "/tables/another/");
      assertRefused(platform.warehouse(), new TableName(DOMAIN, "things"));
      assertRefused(platform.warehouse(), new TableName("another", "more"));
    }
  }

  @Test
  @Order(4)
  void aKeyWithoutRightsInAnyIsToldAtTheStart() {
    StoreException e =
        catchThrowableOfType(StoreException.class, () -> Warehouse.open(as("nobody")).close());
    assertThat(e.kind()).isEqualTo(Kind.STORE_REFUSES);
  }

  private static void assertRefused(Warehouse warehouse, TableName table) {
    StoreException e =
        catchThrowableOfType(
            StoreException.class,
            () ->
                StoreFailures.attempt(
                    "make the table", () -> warehouse.buildTable(table, SCHEMA).create()));
    assertThat(e.kind()).as(table.toString()).isEqualTo(Kind.STORE_REFUSES);
  }
}
