package io.scorebook.engine.duckdb;

import io.scorebook.engine.answer.EngineException;
import io.scorebook.engine.answer.EngineException.Kind;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells what an error of DuckDB means for the asker, by the words it begins with.
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
  private static final List<Map.Entry<String, Kind>> KINDS =
      List.of(
          Map.entry("Out of Memory Error", Kind.OUT_OF_MEMORY),
          Map.entry("Invalid result set", Kind.INTERNAL),
          Map.entry("Out of Range Error", Kind.DATA),
          Map.entry("Conversion Error", Kind.DATA),
          Map.entry("Invalid Input Error", Kind.DATA),
          Map.entry("Not implemented Error", Kind.UNSUPPORTED),
          Map.entry("IO Error", Kind.STORE_UNAVAILABLE));

  private Failures() {}

  static EngineException translate(Exception e) {
    String message = String.valueOf(e.getMessage());
    Kind kind =
        KINDS.stream()
            .filter(entry -> message.contains(entry.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(Kind.INTERNAL);
    return new EngineException(kind, describe(kind, firstLine(message)), e);
  }

  private static String describe(Kind kind, String message) {
    return switch (kind) {
      case OUT_OF_MEMORY ->
          "Cannot answer within the engine's memory and spill space; ask for less, or allow more: "
              + message;
      case DATA -> "Cannot compute a value: " + message;
      // Of files and of our own text, which the asker has not written, and may not know.
      case INTERNAL, STORE_UNAVAILABLE -> {
        LOG.error("Cannot run a query in DuckDB: {}", message);
        yield "Cannot run the query: the engine %s; the gateway's log says why"
            .formatted(
                kind == Kind.INTERNAL ? "failed" : "cannot read or write a file that it needs");
      }
      default -> "Cannot run the query: " + message;
    };
  }

  private static String firstLine(String message) {
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
