package io.scorebook.engine.domain;

import io.scorebook.documents.Findings;
import io.scorebook.semantic.model.SemanticModel;
import io.scorebook.semantic.plan.Planner;
import io.scorebook.semantic.plan.ProductTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// One domain: a semantic model, the contracts of its tables, its products and policies, found to
/// agree with each other.
///
/// @param hash `sha256:` and the hex digest of the folder's documents
/// @param productTables the output ports of the products, as SQL sees them
public record Domain(
    String hash, SemanticModel model, List<ProductTable> productTables, Planner planner) {

  public Domain {
    productTables = List.copyOf(productTables);
  }

  /// The model's name, which is the domain's.
  public String name() {
    return model.name();
  }

  /// Reads a domain's folder: `model.yaml`, `schemas/*.avsc`, `products/*.yaml`, `policies.yaml`.
  ///
  /// @param findings all mistakes of all documents; with an error among them there is no domain
  public static Optional<Domain> read(Path folder, Findings findings) {
    throw new UnsupportedOperationException();
  }
}
