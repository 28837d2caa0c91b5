package io.scorebook.engine.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.catalog.contract.Contract;
import io.scorebook.catalog.load.LoadOptions;
import io.scorebook.catalog.load.LoadReport;
import io.scorebook.catalog.load.Loader;
import io.scorebook.catalog.policy.Caller;
import io.scorebook.catalog.publication.PublishedVersion;
import io.scorebook.catalog.registry.Product.Status;
import io.scorebook.catalog.store.TableName;
import io.scorebook.catalog.store.Warehouse;
import io.scorebook.catalog.store.WarehouseSettings;
import io.scorebook.engine.Shop;
import io.scorebook.engine.answer.Answers;
import io.scorebook.engine.answer.Limits;
import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.reference.ReferenceEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What may follow what, and what is answered then: a shop whose takings are counted anew.
class VersionsTest {
  private static final String PRODUCT = "products/takings_by_city.yaml";
  private static final Instant START = Instant.parse("2026-05-01T10:00:00Z");

  @TempDir Path temp;
  private Path source;
  private Warehouse warehouse;
  private PublishedDomains domains;
  private Instant now = START;

  @SuppressWarnings("NullAway.Init")
  VersionsTest() {}

  @BeforeEach
  void open() throws IOException {
    source = Shop.write(temp.resolve("source"));
    warehouse = Warehouse.open(WarehouseSettings.embedded(temp.resolve("home")));
    domains = PublishedDomains.open(warehouse, clock());
  }

