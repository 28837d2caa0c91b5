package io.scorebook.gateway.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which engine answers, and how its answer is printed.
final class AnswerOptions {
  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      description = "duckdb or reference; with --explain also trino.")
  @Nullable String engine;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  Printing.Form format = Printing.Form.TABLE;

  /// Absent where the default is to answer.
  Optional<String> engine() {
    return Optional.ofNullable(engine);
  }
}
