package io.scorebook.gateway.containers;

import io.scorebook.catalog.store.WarehouseSettings;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;

/// MinIO, and the catalog in a real PostgreSQL beside it.
@Tag("container")
class PostgresContainerTest extends WarehouseContract {
  private final MinioServer minio = new MinioServer();
  private final PostgresServer postgres = new PostgresServer();

  @Override
  protected WarehouseSettings start(Path home) {
    postgres.start();
    WarehouseSettings store = minio.start().settings(home);
    return new WarehouseSettings(
        home,
        store.s3Endpoint(),
        store.s3Bucket(),
        store.s3Region(),
        store.s3PathStyle(),
        Optional.of(postgres.uri()));
  }

  @AfterAll
  void stop() {
    minio.close();
    postgres.close();
  }
}
