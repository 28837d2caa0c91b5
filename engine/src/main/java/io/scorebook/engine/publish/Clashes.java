package io.scorebook.engine.publish;

import io.scorebook.catalog.registry.Product;
import io.scorebook.documents.Finding;
import io.scorebook.documents.Location;
import io.scorebook.engine.domain.Domain;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Two domains cannot share an SQL schema.
final class Clashes {
  private Clashes() {}

  static List<Finding> of(Domain domain, Collection<Domain> published) {
    var clashes = new ArrayList<Finding>();
    for (Domain other : published) {
      if (other.name().equals(domain.name())) {
        continue;
      }
      for (Product product : domain.products()) {
        if (other.name().equalsIgnoreCase(product.schema())
            || other.products().stream().anyMatch(p -> p.name().equals(product.name()))) {
          clashes.add(
              Finding.error(
                  product.location(),
                  "Cannot publish the product '%s': the domain '%s' has the schema '%s' already"
                      .formatted(product.name(), other.name(), product.schema())));
        }
      }
      if (other.name().equalsIgnoreCase(domain.name())
          || other.products().stream().anyMatch(p -> p.schema().equalsIgnoreCase(domain.name()))) {
        clashes.add(
            Finding.error(
                Location.of("model.yaml"),
                "Cannot publish the domain '%s' beside '%s'"
                    .formatted(domain.name(), other.name())));
      }
    }
    return clashes;
  }
}
