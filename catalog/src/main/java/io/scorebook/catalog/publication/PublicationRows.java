package io.scorebook.catalog.publication;

import io.scorebook.catalog.publication.Publication.Document;
import io.scorebook.catalog.publication.Publication.PortContract;
import io.scorebook.catalog.registry.Product.Status;
import io.scorebook.catalog.registry.Version;
import io.scorebook.catalog.store.ContentDigest;
import io.scorebook.catalog.store.StoreException;
import io.scorebook.catalog.store.StoreException.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.ListType;
import org.apache.iceberg.types.Types.LongType;
import org.apache.iceberg.types.Types.MapType;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.iceberg.types.Types.StringType;
import org.apache.iceberg.types.Types.StructType;
import org.jspecify.annotations.Nullable;

/// Between a publication and its rows: the first with everything in it, which is what is read back,
/// and one for each version that stands, flat, for those who ask the registry as a table. Both are
/// of one file and one commit.
final class PublicationRows {
  private static final StructType DOCUMENT =
      StructType.of(
          NestedField.required(20, "path", StringType.get(), "Below the domain's folder"),
          NestedField.required(21, "sha256", StringType.get(), "Of the text"),
          NestedField.required(22, "text", StringType.get()));

  private static final StructType VERSION =
      StructType.of(
          NestedField.required(30, "product", StringType.get()),
          NestedField.required(31, "version", StringType.get(), "As 1.0.0"),
          NestedField.required(32, "status", StringType.get(), "In ODPS's words"),
          NestedField.required(33, "content", StringType.get(), "Digest of what its ports mean"),
          NestedField.required(
              34, "documents", LongType.get(), "The publication that it is served from"),
          NestedField.optional(35, "deprecated_at", Types.TimestampType.withZone()),
          NestedField.optional(36, "sunset", Types.TimestampType.withZone(), "When it ends"),
          NestedField.optional(37, "successor", StringType.get(), "What to ask in its place"),
          NestedField.required(
              38,
              "pinned",
              MapType.ofRequired(40, 41, StringType.get(), LongType.get()),
              "The snapshot of each table; empty: read as it is"),
          NestedField.optional(39, "tag", StringType.get(), "That holds these snapshots"));

  private static final StructType CONTRACT =
      StructType.of(
          NestedField.required(50, "product", StringType.get()),
          NestedField.required(51, "version", StringType.get()),
          NestedField.required(52, "port", StringType.get()),
          NestedField.required(53, "text", StringType.get(), "An ODCS document, as JSON"));

  static final Schema SCHEMA =
      new Schema(
          NestedField.required(1, "number", LongType.get(), "Counted over all domains"),
          NestedField.required(2, "id", StringType.get()),
          NestedField.required(3, "domain", StringType.get()),
          NestedField.required(4, "hash", StringType.get(), "Digest of the documents"),
          NestedField.required(5, "publisher", StringType.get()),
          NestedField.required(6, "published_at", Types.TimestampType.withZone()),
          NestedField.required(7, "documents", ListType.ofRequired(10, DOCUMENT)),
          NestedField.required(8, "versions", ListType.ofRequired(11, VERSION)),
          NestedField.required(9, "contracts", ListType.ofRequired(12, CONTRACT)),
          NestedField.optional(69, "row_id", StringType.get(), "Of the row"),
          NestedField.optional(60, "product", StringType.get(), "Of a row that is of a version"),
          NestedField.optional(61, "version", StringType.get(), "As 1.0.0"),
          NestedField.optional(62, "status", StringType.get(), "In ODPS's words"),
          NestedField.optional(63, "content", StringType.get(), "Digest of what its ports mean"),
          NestedField.optional(
              64, "served_from", LongType.get(), "The publication that it is served from"),
          NestedField.optional(65, "deprecated_at", Types.TimestampType.withZone()),
          NestedField.optional(66, "sunset", Types.TimestampType.withZone(), "When it ends"),
          NestedField.optional(67, "successor", StringType.get(), "What to ask in its place"),
          NestedField.optional(68, "tag", StringType.get(), "That holds its snapshots"));

  /// The column that is NULL in the first row of a publication alone.
  static final String OF_VERSION = "product";

  /// The columns without what is long.
  static final List<String> SHORT =
      List.of("number", "id", "domain", "hash", "publisher", "published_at", "versions");

  private PublicationRows() {}

  static List<Record> rows(
      Publication publication, List<Document> documents, List<PortContract> contracts) {
    var rows = new ArrayList<Record>();
    rows.add(row(publication, documents, contracts));
    publication.versions().forEach(version -> rows.add(flat(publication, version)));
    return rows;
  }

