package io.scorebook.engine.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.catalog.publication.Publication;
import io.scorebook.catalog.publication.Publications;
import io.scorebook.catalog.store.StoreException;
import io.scorebook.catalog.store.Warehouse;
import io.scorebook.catalog.store.WarehouseSettings;
import io.scorebook.documents.Finding;
import io.scorebook.documents.Findings;
import io.scorebook.engine.Shop;
import io.scorebook.engine.domain.Domain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The registry as gateways and publishers see it, two of them on one warehouse.
class PublishedDomainsTest {
  private static final String PRODUCT = "products/takings_by_city.yaml";

  @TempDir Path temp;
  private Path source;
  private Warehouse warehouse;

  @SuppressWarnings("NullAway.Init")
  PublishedDomainsTest() {}

  @BeforeEach
  void open() throws IOException {
    source = Shop.write(temp.resolve("source"));
    warehouse = Warehouse.open(WarehouseSettings.embedded(temp.resolve("home")));
  }

  @AfterEach
  void close() {
    warehouse.close();
  }

  private PublishedDomains domains() {
    return PublishedDomains.open(warehouse);
  }

  private void change(String file, String from, String to) throws IOException {
    String text = Files.readString(source.resolve(file));
    assertThat(text).contains(from);
    Shop.write(source, file, text.replace(from, to));
  }

  @Test
  void whatWasPublishedIsThereWhenOpenedAgain() throws IOException {
    PublishedDomains domains = domains();
    assertThat(domains.list()).isEmpty();
    Outcome outcome = domains.publish(source, Terms.forOthers("ann"));
    assertThat(outcome).isInstanceOf(Outcome.Published.class);
    Files.delete(source.resolve("model.yaml")); // a copy was published
    assertThat(domains().list()).extracting(Domain::name).containsExactly("shop");
    Publication publication = domains().history("shop").getFirst();
    assertThat(publication.publisher()).isEqualTo("ann");
    assertThat(publication.number()).isEqualTo(1);
    assertThat(publication.versions()).extracting("product").containsExactly("takings_by_city");
    assertThat(new Publications(warehouse).contracts(1).getFirst().text())
        .contains("\"DataContract\"", "\"city\"");
  }

  @Test
  void theSameTwiceDoesNothing() {
    PublishedDomains domains = domains();
    assertThat(domains.publish(source, Terms.forOthers("ann")))
        .isInstanceOf(Outcome.Published.class);
    assertThat(domains.publish(source, Terms.forOthers("bob")))
        .isInstanceOfSatisfying(
            Outcome.Unchanged.class,
            unchanged -> assertThat(unchanged.publication().publisher()).isEqualTo("ann"));
    assertThat(domains.history("shop")).hasSize(1);
  }

  @Test
  void whatHasMistakesIsNotPublished() throws IOException {
    PublishedDomains domains = domains();
    String first = domains.publish(source, new Findings()).orElseThrow().hash();
    Shop.write(source, "model.yaml", "name: [");
    var findings = new Findings();
    assertThat(domains.publish(source, findings)).isEmpty();
    assertThat(findings.toList().getFirst().location().file()).isEqualTo("model.yaml");
    assertThat(domains().find("shop").orElseThrow().hash()).isEqualTo(first);
  }

