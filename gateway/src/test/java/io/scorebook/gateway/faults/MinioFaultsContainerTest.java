package io.scorebook.gateway.faults;

import io.scorebook.gateway.containers.MinioServer;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;

/// A real S3: MinIO, which checks the signature against the host that the client named.
@Tag("container")
class MinioFaultsContainerTest extends FaultsContract {
  private final MinioServer minio = new MinioServer();

  @Override
  protected URI start(Path folder) {
    return minio.start().endpoint();
  }

  @Override
  protected String store() {
    return "MinIO";
  }

  @AfterAll
  void stop() {
    minio.close();
  }
}
