package io.scorebook.engine.domain;

import io.scorebook.catalog.contract.Contract;
import io.scorebook.catalog.contract.Contracts;
import io.scorebook.catalog.policy.Access;
import io.scorebook.catalog.policy.Grant;
import io.scorebook.catalog.policy.Policies;
import io.scorebook.catalog.publication.Publications;
import io.scorebook.catalog.registry.Product;
import io.scorebook.catalog.registry.Products;
import io.scorebook.catalog.table.ColumnType;
import io.scorebook.documents.Findings;
import io.scorebook.documents.Location;
import io.scorebook.engine.domain.Domain.PublicPort;
import io.scorebook.semantic.check.ModelCheck;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Metric;
import io.scorebook.semantic.model.OssieReader;
import io.scorebook.semantic.model.SemanticModel;
import io.scorebook.semantic.plan.Planner;
import io.scorebook.semantic.plan.Planning;
import io.scorebook.semantic.plan.SourceTable;
import io.scorebook.semantic.plan.SourceTable.Column;
import io.scorebook.semantic.plan.SourceTable.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads a domain's folder: each document by itself, then each against the others.
final class DomainReader {
  private DomainReader() {}

  /// A domain of the platform's users.
  static Optional<Domain> read(Path folder, Findings findings) {
    return readAny(folder, findings).filter(domain -> mayBeCalledSo(domain, findings));
  }

  /// Whether none of its names is one of the platform's own.
  private static boolean mayBeCalledSo(Domain domain, Findings findings) {
    var own = new Findings();
    if (domain.name().equalsIgnoreCase(Publications.NAMESPACE)) {
      own.error(
          domain.model().location(),
          "Cannot call a domain '%s': the platform's own tables are there"
              .formatted(domain.name()));
    }
    for (Product product : domain.products()) {
      if (PlatformDomain.PRODUCTS.contains(product.name())) {
        own.error(
            product.location(),
            "Cannot call a product '%s': the platform has one of that name for its stewards"
                .formatted(product.name()));
      }
    }
    own.toList().forEach(findings::add);
    return !own.hasErrors();
  }

  static Optional<Domain> readAny(Path folder, Findings findings) {
    if (!Files.isDirectory(folder)) {
      findings.error(
          Location.of(folder.toString()),
          "Cannot find the folder of the domain",
          "a domain has model.yaml, schemas/*.avsc and products/*.yaml");
      return Optional.empty();
    }
    var own = new Findings();
    Contracts contracts = readContracts(folder, own);
    Optional<SemanticModel> model =
        OssieReader.read(folder.resolve("model.yaml"), "model.yaml", own);
    List<Product> products = Products.read(folder, own);
    Optional<Policies> policies = model.flatMap(read -> readPolicies(folder, read, products, own));
    List<SourceTable> tables = tables(contracts);
    boolean contractsRead = !own.hasErrors();
    model.ifPresent(read -> {
      checkNamespace(read, contracts, own);
      if (contractsRead) {
        ModelCheck.check(read, tables, own);
      } else {
        ModelCheck.check(read, own); // a broken contract would make every table look unknown
      }
    });
    Optional<Domain> domain =
        policies.isPresent() && !own.hasErrors()
            ? bind(folder, model.orElseThrow(), contracts, tables, products, policies.get(), own)
            : Optional.empty();
    own.toList().forEach(findings::add);
    return own.hasErrors() ? Optional.empty() : domain;
  }

  static List<SourceTable> tables(Contracts contracts) {
    return contracts.inLoadOrder().stream().map(DomainReader::table).toList();
  }

  private static Contracts readContracts(Path folder, Findings findings) {
    Path schemas = folder.resolve("schemas");
    if (!Files.isDirectory(schemas)) {
      findings.error(
          Location.of("schemas"),
          "Cannot find the folder 'schemas'",
          "describe each source table there, as schemas/NAME.avsc");
      return new Contracts(List.of());
    }
    return Contracts.read(schemas, findings);
  }

