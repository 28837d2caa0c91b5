package io.scorebook.gateway.cli;

import io.scorebook.documents.Findings;
import io.scorebook.engine.domain.Domain;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;

/// Publishes a domain's folder, and tells what is wrong with it where that cannot be.
final class Publishing {
  private Publishing() {}

  static Domain publish(HomeBackend backend, Path folder, PrintWriter err) {
    var findings = new Findings();
    Optional<Domain> domain = backend.platform().domains().publish(folder, findings);
    findings.toList().forEach(err::println);
    return domain.orElseThrow(() ->
        new Failures.Refused(
            "Cannot publish the domain in %s; mend the errors above. Nothing was changed"
                .formatted(folder)));
  }
}
