package io.scorebook.catalog.load;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// The formats of files that can be loaded.
public enum SourceFormat {
  /// Comma-separated, UTF-8, a header line, quotes as in RFC 4180; gzipped or not.
  CSV,
  /// One JSON object a line, UTF-8; gzipped or not.
  NDJSON,
  /// Avro's object container file.
  AVRO,
  PARQUET;

  /// The format that a file's name tells, whether it ends in `.gz` or not.
  public static Optional<SourceFormat> of(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".gz")) {
      name = name.substring(0, name.length() - ".gz".length());
    }
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "csv" -> Optional.of(CSV);
      case "ndjson", "jsonl" -> Optional.of(NDJSON);
      case "avro" -> Optional.of(AVRO);
      case "parquet" -> Optional.of(PARQUET);
      default -> Optional.empty();
    };
  }
}
