package io.scorebook.engine.compare;

import io.scorebook.catalog.registry.Product;
import io.scorebook.catalog.store.ContentDigest;
import io.scorebook.semantic.compare.Change;
import io.scorebook.semantic.compare.Change.What;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/// Compares two versions of one product by what their tables promise.
public final class ProductComparison {
  private ProductComparison() {}

  /// All changes of its content and its words; a later stage of its life is none of them.
  public static List<Change> changes(
      DomainVersion before, Product old, DomainVersion after, Product now) {
    return new ProductChanges(before, after)
        .compare(old, now).stream().filter(change -> change.what() != What.STATUS).toList();
  }

  /// `sha256:` and the digest of what the product's ports mean: rows, columns, types, formulas with
  /// all that is in them. It tells contents apart; whether two are the same [#changes] says, which
  /// later releases may know better.
  public static String digest(DomainVersion version, Product product) {
    String content =
        product.ports().stream()
            .map(port -> port.name() + " " + PortContent.of(version, product, port))
            .sorted()
            .collect(Collectors.joining("\n"));
    return "sha256:" + ContentDigest.of(content.getBytes(StandardCharsets.UTF_8));
  }
}
