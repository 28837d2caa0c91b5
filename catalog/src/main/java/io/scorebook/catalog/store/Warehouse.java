package io.scorebook.catalog.store;

import io.scorebook.catalog.store.StoreException.Kind;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.aws.s3.S3FileIO;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.io.FileIO;
import software.amazon.awssdk.services.s3.S3Client;

/// An open object store and the Iceberg catalog over it. Safe for many threads; several processes
/// may have the same home open, and each sees what the others commit.
///
/// All methods throw [StoreException] where the store or the catalog fails.
public final class Warehouse implements AutoCloseable {
  private final WarehouseSettings settings;
  private final Optional<EmbeddedObjectStore> embedded;
  private final S3Access access;
  private final S3FileIO s3;
  private final FileIO io;
  private final Catalog catalog;

  private Warehouse(
      WarehouseSettings settings,
      Optional<EmbeddedObjectStore> embedded,
      S3Access access,
      S3FileIO s3,
      FileIO io,
      Catalog catalog) {
    this.settings = settings;
    this.embedded = embedded;
    this.access = access;
    this.s3 = s3;
    this.io = io;
    this.catalog = catalog;
  }

  /// Opens what the settings name; makes the home folder, the embedded bucket and the embedded
  /// catalog where they are missing. A wrong endpoint, bucket or key is told here.
  public static Warehouse open(WarehouseSettings settings) {
    return open(settings, UnaryOperator.identity());
  }

  /// Opens with something around each access to objects: to count, to slow down, to fail in tests.
  /// A REST catalog has its own access, which stays as it is.
  public static Warehouse open(WarehouseSettings settings, UnaryOperator<FileIO> around) {
    Path objects = settings.home().resolve("objects");
    try {
      Files.createDirectories(settings.isEmbeddedStore() ? objects : settings.home());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot make the folder " + settings.home(), e);
    }
    Optional<EmbeddedObjectStore> embedded =
        settings.isEmbeddedStore()
            ? Optional.of(EmbeddedObjectStore.start(objects))
            : Optional.empty();
    var access =
        new S3Access(
            embedded.map(EmbeddedObjectStore::endpoint).or(settings::s3Endpoint),
            settings.bucket(),
            settings.region(),
            settings.s3PathStyle() || embedded.isPresent(),
            embedded.map(EmbeddedObjectStore::keys),
            settings.s3Ca());
    S3Client client = access.connect();
    var s3 = new CheckedS3(() -> client);
    try {
      s3.initialize(Map.of("s3.staging-dir", uploads(settings.home()).toString()));
      access.checkBuckets(client, settings.buckets(), embedded.isPresent());
      FileIO io = around.apply(s3);
      return new Warehouse(settings, embedded, access, s3, io, Catalogs.open(settings, access, io));
    } catch (RuntimeException e) {
      s3.close();
      embedded.ifPresent(EmbeddedObjectStore::close);
      throw e;
    }
  }

  /// Where parts of objects wait until they are sent; what a killed process leaves is found here.
  public static Path uploads(Path home) {
    return home.resolve("uploads");
  }

  public Path home() {
    return settings.home();
  }

  /// Iceberg's own view of everything here.
  public Catalog catalog() {
    return catalog;
  }

  /// Reads and writes objects by their full path (`s3://...`).
  public FileIO io() {
    return io;
  }

  /// The endpoint in use, for messages; absent for Amazon's own.
  public Optional<URI> endpoint() {
    return access.endpoint();
  }

  /// The table as it is now, or empty where there is none.
  public Optional<Table> findTable(TableName name) {
    return StoreFailures.attempt(
        "open the table " + name,
        () -> {
          try {
            return Optional.of(catalog.loadTable(name.identifier()));
          } catch (NoSuchTableException _) {
            return Optional.empty();
          }
        });
  }

  /// The table as it is now; [Kind#NOT_FOUND] where there is none.
  public Table loadTable(TableName name) {
    return findTable(name)
        .orElseThrow(() ->
            new StoreException(
                Kind.NOT_FOUND,
                "Cannot find the table '%s'; load data into it first".formatted(name)));
  }

  /// All tables of a namespace, in order of their names.
  public List<TableName> listTables(String namespace) {
    return StoreFailures.attempt(
        "list the tables of " + namespace,
        () -> {
          var space = Namespace.of(namespace);
          if (catalog instanceof SupportsNamespaces spaces && !spaces.namespaceExists(space)) {
            return List.<TableName>of();
          }
          return catalog.listTables(space).stream()
              .flatMap(id -> name(id).stream())
              .sorted()
              .toList();
        });
  }

  /// All tables, in order of their names.
  public List<TableName> listTables() {
    return StoreFailures.attempt(
        "list the tables",
        () -> {
          var tables = new ArrayList<TableName>();
          if (catalog instanceof SupportsNamespaces spaces) {
            for (Namespace space : spaces.listNamespaces()) {
              tables.addAll(listTables(space.toString()));
            }
          }
          return tables.stream().sorted().toList();
        });
  }

  /// Begins a table that is not there yet: in the bucket of its domain, or where the catalog wants
  /// it. Makes the namespace where it is missing.
  public Catalog.TableBuilder buildTable(TableName name, Schema schema) {
    createNamespace(name.namespace());
    Catalog.TableBuilder table = catalog.buildTable(name.identifier(), schema);
    return ownLocation(name.namespace())
        .map(location -> table.withLocation(location + "/" + name.name()))
        .orElse(table);
  }

  private Optional<String> ownLocation(String namespace) {
    return Optional.ofNullable(settings.domainBuckets().get(namespace))
        .map(bucket -> "s3://%s/%s/%s".formatted(bucket, Catalogs.FOLDER, namespace));
  }

  /// Makes the namespace where it is missing.
  public void createNamespace(String namespace) {
    StoreFailures.attempt(
        "make the namespace " + namespace,
        () -> {
          var space = Namespace.of(namespace);
          if (catalog instanceof SupportsNamespaces spaces && !spaces.namespaceExists(space)) {
            try {
              // Not Map.of: the client of REST catalogs asks whether there is a key null.
              var properties = new HashMap<String, String>();
              ownLocation(namespace).ifPresent(location -> properties.put("location", location));
              spaces.createNamespace(space, properties);
            } catch (RuntimeException e) {
              // Made by another in between: databases have their own words for it.
              if (!(e instanceof AlreadyExistsException) && !spaces.namespaceExists(space)) {
                throw e;
              }
            }
          }
          return space;
        });
  }

  /// Tables that others made under names that cannot be asked for here are not listed.
  private static Optional<TableName> name(TableIdentifier identifier) {
    String space = identifier.namespace().toString();
    return TableName.isWord(space) && TableName.isWord(identifier.name())
        ? Optional.of(new TableName(space, identifier.name()))
        : Optional.empty();
  }

  @Override
  public void close() {
    try {
      if (catalog instanceof Closeable closeable) {
        closeable.close();
      }
    } catch (IOException e) {
      throw StoreFailures.translate("close the catalog", e);
    } finally {
      s3.close();
      embedded.ifPresent(EmbeddedObjectStore::close);
    }
  }
}
