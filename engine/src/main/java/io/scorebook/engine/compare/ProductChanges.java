package io.scorebook.engine.compare;

import io.scorebook.catalog.registry.Port;
import io.scorebook.catalog.registry.Product;
import io.scorebook.semantic.compare.Change;
import io.scorebook.semantic.compare.Change.Kind;
import io.scorebook.semantic.compare.Change.What;
import io.scorebook.semantic.compare.Comparison;
import io.scorebook.semantic.compare.Demand;
import io.scorebook.semantic.compare.Level;
import io.scorebook.semantic.compare.Matched;
import io.scorebook.semantic.compare.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Products, each major version with the one that it was: the same major, or where that is gone the
/// lowest new one above it.
final class ProductChanges {
  private final DomainVersion before;
  private final DomainVersion after;
  private final List<Change> changes = new ArrayList<>();
  private final List<Change> gone = new ArrayList<>();
  private final List<Demand> demands = new ArrayList<>();

  ProductChanges(DomainVersion before, DomainVersion after) {
    this.before = before;
    this.after = after;
  }

  /// Those of products that go on, or are new.
  List<Change> changes() {
    return changes;
  }

  /// Those of products that have no version any more.
  List<Change> gone() {
    return gone;
  }

  List<Demand> demands() {
    return demands;
  }

  void compare() {
    var added = new ArrayList<>(after.domain().products());
    for (Product old : before.domain().products()) {
      Optional<Product> same = after.domain().findProduct(old.name(), old.version().major());
      Optional<Product> next = same.or(() -> successor(old));
      if (next.isEmpty()) {
        gone.add(
            Change.removed(Kind.PRODUCT, old.schema(), old.version().toString(), old.location()));
        continue;
      }
      var ofProduct = new ArrayList<Change>();
      if (same.isEmpty()) {
        ofProduct.add(
            Change.removed(
                Kind.PRODUCT, old.schema(), old.version().toString(), next.get().location()));
      }
      compare(old, next.get(), ofProduct);
      added.remove(next.get());
      Demand.of(
              "product " + old.name(),
              old.version().toString(),
              next.get().version().toString(),
              Comparison.strongest(ofProduct))
          .ifPresent(demands::add);
      changes.addAll(ofProduct);
    }
    for (Product now : added) {
      changes.add(
          Change.added(Kind.PRODUCT, now.schema(), now.version().toString(), now.location()));
    }
  }

  private Optional<Product> successor(Product old) {
    return after.domain().products().stream()
        .filter(product -> product.name().equals(old.name()))
        .filter(product -> product.version().major() > old.version().major())
        .filter(product ->
            before.domain().findProduct(product.name(), product.version().major()).isEmpty())
        .min(Comparator.comparing(Product::version));
  }

  /// The changes of one product.
  List<Change> compare(Product old, Product now) {
    var into = new ArrayList<Change>();
    compare(old, now, into);
    return into;
  }

  private void compare(Product old, Product now, List<Change> into) {
    if (old.status() != now.status()) {
      boolean ends = now.status() == Product.Status.RETIRED;
      into.add(
          Change.of(
              ends ? Level.MAJOR : Level.PATCH,
              Kind.PRODUCT,
              now.schema(),
              What.STATUS,
              "it is %s now".formatted(now.status().word()),
              old.status().word(),
              now.status().word(),
              now.location()));
    }
    into.addAll(Words.changes(Kind.PRODUCT, now.schema(), words(old), words(now), now.location()));
    var ports = new PortChanges(before, after, old, now);
    Matched<Port> matched = Matched.of(old.ports(), now.ports(), Port::name, ports::holdTheSame);
    for (Port port : matched.removed()) {
      into.add(Change.removed(Kind.PORT, name(old, port), content(port), now.location()));
    }
    for (Port port : matched.added()) {
      into.add(Change.added(Kind.PORT, name(now, port), content(port), port.location()));
    }
    for (var pair : matched.renamed()) {
      into.add(
          Change.renamed(
              Kind.PORT,
              name(old, pair.before()),
              name(now, pair.after()),
              pair.after().location()));
    }
    for (var pair : matched.same()) {
      into.addAll(ports.compare(pair.before(), pair.after()));
    }
  }

  private static String content(Port port) {
    return switch (port.content()) {
      case Port.DatasetRows(String dataset) -> "the rows of " + dataset;
      case Port.MetricQuery query ->
          "%s by %s"
              .formatted(String.join(", ", query.metrics()), String.join(", ", query.dimensions()));
    };
  }

  private static String name(Product product, Port port) {
    return product.schema() + "." + port.name();
  }

  private static Map<String, String> words(Product product) {
    return Map.of(
        "purpose", product.purpose(),
        "usage", product.usage().orElse(""),
        "limitations", product.limitations().orElse(""),
        "owner", product.owner(),
        "tags", String.join(", ", product.tags()),
        "id", product.id());
  }
}