  @Test
  void twoGatewaysAgreeWithoutARestart() throws IOException {
    PublishedDomains one = domains();
    try (Warehouse elsewhere = Warehouse.open(WarehouseSettings.embedded(temp.resolve("home")))) {
      PublishedDomains other = PublishedDomains.open(elsewhere);
      one.publish(source, new Findings());
      Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> other.find("shop").isPresent());
      change(PRODUCT, "status: active", "status: deprecated");
      one.publish(source, new Findings());
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .until(() ->
              other
                  .find("shop")
                  .orElseThrow()
                  .hash()
                  .equals(one.find("shop").orElseThrow().hash()));
      assertThat(other.find("shop").orElseThrow().products().getFirst().status().word())
          .isEqualTo("deprecated");
    }
  }

  @Test
  void ofTwoPublishersOfOneDomainOneIsToldToLookAgain() throws Exception {
    domains().publish(source, new Findings());
    Path other = Shop.write(temp.resolve("other"));
    Shop.write(source, "model.yaml", Shop.model().replace("Sales in", "All sales in"));
    Shop.write(other, "model.yaml", Shop.model().replace("Sales in", "Some sales in"));
    Callable<String> first = () -> tried(source);
    Callable<String> second = () -> tried(other);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<String> outcomes =
          threads.invokeAll(List.of(first, second)).stream().map(Future::resultNow).toList();
      // One after the other both are right; at the same time one is.
      assertThat(outcomes).contains("published").isSubsetOf("published", "CONFLICT");
      assertThat(domains().history("shop"))
          .hasSize(1 + (int) outcomes.stream().filter("published"::equals).count());
    }
  }

  private String tried(Path folder) {
    PublishedDomains domains = domains();
    try {
      return domains.publish(folder, Terms.whileWorking("local")) instanceof Outcome.Published
          ? "published"
          : "refused";
    } catch (StoreException e) {
      return e.kind().name();
    }
  }

  @Test
  void twoDomainsCannotHaveOneSchema() throws IOException {
    PublishedDomains domains = domains();
    domains.publish(source, new Findings());
    Path other = Shop.write(temp.resolve("other"));
    for (String file : List.of("model.yaml", "schemas/sales.avsc", "schemas/shops.avsc", PRODUCT)) {
      String text = Files.readString(other.resolve(file));
      Shop.write(
          other,
          file,
          text.replace("name: shop\n", "name: stall\n")
              .replace("shop.s", "stall.s")
              .replace("domain: shop", "domain: stall")
              .replace("\"namespace\": \"shop\"", "\"namespace\": \"stall\""));
    }
    var findings = new Findings();
    assertThat(domains.publish(other, findings)).isEmpty();
    assertThat(findings.toList())
        .extracting(Finding::message)
        .containsExactly(
            "Cannot publish the product 'takings_by_city': the domain 'shop' has the schema"
                + " 'takings_by_city_v1' already");
  }

  @Test
  void aDomainOfAnEarlierReleaseIsBroughtIntoTheRegistry() throws IOException {
    Path folder = temp.resolve("home/domains/shop");
    Shop.write(folder.resolve("0123456789abcdef"));
    Shop.write(folder, "current", "0123456789abcdef\n");
    assertThat(domains().find("shop")).isPresent();
    assertThat(Files.exists(folder.resolve("current"))).isFalse();
    assertThat(domains().history("shop")).hasSize(1);
  }

  @Test
  void aCopyThatWasHarmedIsWrittenAgain() throws IOException {
    String hash = domains().publish(source, new Findings()).orElseThrow().hash();
    try (Stream<Path> files = Files.walk(temp.resolve("home/published"))) {
      for (Path model : files.filter(file -> file.endsWith("model.yaml")).toList()) {
        Files.writeString(model, "name: [");
      }
    }
    assertThat(domains().find("shop").orElseThrow().hash()).isEqualTo(hash);
  }

  @Test
  void theNamespaceOfThePlatformIsNoDomains() throws IOException {
    for (String file : List.of("model.yaml", "schemas/sales.avsc", "schemas/shops.avsc", PRODUCT)) {
      String text = Files.readString(source.resolve(file));
      Shop.write(
          source,
          file,
          text.replace("name: shop\n", "name: scorebook\n")
              .replace("shop.s", "scorebook.s")
              .replace("domain: shop", "domain: scorebook")
              .replace("\"namespace\": \"shop\"", "\"namespace\": \"scorebook\""));
    }
    assertThat(domains().publish(source, Terms.forOthers("ann")))
        .isInstanceOfSatisfying(
            Outcome.Invalid.class,
            invalid ->
                assertThat(invalid.findings())
                    .extracting(Finding::message)
                    .contains(
                        "Cannot call a domain 'scorebook': the platform's own tables are there"));
  }

  @Test
  void theProductsOfThePlatformAreNoDomains() throws IOException {
    change(PRODUCT, "name: takings_by_city", "name: registry");
    var findings = new Findings();
    assertThat(domains().publish(source, findings)).isEmpty();
    assertThat(findings.toList())
        .extracting(Finding::message)
        .containsExactly(
            "Cannot call a product 'registry': the platform has one of that name for its stewards");
  }
}
