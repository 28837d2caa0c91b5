package io.scorebook.engine.domain;

import io.scorebook.catalog.registry.ServiceLevel;
import io.scorebook.engine.domain.Domain.PublicPort;
import java.util.Optional;
import java.util.Set;

/// A level of service with what it is measured on.
///
/// @param tables whose snapshots are looked at, as `namespace.table`
/// @param newest the query of the newest value, for a level that is about a column
public record BoundLevel(
    PublicPort port, ServiceLevel level, Set<String> tables, Optional<String> newest) {

  public BoundLevel {
    tables = Set.copyOf(tables);
  }

  /// The product with its version, and the port: `standings 1.0.0 standings`.
  public String of() {
    return BoundRule.of(port);
  }
}
