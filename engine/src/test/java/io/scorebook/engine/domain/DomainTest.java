package io.scorebook.engine.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.documents.Findings;
import io.scorebook.engine.Shop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DomainTest {
  @TempDir Path temp;
  private Path source;

  @BeforeEach
  void write() throws IOException {
    source = Shop.write(temp.resolve("source"));
  }

  private static List<String> words(Findings findings) {
    return findings.toList().stream().map(Object::toString).toList();
  }

  @Test
  void readsAFolderWhole() {
    var findings = new Findings();
    Domain domain =
        Domain.read(source, findings).orElseThrow(() -> new AssertionError(words(findings)));
    assertThat(domain.name()).isEqualTo("shop");
    assertThat(domain.hash()).startsWith("sha256:");
    assertThat(domain.findProduct("takings_by_city", 1)).isPresent();
    assertThat(domain.findPort("takings_by_city", 1, "takings")).isPresent();
    assertThat(domain.findPort("takings_by_city", 2, "takings")).isEmpty();
    assertThat(domain.productTables()).hasSize(1);
    assertThat(domain.planner().tables())
        .extracting("schema")
        .contains("shop", "takings_by_city_v1");
  }

  @Test
  void tellsTheMistakesOfAllDocumentsAtOnce() throws IOException {
    Shop.write(source, "schemas/sales.avsc", "{\"type\": \"record\"}");
    Shop.write(
        source,
        "products/broken.yaml",
        "apiVersion: v1.1.0\nkind: DataProduct\nid: x\nname: broken\nversion: one\nstatus: active\n");
    var findings = new Findings();
    assertThat(Domain.read(source, findings)).isEmpty();
    assertThat(words(findings))
        .anyMatch(f -> f.startsWith("schemas/sales.avsc:1"))
        .anyMatch(f -> f.startsWith("products/broken.yaml:5") && f.contains("'one'"));
  }

  @Test
  void checksTheModelAgainstTheContracts() throws IOException {
    Files.writeString(
        source.resolve("schemas/sales.avsc"),
        Files.readString(source.resolve("schemas/sales.avsc")).replace("amount", "price"));
    var findings = new Findings();
    assertThat(Domain.read(source, findings)).isEmpty();
    assertThat(words(findings)).anyMatch(f -> f.startsWith("model.yaml:") && f.contains("amount"));
  }

  @Test
  void checksProductsAgainstTheModel() throws IOException {
    Files.writeString(
        source.resolve("products/takings_by_city.yaml"),
        Files.readString(source.resolve("products/takings_by_city.yaml"))
            .replace("[takings]", "[takngs]"));
    var findings = new Findings();
    assertThat(Domain.read(source, findings)).isEmpty();
    assertThat(words(findings))
        .anyMatch(f -> f.startsWith("products/takings_by_city.yaml:") && f.contains("takngs"));
  }

  @Test
  void saysThatThereIsNoFolder() {
    var findings = new Findings();
    assertThat(Domain.read(temp.resolve("nowhere"), findings)).isEmpty();
    assertThat(words(findings)).singleElement().asString().contains("nowhere", "model.yaml");
  }

  @Test
  void hasAHashOfItsContentAlone() throws IOException {
    String hash = Domain.read(source, new Findings()).orElseThrow().hash();
    Path copy = Shop.write(temp.resolve("copy"));
    Files.writeString(copy.resolve("notes.txt"), "not part of the domain");
    assertThat(Domain.read(copy, new Findings()).orElseThrow().hash()).isEqualTo(hash);
    Files.writeString(copy.resolve("model.yaml"), Shop.model().replace("Sales in", "Sales of"));
    assertThat(Domain.read(copy, new Findings()).orElseThrow().hash()).isNotEqualTo(hash);
  }
}
