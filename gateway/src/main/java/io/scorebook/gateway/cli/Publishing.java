package io.scorebook.gateway.cli;

import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.publish.Outcome;
import io.scorebook.engine.publish.Terms;
import java.io.PrintWriter;
import java.nio.file.Path;

/// Publishes a domain's folder as one works on it, and tells what is wrong with it where that
/// cannot be.
final class Publishing {
  private Publishing() {}

  static Domain publish(HomeBackend backend, Path folder, PrintWriter err) {
    return switch (backend.publish(folder, Terms.whileWorking(user()))) {
      case Outcome.Published published -> published.domain();
      case Outcome.Unchanged unchanged -> unchanged.domain();
      case Outcome.Invalid(var findings) -> {
        findings.forEach(err::println);
        throw new Failures.Refused(
            "Cannot publish the domain in %s; mend the errors above. Nothing was changed"
                .formatted(folder));
      }
      case Outcome.Refused(var reasons) -> {
        reasons.forEach(reason -> PublishWords.lines(reason).forEach(err::println));
        throw new Failures.Refused(
            ("Cannot publish the domain in %s over what is published; raise the versions above, or"
                    + " work on a product with the status draft. Nothing was changed")
                .formatted(folder));
      }
    };
  }

  /// Who publishes from here.
  static String user() {
    String name = System.getProperty("user.name", "");
    return name.isBlank() ? "local" : name;
  }
}
