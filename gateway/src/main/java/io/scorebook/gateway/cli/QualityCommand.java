package io.scorebook.gateway.cli;

import io.scorebook.catalog.quality.Measured;
import io.scorebook.documents.Suggestions;
import io.scorebook.engine.answer.EngineException;
import io.scorebook.engine.answer.Limits;
import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.domain.Domain.PublicPort;
import io.scorebook.engine.quality.Inspection.Inspected;
import io.scorebook.engine.quality.Inspection.Time;
import io.scorebook.engine.quality.PortStanding;
import io.scorebook.engine.quality.QualityBook;
import io.scorebook.gateway.wire.Json;
import io.scorebook.gateway.wire.QualityForm;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Measures what products promise, by hand.
@Command(
    name = "quality",
    mixinStandardHelpOptions = true,
    description = {
      "Measure what the published products promise: rules of quality, service levels.",
      "What is known of the same snapshots is not measured again. Ends with 1 where a rule of",
      "severity error does not hold or a level is missed."
    },
    footer = {
      "",
      "Examples:",
      "  scorebook quality",
      "  scorebook quality standings --again",
      "  scorebook quality standings --format json"
    })
final class QualityCommand implements Callable<Integer> {
  @Mixin HomeOptions home = new HomeOptions();

  @Parameters(
      paramLabel = "PRODUCT",
      arity = "0..1",
      description = "A product by its name; default: all of them, and the metrics with targets.")
  @Nullable String product;

  @Option(names = "--again", description = "Measure also what is known of these snapshots.")
  boolean again;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  ProofOptions.Form format = ProofOptions.Form.TABLE;

  @Option(
      names = "--rule-limit",
      paramLabel = "TIME",
      defaultValue = "10m",
      converter = LimitOptions.Time.class,
      description = "For one rule, as 60s or 5m; default: ${DEFAULT-VALUE}.")
  Duration limit = Duration.ofMinutes(10);

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  CommandSpec spec;

  @Override
  public Integer call() {
    try (HomeBackend backend = HomeBackend.open(home)) {
      List<Domain> domains = domains(backend);
      boolean fails = false;
      for (Domain domain : domains) {
        fails |= inspect(backend, domain);
      }
      return fails ? Failures.FAILED : 0;
    } catch (EngineException e) {
      throw new Failures.Refused(String.valueOf(e.getMessage()));
    }
  }

  private List<Domain> domains(HomeBackend backend) {
    List<Domain> all = backend.platform().answers().domains();
    if (product == null) {
      return all;
    }
    List<String> names =
        all.stream().flatMap(domain -> domain.products().stream()).map(p -> p.name()).toList();
    if (!names.contains(product)) {
      throw new Failures.Refused(
          "Cannot find the product '%s'; %s"
              .formatted(
                  product,
                  names.isEmpty() ? "none is published here" : Suggestions.clause(product, names)));
    }
    return all.stream()
        .filter(domain -> domain.products().stream().anyMatch(p -> p.name().equals(product)))
        .toList();
  }

  /// @return whether a product fails
  private boolean inspect(HomeBackend backend, Domain domain) {
    PrintWriter out = spec.commandLine().getOut();
    String wanted = product;
    List<Inspected> inspected =
        backend
            .platform()
            .inspection()
            .inspect(
                domain,
                task -> wanted == null || task.isOf(wanted),
                again,
                Time.of(limit, Duration.ofDays(1)));
    var ports = new ArrayList<Map<String, Object>>();
    boolean fails = false;
    for (PublicPort port : domain.ports()) {
      if (wanted != null && !port.product().name().equals(wanted)) {
        continue;
      }
      PortStanding standing = standing(backend, domain, port);
      fails |= standing.state() == PortStanding.State.FAILING;
      if (format == ProofOptions.Form.JSON) {
        ports.add(QualityForm.port(port, standing));
      } else {
        QualityWords.lines(port, standing).forEach(out::println);
      }
    }
    if (format == ProofOptions.Form.JSON) {
      out.println(Json.text(Map.of("model", domain.name(), "ports", ports)));
    } else {
      inspected.stream()
          .map(Inspected::measured)
          .filter(measured -> measured.kind() == Measured.Kind.TARGET)
          .map(QualityWords::target)
          .forEach(out::println);
    }
    spec.commandLine()
        .getErr()
        .println(
            "%d measured, %d known already"
                .formatted(
                    inspected.stream().filter(Inspected::isNew).count(),
                    inspected.stream().filter(one -> !one.isNew()).count()));
    return fails;
  }

  private PortStanding standing(HomeBackend backend, Domain domain, PublicPort port) {
    QualityBook book = backend.platform().quality();
    return book.standing(
        domain,
        port,
        backend.platform().answers().pin(book.tables(domain, port), Limits.of(limit)));
  }
}