  private static Record flat(Publication publication, PublishedVersion version) {
    Record row = row(publication, List.of(), List.of());
    row.setField("versions", List.of());
    Record of = row(version);
    for (String field :
        List.of(
            "product",
            "version",
            "status",
            "content",
            "deprecated_at",
            "sunset",
            "successor",
            "tag")) {
      row.setField(field, of.getField(field));
    }
    row.setField("served_from", version.documents());
    row.setField(
        "row_id", "%s/%s/%s".formatted(publication.id(), version.product(), version.version()));
    return row;
  }

  private static Record row(
      Publication publication, List<Document> documents, List<PortContract> contracts) {
    Record row = GenericRecord.create(SCHEMA);
    row.setField("number", publication.number());
    row.setField("id", publication.id());
    row.setField("domain", publication.domain());
    row.setField("hash", publication.hash());
    row.setField("publisher", publication.publisher());
    row.setField("published_at", time(publication.at()));
    row.setField("documents", documents.stream().map(PublicationRows::row).toList());
    row.setField("versions", publication.versions().stream().map(PublicationRows::row).toList());
    row.setField("contracts", contracts.stream().map(PublicationRows::row).toList());
    row.setField("row_id", publication.id());
    return row;
  }

  private static Record row(Document document) {
    Record row = GenericRecord.create(DOCUMENT);
    row.setField("path", document.path());
    row.setField("sha256", digest(document.text()));
    row.setField("text", document.text());
    return row;
  }

  private static Record row(PublishedVersion version) {
    Record row = GenericRecord.create(VERSION);
    row.setField("product", version.product());
    row.setField("version", version.version().toString());
    row.setField("status", version.status().word());
    row.setField("content", version.content());
    row.setField("documents", version.documents());
    row.setField("deprecated_at", version.deprecatedAt().map(PublicationRows::time).orElse(null));
    row.setField("sunset", version.sunset().map(PublicationRows::time).orElse(null));
    row.setField("successor", version.successor().orElse(null));
    row.setField("pinned", Map.copyOf(version.pinned()));
    row.setField("tag", version.tag().orElse(null));
    return row;
  }

  private static Record row(PortContract contract) {
    Record row = GenericRecord.create(CONTRACT);
    row.setField("product", contract.product());
    row.setField("version", contract.version());
    row.setField("port", contract.port());
    row.setField("text", contract.text());
    return row;
  }

  private static OffsetDateTime time(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }

  private static String digest(String text) {
    return ContentDigest.of(text.getBytes(StandardCharsets.UTF_8));
  }

  static Publication publication(Record row) {
    var versions = new ArrayList<PublishedVersion>();
    for (Record version : records(row, "versions")) {
      versions.add(version(version));
    }
    return new Publication(
        (Long) row.getField("number"),
        text(row, "id"),
        text(row, "domain"),
        text(row, "hash"),
        text(row, "publisher"),
        instant(row.getField("published_at")).orElseThrow(),
        versions);
  }

  private static PublishedVersion version(Record row) {
    var pinned = new TreeMap<String, Long>();
    ((Map<?, ?>) row.getField("pinned"))
        .forEach((table, snapshot) -> pinned.put(String.valueOf(table), (Long) snapshot));
    return new PublishedVersion(
        text(row, "product"),
        Version.find(text(row, "version")).orElseThrow(() -> unreadable(row)),
        Status.valueOf(text(row, "status").toUpperCase(Locale.ROOT)),
        text(row, "content"),
        (Long) row.getField("documents"),
        instant(row.getField("deprecated_at")),
        instant(row.getField("sunset")),
        Optional.ofNullable(row.getField("successor")).map(Object::toString),
        pinned,
        Optional.ofNullable(row.getField("tag")).map(Object::toString));
  }

  static List<Document> documents(Record row) {
    var documents = new ArrayList<Document>();
    for (Record document : records(row, "documents")) {
      String text = text(document, "text");
      if (!digest(text).equals(text(document, "sha256"))) {
        throw new StoreException(
            Kind.OBJECT_CORRUPT,
            "Cannot read the document '%s' of a publication: it has another digest than was written"
                .formatted(text(document, "path")));
      }
      documents.add(new Document(text(document, "path"), text));
    }
    return documents;
  }

  static List<PortContract> contracts(Record row) {
    var contracts = new ArrayList<PortContract>();
    for (Record contract : records(row, "contracts")) {
      contracts.add(
          new PortContract(
              text(contract, "product"),
              text(contract, "version"),
              text(contract, "port"),
              text(contract, "text")));
    }
    return contracts;
  }

  private static List<Record> records(Record row, String field) {
    var records = new ArrayList<Record>();
    ((List<?>) row.getField(field)).forEach(record -> records.add((Record) record));
    return records;
  }

  private static String text(Record row, String field) {
    return row.getField(field).toString();
  }

  private static Optional<Instant> instant(@Nullable Object time) {
    return Optional.ofNullable((OffsetDateTime) time).map(OffsetDateTime::toInstant);
  }

  private static StoreException unreadable(Record row) {
    return new StoreException(Kind.UNSUPPORTED, "Cannot read the version " + row);
  }
}