  private static void checkNamespace(SemanticModel model, Contracts contracts, Findings findings) {
    contracts.inLoadOrder().stream()
        .filter(contract -> !contract.table().namespace().equals(model.name()))
        .findFirst()
        .ifPresent(contract ->
            findings.error(
                contract.location(),
                "Cannot use the namespace '%s' in the domain '%s'"
                    .formatted(contract.table().namespace(), model.name()),
                "tables have the name of the model as their namespace"));
  }

  private static Optional<Policies> readPolicies(
      Path folder, SemanticModel model, List<Product> products, Findings findings) {
    Optional<Policies> policies = Policies.read(folder, findings);
    policies.ifPresent(read ->
        read.checkNames(
            Map.of(
                Grant.Kind.PRODUCT, products.stream().map(Product::name).toList(),
                Grant.Kind.DATASET, model.datasets().stream().map(Dataset::name).toList(),
                Grant.Kind.METRIC, model.metrics().stream().map(Metric::name).toList()),
            findings));
    return policies;
  }

  private static Optional<Domain> bind(
      Path folder,
      SemanticModel model,
      Contracts contracts,
      List<SourceTable> tables,
      List<Product> products,
      Policies policies,
      Findings findings) {
    var bare = new Planner(model, tables, List.of());
    var ports = new ArrayList<PublicPort>();
    for (Product product : products) {
      checkSchema(product, model, findings);
      product.ports().stream()
          .flatMap(port -> PortBinding.bind(product, port, findings).stream())
          .filter(port -> canBePlanned(port, bare, findings))
          .forEach(ports::add);
    }
    PolicyCheck.check(policies, model, contracts, bare, findings);
    if (findings.hasErrors()) {
      return Optional.empty();
    }
    var planner = new Planner(model, tables, ports.stream().map(PublicPort::table).toList());
    var domain =
        new Domain(
            DomainFolder.hash(folder),
            model,
            contracts,
            products,
            ports,
            List.of(),
            planner,
            Access.all(),
            policies);
    domain.rules(findings);
    domain.levels(findings);
    return findings.hasErrors() ? Optional.empty() : Optional.of(domain);
  }

  private static void checkSchema(Product product, SemanticModel model, Findings findings) {
    product
        .domain()
        .filter(domain -> !domain.equals(model.name()))
        .ifPresent(domain ->
            findings.error(
                product.location(),
                "Cannot publish a product of the domain '%s' in '%s'"
                    .formatted(domain, model.name())));
    if (product.schema().equalsIgnoreCase(model.name())) {
      findings.error(
          product.location(),
          "Cannot give the product the schema '%s', which is the model's"
              .formatted(product.schema()));
    }
  }

  private static boolean canBePlanned(PublicPort port, Planner planner, Findings findings) {
    return switch (planner.plan(port.table())) {
      case Planning.Planned _ -> true;
      case Planning.Rejected(var issues) -> {
        issues.forEach(issue -> findings.error(port.port().location(), issue.message()));
        yield false;
      }
    };
  }

  private static SourceTable table(Contract contract) {
    return new SourceTable(
        contract.table().namespace(),
        contract.table().name(),
        contract.fields().stream()
            .map(field -> new Column(field.name(), type(field.type()), field.required()))
            .toList());
  }

  private static Type type(ColumnType type) {
    return switch (type) {
      case ColumnType.Decimal(int precision, int scale) -> new Type.Decimal(precision, scale);
      case ColumnType.Simple simple ->
          switch (simple) {
            case BOOLEAN -> Type.Simple.BOOLEAN;
            case INTEGER -> Type.Simple.INTEGER;
            case LONG -> Type.Simple.LONG;
            case FLOAT -> Type.Simple.FLOAT;
            case DOUBLE -> Type.Simple.DOUBLE;
            case STRING -> Type.Simple.STRING;
            case BINARY -> Type.Simple.BINARY;
            case DATE -> Type.Simple.DATE;
            case TIME -> Type.Simple.TIME;
            case TIMESTAMP -> Type.Simple.TIMESTAMP;
            case TIMESTAMP_TZ -> Type.Simple.TIMESTAMP_TZ;
          };
    };
  }
}
