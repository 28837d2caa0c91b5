package io.scorebook.gateway.containers;

import io.scorebook.catalog.store.WarehouseSettings;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;

/// A REST catalog, and an S3 beside it that both of them reach.
class RestWarehouseTest extends WarehouseContract {
  @SuppressWarnings("NullAway.Init") // set before the first test
  private S3Folder store;

  @SuppressWarnings("NullAway.Init") // set before the first test
  private RestCatalogServer catalog;

  @Override
  protected WarehouseSettings start(Path home) {
    store = S3Folder.start(home.resolveSibling("s3"), List.of("lake"));
    catalog =
        new RestCatalogServer(
            home.resolveSibling("rest.db"), "s3://lake/of-the-server", store.access());
    return settings(home, store, catalog);
  }

  static WarehouseSettings settings(Path home, S3Folder store, RestCatalogServer catalog) {
    String token = URLEncoder.encode(RestCatalogServer.TOKEN, StandardCharsets.UTF_8);
    return new WarehouseSettings(
        home,
        Optional.of(store.endpoint()),
        Optional.of("lake"),
        Optional.empty(),
        true,
        Optional.of(catalog.uri() + "?token=" + token));
  }

  @AfterAll
  void stop() {
    catalog.close();
    store.close();
  }
}