  @AfterEach
  void close() {
    warehouse.close();
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return now;
      }
    };
  }

  private VersionsTest change(String file, String from, String to) throws IOException {
    String text = Files.readString(source.resolve(file));
    assertThat(text).contains(from);
    Shop.write(source, file, text.replace(from, to));
    return this;
  }

  /// The product's version and status; the first in the file is the product's.
  private VersionsTest version(String version, String status) throws IOException {
    String text = Files.readString(source.resolve(PRODUCT));
    Shop.write(
        source,
        PRODUCT,
        text.replaceFirst(
            "\nversion: \\S+\nstatus: \\S+", "\nversion: " + version + "\nstatus: " + status));
    return this;
  }

  private VersionsTest property(String name, String value) throws IOException {
    String text = Files.readString(source.resolve(PRODUCT));
    String line = "  - {property: %s, value: %s}\n".formatted(name, value);
    Shop.write(
        source,
        PRODUCT,
        text.contains("\ncustomProperties:\n")
            ? text.replace("\ncustomProperties:\n", "\ncustomProperties:\n" + line)
            : text + "customProperties:\n" + line);
    return this;
  }

  private void counts() throws IOException {
    change("model.yaml", "SUM(sales.amount)", "COUNT(sales.amount)");
  }

  private void publish() {
    Outcome outcome = domains.publish(source, Terms.whileWorking("ann"));
    assertThat(outcome).isInstanceOf(Outcome.Published.class);
  }

  private List<String> refusals(Terms terms) {
    return switch (domains.publish(source, terms)) {
      case Outcome.Refused(var reasons) ->
          reasons.stream()
              .map(reason ->
                  reason.at()
                      + " "
                      + reason.message()
                      + reason.changes().stream()
                          .map(change -> "\n  %s %s".formatted(change.at(), change))
                          .collect(Collectors.joining()))
              .toList();
      case Outcome.Invalid(var findings) -> throw new AssertionError(findings);
      case Outcome.Published published -> throw new AssertionError(published.publication());
      case Outcome.Unchanged unchanged -> throw new AssertionError(unchanged.publication());
    };
  }

  private Domain shop() {
    return domains.find("shop").orElseThrow();
  }

  private List<String> served() {
    return shop().ports().stream()
        .map(port ->
            "%s %s %s"
                .formatted(
                    port.product().version(),
                    port.product().status().word(),
                    port.table().schema()))
        .toList();
  }

  @Test
  void otherContentUnderAPublishedVersionIsAConflictThatNamesTheBump() throws IOException {
    publish();
    counts();
    assertThat(refusals(Terms.whileWorking("ann")))
        .containsExactly(
            PRODUCT
                + ":4 Cannot publish other content as takings_by_city 1.0.0, which is published: its"
                + " changes are major, so make it 2.0.0\n"
                + "  products/takings_by_city.yaml:11 major: column"
                + " 'takings_by_city_v1.takings.takings': the metric 'takings' has another formula");
    change("model.yaml", "COUNT(sales.amount)", "SUM(sales.amount)");
    change(PRODUCT, "What each city takes in.", "Takings by city.");
    assertThat(refusals(Terms.whileWorking("ann")).getFirst())
        .contains("its changes are patch, so make it 1.0.1", "the purpose changed");
    assertThat(domains.history("shop")).hasSize(1);
  }

  @Test
  void aBreakingChangeAsksForAMajorAndAnAdditionForAMinor() throws IOException {
    publish();
    counts();
    version("1.1.0", "active");
    assertThat(refusals(Terms.whileWorking("ann")).getFirst())
        .contains(
            "Cannot publish takings_by_city 1.1.0 after takings_by_city 1.0.0: its changes are"
                + " major, so make it 2.0.0");
    change("model.yaml", "COUNT(sales.amount)", "SUM(sales.amount)");
    change(PRODUCT, "metrics: [takings]", "metrics: [takings, largest]");
    change(
        "model.yaml",
        "metrics:\n",
        """
        metrics:
          - name: largest
            expression: {dialects: [{dialect: ANSI_SQL, expression: MAX(sales.amount)}]}
        """);
    version("1.0.1", "active");
    assertThat(refusals(Terms.whileWorking("ann")).getFirst())
        .contains("its changes are minor, so make it 1.1.0", "column", "largest' was added");
    version("1.1.0", "active");
    publish();
    assertThat(served())
        .containsExactly("1.1.0 active takings_by_city_v1", "1.0.0 active takings_by_city_v1_0_0");
    version("1.0.5", "active");
    assertThat(refusals(Terms.whileWorking("ann")).getFirst())
        .contains("Cannot publish takings_by_city 1.0.5: takings_by_city 1.1.0 is published");
  }

  @Test
  void forOthersTheModelIsHeldToItsVersionToo() throws IOException {
    version("1.0.0", "draft");
    publish();
    counts();
    assertThat(refusals(Terms.forOthers("ann")))
        .singleElement()
        .asString()
        .startsWith("model.yaml:")
        .contains(
            "Cannot publish the model shop as 0.0.0, since 0.0.0 is published: its changes are"
                + " major, so make it 1.0.0",
            "major: metric 'takings': its formula changed");
    publish(); // while one works on it, a draft may change
    assertThat(shop().products().getFirst().version().toString()).isEqualTo("1.0.0");
  }

  @Test
  void narrowerPoliciesBreakForOthersToo() throws IOException {
    publish();
    String open =
        "groups: []\ngrants:\n  - {who: [\"*\"], on: {products: [\"*\"], datasets: [\"*\"], metrics: [\"*\"]}}\n";
    Shop.write(
        source, "policies.yaml", open + "tables: {shops: {columns: {city: {deny: true}}}}\n");
    assertThat(refusals(Terms.forOthers("ann")))
        .singleElement()
        .asString()
        .contains("so make it 1.0.0", "major: policy 'shops.city': the column no longer shows");
    publish();
  }

  @Test
  void aVersionThatOthersReadIsNoDraftAgainAndOneThatWasRetiredStaysSo() throws IOException {
    publish();
    version("1.0.0", "draft");
    assertThat(refusals(Terms.forOthers("ann")).getFirst())
        .contains("Cannot make takings_by_city 1.0.0 a draft again: it is active");
    version("1.0.0", "retired");
    publish();
    version("1.0.0", "active");
    assertThat(refusals(Terms.forOthers("ann")).getFirst())
        .contains("Cannot bring back takings_by_city 1.0.0: it was retired");
  }

  @Test
  void versionsOfBeforeKeepTheirFormulaAlsoInOneQuery() throws IOException {
    publish();
    counts();
    version("2.0.0", "active");
    change(PRODUCT, "000001", "000002");
    publish();
    load("shops", "shop_id,city\n1,Bern\n2,Chur\n");
    load("sales", "id,shop_id,amount\n1,1,10\n2,2,5\n3,1,7\n");
    assertThat(served())
        .containsExactly("1.0.0 active takings_by_city_v1", "2.0.0 active takings_by_city_v2");
    assertThat(rows("SELECT city, takings FROM takings_by_city_v1.takings ORDER BY city"))
        .containsExactly("Bern 17", "Chur 5");
    assertThat(rows("SELECT city, takings FROM takings_by_city_v2.takings ORDER BY city"))
        .containsExactly("Bern 2", "Chur 1");
    assertThat(
            rows(
                "SELECT a.city, a.takings, b.takings FROM takings_by_city_v1.takings a"
                    + " JOIN takings_by_city_v2.takings b ON a.city = b.city ORDER BY 1"))
        .containsExactly("Bern 17 2", "Chur 5 1");
    for (Domain.PublicPort port : shop().ports()) {
      assertThat(rows(port)).hasSize(2);
    }
    // A key that the data breaks is found through the model of either.
    load("shops", "shop_id,city\n3,Bern\n");
    assertThat(rows("SELECT city, takings FROM takings_by_city_v1.takings ORDER BY city"))
        .containsExactly("Bern 17", "Chur 5");
  }

  @Test
  void aVersionEndsAtItsSunsetAndNamesItsSuccessor() throws IOException {
    publish();
    version("1.0.0", "deprecated").property("sunset", "2026-05-03").property("successor", "2.0.0");
    now = START.plus(Duration.ofHours(1));
    publish();
    Domain.PublicPort port = shop().ports().getFirst();
    assertThat(port.product().status()).isEqualTo(Status.DEPRECATED);
    assertThat(port.published().orElseThrow().deprecatedAt()).contains(now);
    assertThat(shop().planner().tables())
        .filteredOn(table -> table.schema().equals("takings_by_city_v1"))
        .extracting(table -> table.description().orElse(""))
        .containsExactly(
            "takings_by_city 1.0.0 is deprecated, ends on 2026-05-03, use takings_by_city 2.0.0.");
    now = Instant.parse("2026-05-03T00:00:00Z");
    assertThat(shop().ports()).isEmpty();
    String message =
        "Cannot give takings_by_city 1.0.0: it ended on 2026-05-03; ask takings_by_city 2.0.0 in its"
            + " place";
    assertThat(shop().ended()).extracting(Domain.Ended::message).containsExactly(message);
    assertThat(shop().planner().plan("SELECT * FROM takings_by_city_v1.takings").toString())
        .contains("GONE", message);
    // Another process opens it as it is now.
    assertThat(PublishedDomains.open(warehouse, clock()).find("shop").orElseThrow().ports())
        .isEmpty();
  }

  @Test
  void whatLeftTheFolderIsServedUntilItIsRetired() throws IOException {
    publish();
    String active = Files.readString(source.resolve(PRODUCT));
    Files.delete(source.resolve(PRODUCT));
    Shop.write(source, "model.yaml", Shop.model().replace("takings", "income"));
    publish();
    assertThat(served()).containsExactly("1.0.0 active takings_by_city_v1");
    Shop.write(source, "model.yaml", Shop.model());
    Shop.write(source, PRODUCT, active.replace("status: active", "status: retired"));
    publish();
    assertThat(served()).isEmpty();
    Files.delete(source.resolve(PRODUCT));
    publish();
    assertThat(shop().ended()).hasSize(1);
  }

  @Test
  void anOlderMinorEndsWithItsMajor() throws IOException {
    publish();
    change(PRODUCT, "What each city takes in.", "Takings by city.");
    version("1.0.1", "active");
    publish();
    version("1.0.1", "retired");
    publish();
    assertThat(served()).isEmpty();
    assertThat(shop().ended()).hasSize(2);
  }

  @Test
  void aDraftIsBesideWhatIsActiveAndGoesWithItsFile() throws IOException {
    publish();
    counts();
    version("2.0.0", "draft");
    publish();
    assertThat(served())
        .containsExactly("1.0.0 active takings_by_city_v1", "2.0.0 draft takings_by_city_v2");
    Files.delete(source.resolve(PRODUCT));
    publish();
    assertThat(served()).containsExactly("1.0.0 active takings_by_city_v1");
  }

  @Test
  void aColumnThatAServedVersionReadsStaysInTheContracts() throws IOException {
    publish();
    Files.delete(source.resolve(PRODUCT));
    change("schemas/sales.avsc", "\"amount\"", "\"price\"");
    change("model.yaml", "expression: amount}", "expression: price}");
    change("model.yaml", "SUM(sales.amount)", "SUM(sales.price)");
    change("model.yaml", "{name: amount,", "{name: price,");
    assertThat(refusals(Terms.whileWorking("ann")))
        .containsExactly(
            "schemas:1 Cannot do without the column 'shop.sales.amount': takings_by_city 1.0.0 is"
                + " served still and reads it; keep it, or retire takings_by_city 1.0.0");
  }

  @Test
  void pinnedDataStaysWhileTheTablesMove() throws IOException {
    property("data", "pinned");
    assertThat(refusals(Terms.whileWorking("ann")).getFirst())
        .contains(
            "Cannot pin the data of takings_by_city 1.0.0: the table 'shop.sales' has no rows");
    load("shops", "shop_id,city\n1,Bern\n2,Chur\n");
    load("sales", "id,shop_id,amount\n1,1,10\n2,2,5\n");
    publish();
    PublishedVersion version = domains.history("shop").getFirst().versions().getFirst();
    assertThat(version.pinned()).containsOnlyKeys("shop.sales", "shop.shops");
    String tag = version.tag().orElseThrow();
    assertThat(tag).startsWith("product/takings_by_city/1.0.0-");
    assertThat(warehouse.loadTable(TableName.parse("shop.sales")).refs()).containsKey(tag);
    load("sales", "id,shop_id,amount\n3,1,7\n");
    assertThat(rows("SELECT city, takings FROM takings_by_city_v1.takings ORDER BY city"))
        .containsExactly("Bern 10", "Chur 5");
    assertThat(
            rows(
                "SELECT a.city, a.takings, s.takings FROM takings_by_city_v1.takings a JOIN (SELECT"
                    + " city, AGGREGATE(takings) AS takings FROM shop.sales GROUP BY city) s ON"
                    + " a.city = s.city ORDER BY 1"))
        .containsExactly("Bern 10 17", "Chur 5 5");
    try (Answers answers = answers()) {
      var answered =
          (io.scorebook.engine.answer.Outcome.Answered)
              answers.answer(
                  "SELECT takings FROM takings_by_city_v1.takings",
                  Limits.of(Duration.ofMinutes(1)));
      assertThat(answered.answer().provenance().snapshots())
          .containsEntry("shop.sales@" + tag, version.pinned().get("shop.sales"));
      answered.answer().rows().close();
    }
    // The same again keeps the tag; other data under the same version is another promise.
    assertThat(domains.publish(source, Terms.whileWorking("ann")))
        .isInstanceOf(Outcome.Unchanged.class);
    change(PRODUCT, "value: pinned", "value: live");
    assertThat(refusals(Terms.whileWorking("ann")).getFirst())
        .contains("major, so make it 2.0.0", "its data moves now");
  }

  private Answers answers() {
    return new Answers(
            warehouse,
            domains,
            List.of(new ReferenceEngine()),
            0,
            io.scorebook.engine.answer.Standing.UNKNOWN)
        .as(Caller.local());
  }

  private List<String> rows(String sql) {
    try (Answers answers = answers()) {
      return rows(answers.answer(sql, Limits.of(Duration.ofMinutes(1))));
    }
  }

  private List<String> rows(Domain.PublicPort port) {
    try (Answers answers = answers()) {
      return rows(answers.answer(port.table(), Limits.of(Duration.ofMinutes(1))));
    }
  }

  private static List<String> rows(io.scorebook.engine.answer.Outcome outcome) {
    if (!(outcome instanceof io.scorebook.engine.answer.Outcome.Answered(var answer))) {
      throw new AssertionError(outcome.toString());
    }
    var rows = new ArrayList<String>();
    try (var read = answer.rows()) {
      while (read.next()) {
        var words = new ArrayList<String>();
        for (int i = 0; i < answer.columns().size(); i++) {
          words.add(String.valueOf(read.value(i)));
        }
        rows.add(String.join(" ", words));
      }
    }
    return rows;
  }

  private void load(String table, String csv) throws IOException {
    Path file = Files.writeString(temp.resolve(table + ".csv"), csv);
    var findings = new io.scorebook.documents.Findings();
    Contract contract =
        Contract.read(source.resolve("schemas/" + table + ".avsc"), table, findings).orElseThrow();
    assertThat(new Loader(warehouse).load(contract, List.of(file), LoadOptions.DEFAULT))
        .isInstanceOf(LoadReport.class);
  }
}
