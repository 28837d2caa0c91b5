package io.scorebook.gateway.http;

import io.scorebook.catalog.registry.Product;
import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.domain.Domain.PublicPort;
import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.Problem;
import io.scorebook.gateway.session.ProblemException;
import io.scorebook.semantic.plan.Plan;
import io.scorebook.semantic.plan.Planning;
import io.scorebook.semantic.plan.TableDescription;
import java.util.List;
import java.util.Optional;

/// The products that a caller sees, to be found by what an address names.
///
/// @param domains as the caller sees them
record Shelf(List<Domain> domains) {

  /// A product, with its domain.
  record Found(Domain domain, Product product) {

    /// A port of the product.
    ///
    /// @param name may be left out where there is one
    /// @throws ProblemException where there is none of the name, or several without one
    FoundPort port(Optional<String> name) {
      List<PublicPort> ports =
          domain.ports().stream().filter(port -> port.product().equals(product)).toList();
      List<String> names = ports.stream().map(port -> port.port().name()).toList();
      if (name.isEmpty() && ports.size() == 1) {
        return new FoundPort(domain, ports.getFirst());
      }
      if (name.isEmpty()) {
        throw new ProblemException(
            ErrorCode.INVALID_REQUEST,
            "Cannot choose a port of '%s'; name one with ?port=, of %s"
                .formatted(product.name(), names));
      }
      return ports.stream()
          .filter(port -> port.port().name().equals(name.get()))
          .findFirst()
          .map(port -> new FoundPort(domain, port))
          .orElseThrow(() -> MetricsController.notFound("port", name.get(), names));
    }
  }

  /// A port, with its domain.
  record FoundPort(Domain domain, PublicPort port) {
    TableDescription table() {
      return domain.planner().tables().stream()
          .filter(table ->
              table.schema().equals(port.table().schema())
                  && table.name().equals(port.table().name()))
          .findFirst()
          .orElseThrow();
    }

    Plan plan() {
      return switch (domain.planner().plan(port.table())) {
        case Planning.Planned(var plan) -> plan;
        case Planning.Rejected(var issues) -> throw new ProblemException(Problem.of(issues));
      };
    }
  }

  /// A product.
  ///
  /// @param version the major, or the whole of it
  /// @throws ProblemException where there is none
  Found find(String name, String version) {
    for (Domain domain : domains) {
      Optional<Product> product =
          domain.products().stream()
              .filter(one ->
                  one.name().equals(name)
                      && (version.equals(String.valueOf(one.version().major()))
                          || version.equals(one.version().toString())))
              .findFirst();
      if (product.isPresent()) {
        return new Found(domain, product.get());
      }
    }
    Optional<Domain.Ended> ended = VersionHeaders.ended(domains, name, version);
    if (ended.isPresent()) {
      throw new ProblemException(ErrorCode.GONE, ended.get().message());
    }
    List<String> known =
        domains.stream()
            .flatMap(domain -> domain.products().stream())
            .map(product -> product.name() + "/v" + product.version().major())
            .toList();
    throw MetricsController.notFound("product", name + "/v" + version, known);
  }
}
