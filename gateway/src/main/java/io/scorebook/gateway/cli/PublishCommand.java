package io.scorebook.gateway.cli;

import io.scorebook.catalog.store.Warehouse;
import io.scorebook.engine.publish.Outcome;
import io.scorebook.engine.publish.PublishedDomains;
import io.scorebook.engine.publish.Terms;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// A domain's folder into the registry, for others to rely on.
@Command(
    name = "publish",
    mixinStandardHelpOptions = true,
    description = {
      "Publish a domain: check its files, compare it with what is published, and put it into the",
      "registry in one commit. Refused is what breaks readers without a new major version, and",
      "other content under a version that is published; the reasons are told with old and new."
    },
    footer = {
      "",
      "Examples:",
      "  scorebook publish domains/basketball",
      "  scorebook publish --home /var/lib/scorebook my-domain"
    })
final class PublishCommand implements Callable<Integer> {
  @Mixin HomeOptions home = new HomeOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "FOLDER",
      defaultValue = ".",
      description = "The domain's folder; default: this one.")
  Path folder = Path.of(".");

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try (var warehouse = Warehouse.open(home.warehouse())) {
      QuietLogging.toFile(home.home);
      return tell(
          PublishedDomains.open(warehouse).publish(folder, Terms.forOthers(Publishing.user())),
          out,
          err);
    }
  }

  private static int tell(Outcome outcome, PrintWriter out, PrintWriter err) {
    return switch (outcome) {
      case Outcome.Published(_, var publication, var changes) -> {
        out.println(
            "Published %s as publication %d".formatted(publication.domain(), publication.number()));
        PublishWords.versions(publication).forEach(out::println);
        changes.forEach(change -> out.println("%s: %s".formatted(change.at(), change)));
        yield 0;
      }
      case Outcome.Unchanged(_, var publication) -> {
        out.println(
            "Nothing to publish: %s is as publication %d has it, of %s by %s"
                .formatted(
                    publication.domain(),
                    publication.number(),
                    publication.at(),
                    publication.publisher()));
        yield 0;
      }
      case Outcome.Invalid(var findings) -> {
        findings.forEach(err::println);
        err.println("Cannot publish: mend the errors above. Nothing was changed");
        yield Failures.FAILED;
      }
      case Outcome.Refused(var reasons) -> {
        reasons.forEach(reason -> PublishWords.lines(reason).forEach(err::println));
        err.println("Cannot publish over what is published. Nothing was changed");
        yield Failures.FAILED;
      }
    };
  }
}
