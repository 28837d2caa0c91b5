package io.scorebook.gateway.cli;

import java.time.Duration;
import picocli.CommandLine.Option;

/// How what is declared is proven on the rows in home.
final class ProofOptions {
  /// What `--format` may be.
  enum Form {
    TABLE,
    JSON
  }

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "Of the proofs, ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  Form format = Form.TABLE;

  @Option(
      names = "--examples",
      paramLabel = "N",
      defaultValue = "5",
      description = "Rows that contradict, shown by their keys; default: ${DEFAULT-VALUE}.")
  int examples = 5;

  @Option(
      names = "--proof-limit",
      paramLabel = "TIME",
      defaultValue = "1h",
      converter = LimitOptions.Time.class,
      description = "For one proof, as 60s or 5m; default: ${DEFAULT-VALUE}.")
  Duration limit = Duration.ofHours(1);
}
