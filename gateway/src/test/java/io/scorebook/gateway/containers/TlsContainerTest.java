package io.scorebook.gateway.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.scorebook.catalog.store.StoreException;
import io.scorebook.catalog.store.StoreException.Kind;
import io.scorebook.catalog.store.TableName;
import io.scorebook.catalog.store.Warehouse;
import io.scorebook.catalog.store.WarehouseSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// MinIO that speaks TLS, with a certificate from an authority that nobody knows.
@Tag("container")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsContainerTest {
  @SuppressWarnings("NullAway.Init") // set before the first test
  private ServerCertificate certificate;

  @SuppressWarnings("NullAway.Init") // set before the first test
  private MinioServer minio;

  @BeforeAll
  void start(@TempDir Path folder) {
    certificate = ServerCertificate.make(folder);
    minio = new MinioServer(Optional.of(certificate)).start();
  }

  @AfterAll
  void stop() {
    minio.close();
  }

  @Test
  void worksWithTheAuthorityThatIsNamed(@TempDir Path home) {
    var table = new TableName("league", "clubs");
    var schema = new Schema(Types.NestedField.required(1, "id", Types.LongType.get()));
    try (var warehouse = Warehouse.open(settings(home, Optional.of(certificate.authority())))) {
      warehouse.createNamespace("league");
      warehouse.catalog().createTable(table.identifier(), schema);
      assertThat(warehouse.loadTable(table).schema().findField("id")).isNotNull();
    }
  }

  @Test
  void trustsNobodyElse(@TempDir Path home, @TempDir Path other) {
    Path stranger = ServerCertificate.make(other).authority();
    assertThat(refused(settings(home, Optional.of(stranger)))).contains("--s3-ca");
    assertThat(refused(settings(home, Optional.empty()))).contains("--s3-ca");
  }

  private static String refused(WarehouseSettings settings) {
    StoreException e =
        catchThrowableOfType(StoreException.class, () -> Warehouse.open(settings).close());
    assertThat(e.kind()).isEqualTo(Kind.STORE_REFUSES);
    return String.valueOf(e.getMessage());
  }

  @Test
  void refusesWhatHoldsNoCertificate(@TempDir Path home) throws IOException {
    Path text = Files.writeString(home.resolve("text.pem"), "no certificate\n");
    IllegalArgumentException e =
        catchThrowableOfType(
            IllegalArgumentException.class,
            () -> Warehouse.open(settings(home, Optional.of(text))).close());
    assertThat(e)
        .hasMessageContaining("Invalid file of authorities")
        .hasMessageContaining("text.pem");
  }

  private WarehouseSettings settings(Path home, Optional<Path> authority) {
    return new WarehouseSettings(
        home,
        Optional.of(minio.endpoint()),
        Optional.of(MinioServer.BUCKET),
        Optional.empty(),
        true,
        Optional.empty(),
        authority);
  }
}
