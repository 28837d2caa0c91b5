package io.scorebook.engine.domain;

import io.scorebook.catalog.policy.Caller;
import io.scorebook.documents.Findings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// What the platform knows of itself, as a domain: the model `scorebook`, the product `audit` of
/// what was asked, and the product `registry` of what was published. It is there for stewards
/// alone; others are told of it as of anything that does not exist.
public final class PlatformDomain {
  /// The group of those who answer for the data.

  /// The names of its products.
  static final Set<String> PRODUCTS = Set.of("audit", "registry");

  private static final List<String> DOCUMENTS =
      List.of(
          "model.yaml",
          "schemas/audit.avsc",
          "schemas/publications.avsc",
          "products/audit.yaml",
          "products/registry.yaml");

  private PlatformDomain() {}

  /// Read when the first steward asks.
  private static final class Holder {
    static final Domain DOMAIN = read();
  }

  /// The domain, for those who may see it; none for others.
  public static List<Domain> seenBy(Caller caller) {
    return caller.groups().contains(Caller.STEWARDS) ? List.of(Holder.DOMAIN) : List.of();
  }

  private static Domain read() {
    try {
      Path folder = Files.createTempDirectory("scorebook-platform");
      try {
        for (String document : DOCUMENTS) {
          Path file = folder.resolve(document);
          Files.createDirectories(file.getParent());
          try (InputStream in = PlatformDomain.class.getResourceAsStream("platform/" + document)) {
            Files.copy(Objects.requireNonNull(in, document), file);
          }
        }
        var findings = new Findings();
        return DomainReader.readAny(folder, findings)
            .orElseThrow(() ->
                new IllegalStateException(
                    "Cannot read the platform's own domain: " + findings.toList()));
      } finally {
        for (String document : DOCUMENTS.reversed()) {
          Files.deleteIfExists(folder.resolve(document));
        }
        Files.deleteIfExists(folder.resolve("schemas"));
        Files.deleteIfExists(folder.resolve("products"));
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the platform's own domain", e);
    }
  }
}
