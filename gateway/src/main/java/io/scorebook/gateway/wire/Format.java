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
  CSV("text/csv");

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

  /// The format of a media type, without parameters.
  public static Optional<Format> ofMediaType(String mediaType) {
    return Arrays.stream(values())
        .filter(format -> format.mediaType.equalsIgnoreCase(mediaType))
        .findFirst();
  }

  public static List<String> words() {
    return Arrays.stream(values()).map(Format::word).toList();
  }

  /// A writer of one answer. Nothing is flushed to `out` but by [AnswerWriter#flush].
  public AnswerWriter writer(OutputStream out) {
    return switch (this) {
      case JSON -> new JsonAnswerWriter(out);
      case NDJSON -> new NdjsonAnswerWriter(out);
      case CSV -> new CsvAnswerWriter(out, "\r\n");
    };
  }
}
