package io.scorebook.gateway.reading;

import io.micronaut.core.convert.value.ConvertibleMultiValues;
import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.domain.Domain.PublicPort;
import io.scorebook.engine.domain.PortKey;
import io.scorebook.gateway.session.Problem;
import io.scorebook.gateway.session.ProblemException;
import io.scorebook.semantic.plan.Planning;
import io.scorebook.semantic.plan.ProductTable.Content;
import io.scorebook.semantic.plan.TableDescription;

/// A port, and what is asked of its rows, as a request has it.
///
/// @param domain as the caller sees it
record PortAsked(
    Domain domain, PublicPort port, TableDescription table, PortParameters parameters) {

  static PortAsked of(Domain domain, PublicPort port, ConvertibleMultiValues<String> parameters) {
    TableDescription table = table(domain, port);
    return new PortAsked(domain, port, table, new PortParameters(table, parameters));
  }

  static TableDescription table(Domain domain, PublicPort port) {
    return domain.planner().tables().stream()
        .filter(each ->
            each.schema().equals(port.table().schema()) && each.name().equals(port.table().name()))
        .findFirst()
        .orElseThrow();
  }

  /// @throws ProblemException with all that is wrong with the parameters
  PortQuery query() {
    return parameters.query(
        PortKey.find(domain, port, table, isRestricted()),
        port.table().content() instanceof Content.Metrics);
  }

  private boolean isRestricted() {
    if (domain.access().tables().isEmpty()) {
      return false;
    }
    return switch (domain.planner().plan(port.table())) {
      case Planning.Planned(var plan) -> domain.access().restrictsAny(plan.tables());
      case Planning.Rejected(var issues) -> throw new ProblemException(Problem.of(issues));
    };
  }

  /// The port, as no other is called.
  String name() {
    return name(port);
  }

  static String name(PublicPort port) {
    return "%s/%s/%s"
        .formatted(port.product().name(), port.product().version(), port.port().name());
  }
}
