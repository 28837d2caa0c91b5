package io.scorebook.engine.domain;

import io.scorebook.catalog.contract.Contracts;
import io.scorebook.catalog.policy.Access;
import io.scorebook.catalog.policy.Caller;
import io.scorebook.catalog.policy.Policies;
import io.scorebook.catalog.publication.PublishedVersion;
import io.scorebook.catalog.registry.Port;
import io.scorebook.catalog.registry.Product;
import io.scorebook.catalog.registry.Version;
import io.scorebook.documents.Findings;
import io.scorebook.semantic.claim.Claim;
import io.scorebook.semantic.model.SemanticModel;
import io.scorebook.semantic.plan.Plan;
import io.scorebook.semantic.plan.Planner;
import io.scorebook.semantic.plan.Planning;
import io.scorebook.semantic.plan.ProductTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One domain: a semantic model, the contracts of its tables, its products and policies, found to
/// agree with each other.
///
/// @param hash `sha256:` and the hex digest of the folder's documents
/// @param products every version that is given to somebody; of one major the newest first, and what
///   is not a draft before what is
/// @param ports the output ports of the products, each with the table that SQL sees
/// @param ended versions that are given to nobody any more
/// @param access what policies keep back of it, for whoever it is seen by
/// @param policies who may read what
public record Domain(
    String hash,
    SemanticModel model,
    Contracts contracts,
    List<Product> products,
    List<PublicPort> ports,
    List<Ended> ended,
    Planner planner,
    Access access,
    Policies policies) {

  public Domain {
    products = List.copyOf(products);
    ports = List.copyOf(ports);
    ended = List.copyOf(ended);
  }

  /// An output port of a product, and the table that it is.
  ///
  /// @param by who plans the table, where it is of another publication than the domain's model, or
  ///   its data is pinned
  /// @param published what the registry says of the version; absent for a folder that was only read
  public record PublicPort(
      Product product,
      Port port,
      ProductTable table,
      Optional<Planner.By> by,
      Optional<PublishedVersion> published) {

    PublicPort(Product product, Port port, ProductTable table) {
      this(product, port, table, Optional.empty(), Optional.empty());
    }
  }

  /// A version that is given to nobody any more.
  ///
  /// @param how it ended, as `was retired`
  public record Ended(PublishedVersion version, Optional<String> successor, String how) {

    /// A sentence that names what to ask in its place.
    public String message() {
      return "Cannot give %s: it %s%s"
          .formatted(
              version.name(),
              how,
              successor.map(next -> "; ask " + next + " in its place").orElse(""));
    }
  }

  /// The model that a port is planned by: the domain's, or that of an earlier publication.
  public SemanticModel modelOf(PublicPort port) {
    return port.by().map(by -> by.planner().model()).orElse(model);
  }

  /// The model's name, which is the domain's and the namespace of its tables.
  public String name() {
    return model.name();
  }

  /// The domain as a caller may see it, with nothing in it that he may not: names that he may not
  /// know are as unknown as those that are nowhere, drafts among them unless he publishes or is a
  /// steward, and plans read no more than he may see. Its hash is that of the domain and of his
  /// access.
  public Domain seenBy(Caller caller) {
    if (!access.seesAll()) {
      throw new IllegalArgumentException("Invalid domain: it is one caller's already");
    }
    Access his = policies.access(caller, name());
    boolean drafts = caller.seesDrafts() || products.stream().noneMatch(Product::isDraft);
    return his.seesAll() && drafts ? this : Views.of(this, his, drafts);
  }

  /// Whether there is nothing in it: for its caller it is not there.
  public boolean isEmpty() {
    return model.datasets().isEmpty() && model.metrics().isEmpty() && ports.isEmpty();
  }

  /// The output ports of the products, as SQL sees them.
  public List<ProductTable> productTables() {
    return ports.stream().map(PublicPort::table).toList();
  }

  /// What the model and the contracts say of the data, each once.
  public List<Claim> claims() {
    return DeclaredClaims.of(model, planner.claims(), contracts);
  }

  /// The rules of quality of all ports, as what to ask to measure them.
  ///
  /// @param findings rules that cannot be measured, which a domain that was read does not have
  public List<BoundRule> rules(Findings findings) {
    return ports.stream().flatMap(port -> rules(port, findings).stream()).toList();
  }

  /// The rules of quality of a port.
  ///
  /// @param findings rules that cannot be measured; for who does not see all, those that ask for
  ///   something that he does not see
  public List<BoundRule> rules(PublicPort port, Findings findings) {
    return new RuleBinding(port, planner, findings).rules();
  }

  /// The levels of service of all ports, with what they are measured on.
  ///
  /// @param findings levels that cannot be measured, which a domain that was read does not have
  public List<BoundLevel> levels(Findings findings) {
    return ports.stream()
        .filter(port -> !port.port().levels().isEmpty())
        .flatMap(port -> new RuleBinding(port, planner, findings).levels(tablesOf(port)).stream())
        .toList();
  }

  /// The tables of the catalog that a port's rows come from, as `namespace.table`.
  public Set<String> tablesOf(PublicPort port) {
    return switch (planner.plan(port.table())) {
      case Planning.Planned(Plan plan) -> plan.tables();
      case Planning.Rejected _ -> Set.of();
    };
  }

  /// A product by its name and major version.
  public Optional<Product> findProduct(String name, int major) {
    return products.stream()
        .filter(product -> product.name().equals(name) && product.version().major() == major)
        .findFirst();
  }

  /// An output port by the product's name and major version and the port's name.
  public Optional<PublicPort> findPort(String product, int major, String port) {
    return ports.stream()
        .filter(p ->
            p.product().name().equals(product)
                && p.product().version().major() == major
                && p.port().name().equalsIgnoreCase(port))
        .findFirst();
  }

  /// A version by its product's name and its number.
  public Optional<Product> findProduct(String name, Version version) {
    return products.stream()
        .filter(product -> product.name().equals(name) && product.version().equals(version))
        .findFirst();
  }

  /// Reads a domain's folder: `model.yaml`, `schemas/*.avsc`, `products/*.yaml`, `policies.yaml`.
  ///
  /// @param findings all mistakes of all documents; with an error among them there is no domain
  public static Optional<Domain> read(Path folder, Findings findings) {
    return DomainReader.read(folder, findings);
  }
}
