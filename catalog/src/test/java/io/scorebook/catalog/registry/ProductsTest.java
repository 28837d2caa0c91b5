package io.scorebook.catalog.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.documents.Finding;
import io.scorebook.documents.Findings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProductsTest {
  private final Findings findings = new Findings();

  @Test
  void readsTheProductsOfTheSample() {
    Path domain = Path.of(System.getProperty("scorebook.root", ".."), "domains/basketball");
    assertThat(Products.read(domain, findings))
        .extracting(Product::schema)
        .containsExactly("player_games_v1", "player_seasons_v1", "standings_v1", "team_games_v1");
    assertThat(findings.toList()).isEmpty();
  }

  @Test
  void findsOneMajorVersionInTwoFiles(@TempDir Path domain) throws IOException {
    Path folder = Files.createDirectory(domain.resolve("products"));
    Files.writeString(folder.resolve("a.yaml"), ProductReaderTest.PRODUCT);
    Files.writeString(
        folder.resolve("b.yaml"), ProductReaderTest.PRODUCT.replace("2.1.0", "3.0.0"));
    Files.writeString(folder.resolve("c.yml"), ProductReaderTest.PRODUCT.replace("2.1.0", "2.2.0"));
    assertThat(Products.read(domain, findings)).hasSize(3);
    assertThat(findings.toList())
        .extracting(Finding::toString)
        .containsExactly(
            "products/c.yml:4: error: Cannot have the product 'sales' twice in major version 2; the"
                + " first is products/a.yaml:4");
  }

  @Test
  void hasNoProductsWithoutAFolder(@TempDir Path domain) {
    assertThat(Products.read(domain, findings)).isEmpty();
    assertThat(findings.toList()).isEmpty();
  }
}
