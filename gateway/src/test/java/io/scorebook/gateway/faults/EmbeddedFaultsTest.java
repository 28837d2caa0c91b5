package io.scorebook.gateway.faults;

import io.scorebook.gateway.containers.S3Folder;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

/// The store that runs in the process when none is named.
class EmbeddedFaultsTest extends FaultsContract {
  private @Nullable S3Folder store;

  @Override
  protected URI start(Path folder) {
    store = S3Folder.start(folder.resolve("objects"), List.of(Lake.BUCKET));
    return store.endpoint();
  }

  @Override
  protected String store() {
    return "the embedded store";
  }

  @AfterAll
  void stop() {
    if (store != null) {
      store.close();
    }
  }
}
