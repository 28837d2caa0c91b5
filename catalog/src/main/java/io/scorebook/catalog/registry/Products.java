package io.scorebook.catalog.registry;

import io.scorebook.documents.Findings;
import io.scorebook.documents.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Reads all products of a domain.
public final class Products {
  private Products() {}

  /// Reads `products/*.yaml` of a domain's folder, in the order of file names; none where there is
  /// no such folder. Several majors of one product stand in several files.
  ///
  /// @return the products whose files have no error
  public static List<Product> read(Path domainFolder, Findings findings) {
    Path folder = domainFolder.resolve("products");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Product> products = new ArrayList<>();
    Map<String, Product> schemas = new HashMap<>();
    for (Path file : files(folder, findings)) {
      ProductReader.read(file, "products/" + file.getFileName(), findings).ifPresent(products::add);
    }
    for (Product product : products) {
      Product first = schemas.putIfAbsent(product.schema(), product);
      if (first != null) {
        findings.error(
            product.location(),
            "Cannot have the product '%s' twice in major version %d; the first is %s"
                .formatted(product.name(), product.version().major(), first.location()));
      }
    }
    return List.copyOf(products);
  }

  private static List<Path> files(Path folder, Findings findings) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file ->
              file.getFileName().toString().endsWith(".yaml")
                  || file.getFileName().toString().endsWith(".yml"))
          .sorted()
          .toList();
    } catch (IOException e) {
      findings.error(Location.of("products"), "Cannot list the folder: " + e);
      return List.of();
    }
  }
}
