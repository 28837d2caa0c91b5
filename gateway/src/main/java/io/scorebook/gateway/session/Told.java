package io.scorebook.gateway.session;

import io.scorebook.catalog.registry.Product;
import io.scorebook.engine.domain.Domain;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What somebody is told that is no answer: what there is and what it means, or that the rows which
/// he has are those that he would get.
///
/// @param what which document or list; without values, as they are hidden in [Kind#CATALOG] alone
/// @param domain that it is about, where it is about one
/// @param products that it is about
/// @param snapshots of the rows that it is about
public record Told(
    Kind kind,
    String what,
    Optional<Domain> domain,
    List<Product> products,
    SortedMap<String, Long> snapshots) {
  public enum Kind {
    /// Documents, lists, lineage.
    METADATA,
    /// An SQL query of the system catalog.
    CATALOG,
    /// What would be said above the rows.
    HEAD,
    /// That the asker has the rows already; with the query of them.
    UNCHANGED
  }

  public Told {
    products = List.copyOf(products);
    snapshots = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(snapshots));
  }

  /// Metadata that are not of one product.
  public static Told metadata(String what) {
    return new Told(Kind.METADATA, what, Optional.empty(), List.of(), new TreeMap<>());
  }

  public static Told catalog(String sql) {
    return new Told(Kind.CATALOG, sql, Optional.empty(), List.of(), new TreeMap<>());
  }
}
