package io.scorebook.catalog.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.catalog.policy.Policies;
import io.scorebook.documents.Findings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The examples of `docs/products.md` are right.
class ProductGuideTest {
  @Test
  void theExamplesHaveNothingToMend() throws IOException {
    var findings = new Findings();
    String guide =
        Files.readString(
            Path.of(System.getProperty("scorebook.root", "..")).resolve("docs/products.md"));
    List<String> examples =
        Pattern.compile("^```yaml\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE)
            .matcher(guide)
            .results()
            .map(block -> block.group(1))
            .toList();
    assertThat(examples).hasSize(2);
    Product product =
        ProductReader.parse("docs/products.md", examples.getFirst(), findings).orElseThrow();
    assertThat(product.schema()).isEqualTo("item_sales_v1");
    assertThat(product.ports())
        .extracting(Port::contractId)
        .containsExactly("shop.item_sales.by_day", "shop.item_sales.sales");
    assertThat(
            Policies.parse("docs/products.md", examples.getLast(), findings).orElseThrow().isOpen())
        .isTrue();
    assertThat(findings.toList()).isEmpty();
  }
}
