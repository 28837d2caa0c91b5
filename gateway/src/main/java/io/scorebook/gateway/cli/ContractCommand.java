package io.scorebook.gateway.cli;

import io.scorebook.catalog.policy.Caller;
import io.scorebook.catalog.registry.Product;
import io.scorebook.documents.Findings;
import io.scorebook.documents.Suggestions;
import io.scorebook.engine.datasheet.Address;
import io.scorebook.engine.datasheet.Datasheet;
import io.scorebook.engine.datasheet.Datasheet.Stored;
import io.scorebook.engine.datasheet.Datasheets;
import io.scorebook.engine.datasheet.DocumentForm;
import io.scorebook.engine.domain.Domain;
import io.scorebook.gateway.wire.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// What a product promises, in the words of a standard.
@Command(
    name = "contract",
    mixinStandardHelpOptions = true,
    description = {
      "Write a document of a product: its data contract, or another with --as.",
      "odcs and odps are YAML, the others JSON."
    },
    footer = {
      "",
      "Examples:",
      "  scorebook contract standings",
      "  scorebook contract standings/v1 --as avro --domain domains/basketball",
      "  scorebook contract standings --as openapi --url https://scorebook.example -o standings.json"
    })
final class ContractCommand implements Callable<Integer> {
  @Mixin HomeOptions home = new HomeOptions();

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Parameters(
      index = "0",
      paramLabel = "PRODUCT",
      description = "standings for its newest version, standings/v1, standings/v1.0.0.")
  String product;

  @Option(
      names = "--as",
      paramLabel = "FORM",
      defaultValue = "odcs",
      description = "odcs, odps, avro, json-schema, openapi, dcat, openlineage; default: odcs.")
  String form = "odcs";

  @Option(
      names = "--port",
      paramLabel = "NAME",
      description = "Which of the product's ports, where it has several.")
  @Nullable String port;

  @Option(
      names = "--domain",
      paramLabel = "FOLDER",
      description = "The domain, as it is in a folder; default: the published ones.")
  @Nullable Path domain;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Where the gateway answers; without it the document has no links.")
  @Nullable URI url;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where to write it; default: stdout.")
  @Nullable Path output;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    DocumentForm as =
        DocumentForm.find(form)
            .orElseThrow(() ->
                new ParameterException(
                    spec.commandLine(),
                    "Cannot find the form '%s'; %s"
                        .formatted(form, Suggestions.clause(form, DocumentForm.words()))));
    if (domain != null) {
      write(as, sheet(List.of(read(domain)), _ -> Optional.empty()));
      return 0;
    }
    try (var backend = HomeBackend.open(home)) {
      var view = backend.as(Caller.local());
      write(
          as,
          sheet(
              view.domains(),
              table ->
                  view.loads(table).map(loads -> new Stored(loads.location(), loads.snapshot()))));
    }
    return 0;
  }

  private Domain read(Path folder) {
    var findings = new Findings();
    Optional<Domain> read = Domain.read(folder, findings);
    PrintWriter err = spec.commandLine().getErr();
    findings.toList().stream().filter(finding -> finding.isError()).forEach(err::println);
    return read.orElseThrow(() ->
        new Failures.Refused(
            "Cannot use the domain in %s; mend the errors above".formatted(folder)));
  }

  private Datasheet sheet(List<Domain> domains, Function<String, Optional<Stored>> stored) {
    String name = product.replaceFirst("/v.*", "");
    Optional<String> version =
        product.contains("/v")
            ? Optional.of(product.substring(product.indexOf("/v") + 2))
            : Optional.empty();
    for (Domain one : domains) {
      Optional<Product> found =
          one.products().stream()
              .filter(p -> p.name().equals(name) && isOf(p, version))
              .max(java.util.Comparator.comparing(Product::version));
      if (found.isPresent()) {
        return new Datasheets(one, stored, address()).of(found.get());
      }
    }
    List<String> known =
        domains.stream()
            .flatMap(one -> one.products().stream())
            .map(p -> p.name() + "/v" + p.version().major())
            .toList();
    throw new Failures.Refused(
        "Cannot find the product '%s'; %s"
            .formatted(
                product,
                known.isEmpty()
                    ? "no domain is published here; name one with --domain FOLDER"
                    : Suggestions.clause(product, known)));
  }

  private static boolean isOf(Product product, Optional<String> version) {
    return version.isEmpty()
        || version.get().equals(product.version().toString())
        || version.get().equals(String.valueOf(product.version().major()));
  }

  private Optional<Address> address() {
    if (url == null) {
      return Optional.empty();
    }
    if (url.getHost() == null) {
      throw new ParameterException(
          spec.commandLine(), "Invalid --url: %s has no host".formatted(url));
    }
    return Optional.of(new Address(URI.create(url.toString().replaceAll("/+$", ""))));
  }

  private void write(DocumentForm as, Datasheet sheet) throws IOException {
    Map<String, ?> document = as.render(sheet, table(as, sheet));
    String text =
        as == DocumentForm.ODCS || as == DocumentForm.ODPS
            ? DocumentForm.yaml(document)
            : Json.indented(document) + "\n";
    if (output == null) {
      spec.commandLine().getOut().print(text);
      spec.commandLine().getOut().flush();
    } else {
      Files.writeString(output, text);
    }
  }

  private Datasheet.Table table(DocumentForm as, Datasheet sheet) {
    List<String> names = sheet.ports().stream().map(table -> table.port().name()).toList();
    if (port == null && (names.size() == 1 || !as.isOfPort())) {
      return sheet.ports().getFirst();
    }
    String wanted = port == null ? "" : port;
    return sheet.ports().stream()
        .filter(table -> table.port().name().equals(wanted))
        .findFirst()
        .orElseThrow(() ->
            new Failures.Refused(
                "Cannot choose a port of '%s'; name one with --port, of %s"
                    .formatted(product, names)));
  }
}
