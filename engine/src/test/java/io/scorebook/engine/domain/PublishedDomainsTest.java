package io.scorebook.engine.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.scorebook.documents.Findings;
import io.scorebook.engine.Shop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PublishedDomainsTest {
  @TempDir Path temp;
  private Path source;
  private Path home;

  @BeforeEach
  void write() throws IOException {
    source = Shop.write(temp.resolve("source"));
    home = temp.resolve("home");
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

  @Test
  void findsWhatWasPublishedWhenOpenedAgain() throws IOException {
    assertThat(PublishedDomains.open(home).list()).isEmpty();
    assertThat(PublishedDomains.open(home).publish(source, new Findings())).isPresent();
    Files.delete(source.resolve("model.yaml")); // a copy was published
    PublishedDomains reopened = PublishedDomains.open(home);
    assertThat(reopened.find("shop")).isPresent();
    assertThat(reopened.list()).hasSize(1);
  }

  @Test
  void replacesADomainAndKeepsTheOldOneWhereTheNewOneIsWrong() throws IOException {
    PublishedDomains domains = PublishedDomains.open(home);
    String first = domains.publish(source, new Findings()).orElseThrow().hash();
    Files.writeString(source.resolve("model.yaml"), "name: [");
    var findings = new Findings();
    assertThat(domains.publish(source, findings)).isEmpty();
    assertThat(findings.hasErrors()).isTrue();
    assertThat(PublishedDomains.open(home).find("shop").orElseThrow().hash()).isEqualTo(first);

    Files.writeString(source.resolve("model.yaml"), Shop.model().replace("takings", "income"));
    Files.delete(source.resolve("products/takings_by_city.yaml"));
    String second = domains.publish(source, new Findings()).orElseThrow().hash();
    assertThat(second).isNotEqualTo(first);
    assertThat(domains.find("shop").orElseThrow().hash()).isEqualTo(second);
    assertThat(PublishedDomains.open(home).find("shop").orElseThrow().hash()).isEqualTo(second);
  }

  @Test
  void survivesACrashInThePublication() throws IOException {
    String first = PublishedDomains.open(home).publish(source, new Findings()).orElseThrow().hash();
    // What a crash between the copy and the change of `current` leaves behind.
    Path half = home.resolve("domains/shop/new-123");
    Files.createDirectories(half.resolve("schemas"));
    Files.writeString(half.resolve("model.yaml"), "name: sh");
    assertThat(PublishedDomains.open(home).find("shop").orElseThrow().hash()).isEqualTo(first);
    PublishedDomains.open(home).publish(source, new Findings());
    try (Stream<Path> left = Files.list(home.resolve("domains/shop"))) {
      assertThat(left.filter(Files::isDirectory)).hasSize(1);
    }
  }

  @Test
  void saysThatAPublishedDomainWasHarmed() throws IOException {
    assertThat(PublishedDomains.open(home).publish(source, new Findings())).isPresent();
    try (Stream<Path> files = Files.walk(home.resolve("domains"))) {
      for (Path model : files.filter(f -> f.endsWith("model.yaml")).toList()) {
        Files.writeString(model, "name: [");
      }
    }
    assertThatIllegalStateException()
        .isThrownBy(() -> PublishedDomains.open(home))
        .withMessageContaining("publish it again")
        .withMessageContaining("model.yaml:1");
  }
}
