package io.scorebook.catalog.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.rest.RESTCatalog;

/// Opens the Iceberg catalog that the settings name.
final class Catalogs {
  private static final String NAME = "scorebook";
  private static final int ATTEMPTS = 5;

  /// Of all tables in each bucket; the roles' rights begin there.
  static final String FOLDER = "tables";

  private Catalogs() {}

  static Catalog open(WarehouseSettings settings, S3Access access, FileIO io) {
    Optional<String> uri = settings.catalogUri();
    if (uri.filter(WarehouseSettings::isRest).isPresent()) {
      return rest(RestUri.parse(uri.get()), access);
    }
    return jdbc(uri, settings.home().resolve("catalog.db"), access, io);
  }

  private static Catalog jdbc(Optional<String> uri, Path file, S3Access access, FileIO io) {
    DatabaseUri database = DatabaseUri.parse(uri.orElse("jdbc:sqlite:" + file));
    var properties = new HashMap<String, String>();
    properties.put(CatalogProperties.URI, database.address());
    database.password().ifPresent(password -> properties.put("jdbc.password", password));
    properties.put(CatalogProperties.WAREHOUSE_LOCATION, location(access));
    properties.put("jdbc.schema-version", "V1");
    if (uri.isEmpty()) {
      // Readers and one writer at a time, of several processes; a writer waits for its turn.
      properties.put("jdbc.journal_mode", "WAL");
      properties.put("jdbc.busy_timeout", "30000");
    }
    String doing = uri.isEmpty() ? "open the catalog " + file : "open the catalog's database";
    RuntimeException last = new IllegalStateException("no attempt was made");
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      var catalog = new JdbcCatalog(_ -> io, null, true);
      try {
        catalog.initialize(NAME, properties);
        return catalog;
      } catch (RuntimeException e) {
        catalog.close();
        last = e; // two processes that make the catalog's tables at once: one finds them made
      }
    }
    throw StoreFailures.translate(doing, last);
  }

  private static Catalog rest(RestUri uri, S3Access access) {
    var properties = new HashMap<String, String>();
    properties.put(CatalogProperties.URI, uri.address());
    properties.put(CatalogProperties.WAREHOUSE_LOCATION, location(access));
    properties.put(CatalogProperties.FILE_IO_IMPL, CheckedS3.class.getName());
    properties.putAll(ioProperties(access));
    // Without these a server that is silent is waited for without end.
    properties.put("rest.client.connection-timeout-ms", "5000");
    properties.put("rest.client.socket-timeout-ms", "60000");
    // Each waits twice as long as the one before, from one second on.
    properties.put("rest.client.max-retries", "3");
    properties.putAll(uri.properties());
    var catalog = new RESTCatalog();
    try {
      return StoreFailures.attempt(
          "open the REST catalog " + uri.address(),
          () -> {
            catalog.initialize(NAME, properties);
            return catalog;
          });
    } catch (RuntimeException e) {
      close(catalog, e);
      throw e;
    }
  }

  private static void close(RESTCatalog catalog, RuntimeException failure) {
    try {
      catalog.close();
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private static Map<String, String> ioProperties(S3Access access) {
    var properties = new HashMap<String, String>();
    properties.put("client.region", access.region());
    properties.put("s3.path-style-access", String.valueOf(access.pathStyle()));
    access.endpoint().ifPresent(endpoint -> properties.put("s3.endpoint", endpoint.toString()));
    access
        .keys()
        .ifPresent(keys -> {
          properties.put("s3.access-key-id", keys.accessKeyId());
          properties.put("s3.secret-access-key", keys.secretAccessKey());
        });
    return properties;
  }

  /// Where new tables go; independent of the endpoint, whose port changes with each start.
  private static String location(S3Access access) {
    return "s3://%s/%s".formatted(access.bucket(), FOLDER);
  }
}
