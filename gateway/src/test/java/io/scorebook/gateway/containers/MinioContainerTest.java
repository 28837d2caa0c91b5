package io.scorebook.gateway.containers;

import io.scorebook.catalog.store.WarehouseSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;

/// A real S3: MinIO in a container of its own.
@Tag("container")
class MinioContainerTest extends WarehouseContract {
  private final MinioServer minio = new MinioServer();

  @Override
  protected WarehouseSettings start(Path home) {
    return minio.start().settings(home);
  }

  @AfterAll
  void stop() {
    minio.close();
  }
}
