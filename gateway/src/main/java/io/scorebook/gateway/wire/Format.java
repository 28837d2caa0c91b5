package io.scorebook.gateway.wire;

import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The formats in which an answer is written.
public enum Format {
  /// One object with columns, rows and provenance.
  JSON("application/json"),
  /// One object a row, each on its line.
  NDJSON("application/x-ndjson"),
  /// RFC 4180 with a header line; NULL is nothing between commas, the empty text is `""`.
  CSV("text/csv"),
  /// The stream format of Arrow's IPC: record batches.
  ARROW("application/vnd.apache.arrow.stream"),
  /// A Parquet file, of row groups of some megabytes.
  PARQUET("application/vnd.apache.parquet"),
  /// An Avro object container file.
  AVRO("application/avro");

  private final String mediaType;

  Format(String mediaType) {
    this.mediaType = mediaType;
  }

  public String mediaType() {
    return mediaType;
  }

  /// What `?format=` and `--format` call it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Format> find(String word) {
    return Arrays.stream(values()).filter(format -> format.word().equals(word)).findFirst();
  }

  /// The format of a media type, without parameters; also of other names that are in use.
  public static Optional<Format> ofMediaType(String mediaType) {
    return switch (mediaType.toLowerCase(Locale.ROOT)) {
      case "application/ndjson", "application/jsonl" -> Optional.of(NDJSON);
      case "application/vnd.apache.avro", "avro/binary" -> Optional.of(AVRO);
      case String other ->
          Arrays.stream(values()).filter(format -> format.mediaType.equals(other)).findFirst();
    };
  }

  public static List<String> words() {
    return Arrays.stream(values()).map(Format::word).toList();
  }

  /// Whether it is text, which is worth compressing on its way; the others are compressed already.
  public boolean isText() {
    return switch (this) {
      case JSON, NDJSON, CSV -> true;
      case ARROW, PARQUET, AVRO -> false;
    };
  }

  /// A writer of one answer, to be closed. Texts are flushed to `out` by [AnswerWriter#flush]
  /// alone; the others write a block when it is full.
  public AnswerWriter writer(OutputStream out) {
    return switch (this) {
      case JSON -> new JsonAnswerWriter(out);
      case NDJSON -> new NdjsonAnswerWriter(out);
      case CSV -> new CsvAnswerWriter(out, "\r\n");
      case ARROW -> new ArrowAnswerWriter(out);
      case PARQUET -> new ParquetAnswerWriter(out);
      case AVRO -> new AvroAnswerWriter(out);
    };
  }
}
