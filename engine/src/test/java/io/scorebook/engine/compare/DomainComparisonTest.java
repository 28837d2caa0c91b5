package io.scorebook.engine.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.catalog.contract.Contract;
import io.scorebook.catalog.load.LoadOptions;
import io.scorebook.catalog.load.LoadReport;
import io.scorebook.catalog.load.Loader;
import io.scorebook.catalog.policy.Grant;
import io.scorebook.catalog.policy.Policies;
import io.scorebook.catalog.store.WarehouseSettings;
import io.scorebook.documents.Finding;
import io.scorebook.documents.Findings;
import io.scorebook.engine.EngineSettings;
import io.scorebook.engine.Platform;
import io.scorebook.engine.Shop;
import io.scorebook.engine.answer.Limits;
import io.scorebook.engine.compare.ValueChange.Difference;
import io.scorebook.engine.compare.ValueChange.Value;
import io.scorebook.semantic.compare.Change;
import io.scorebook.semantic.compare.Comparison;
import io.scorebook.semantic.compare.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A domain of a few files, changed in one of them at a time.
class DomainComparisonTest {
  private static final String PRODUCT = "products/takings_by_city.yaml";

  @TempDir Path temp;
  private Path after = Path.of("");

  @BeforeEach
  void write() throws IOException {
    Shop.write(temp.resolve("before"));
    after = Shop.write(temp.resolve("after"));
  }

  private void change(String file, String from, String to) throws IOException {
    String text = Files.readString(after.resolve(file));
    assertThat(text).contains(from);
    Shop.write(after, file, text.replace(from, to));
  }

  private static DomainVersion read(Path folder) {
    var findings = new Findings();
    return DomainVersion.read(folder, findings)
        .orElseThrow(
            () -> new AssertionError(findings.toList().stream().map(Finding::toString).toList()));
  }

  private Comparison compare() {
    return DomainComparison.compare(read(temp.resolve("before")), read(after));
  }

  private List<String> changes() {
    return compare().changes().stream().map(Change::toString).toList();
  }

  @Test
  void aDomainIsAsItIs() throws IOException {
    assertThat(changes()).isEmpty();
    change("model.yaml", "SUM(sales.amount)", "sum( Sales.amount )");
    change(
        PRODUCT,
        "{metrics: [takings], dimensions: [city]}",
        "{dimensions: [City], metrics: [takings], filters: []}");
    assertThat(changes()).isEmpty();
  }

  @Test
  void aChangedFormulaBreaksTheColumnsOfProducts() throws IOException {
    change("model.yaml", "SUM(sales.amount)", "MAX(sales.amount)");
    assertThat(changes())
        .containsExactly(
            "major: metric 'takings': its formula changed",
            "major: column 'takings_by_city_v1.takings.takings': the metric 'takings' has another formula");
    assertThat(compare().unmet(Level.MAJOR))
        .extracting(demand -> demand.of() + " " + demand.least())
        .containsExactly("model shop 1.0.0", "product takings_by_city 2.0.0");
  }

  @Test
  void anotherTypeOfASourceColumnIsSeenInTheMetric() throws IOException {
    change("schemas/sales.avsc", "[\"null\", \"int\"]", "[\"null\", \"double\"]");
    assertThat(changes())
        .containsExactly(
            "major: metric 'takings': its type changed",
            "major: column 'takings_by_city_v1.takings.takings': its type changed");
  }

  @Test
  void anotherGrainOrFilterOfAProductBreaks() throws IOException {
    change(PRODUCT, "dimensions: [city]", "dimensions: []");
    assertThat(changes())
        .containsExactly(
            "major: port 'takings_by_city_v1.takings': a row is something else",
            "major: column 'takings_by_city_v1.takings.city' was removed");
    change(
        PRODUCT,
        "dimensions: []",
        "dimensions: [city], filters: [{field: city, op: \"=\", value: Bern}]");
    assertThat(changes())
        .containsExactly("major: port 'takings_by_city_v1.takings': it holds other rows");
  }

  @Test
  void aDimensionThatIsOfOtherRowsBreaksTheProductsColumn() throws IOException {
    change("model.yaml", "expression: city}", "expression: UPPER(city)}");
    assertThat(changes())
        .contains(
            "major: field 'shops.city': its expression changed",
            "major: dimension 'sales.city': it means something else now",
            "major: port 'takings_by_city_v1.takings': a row is something else");
  }

  @Test
  void whatAProductGainsIsMinorAndItsWordsAPatch() throws IOException {
    change(
        "model.yaml",
        "metrics:\n",
        """
        metrics:
          - name: largest
            expression: {dialects: [{dialect: ANSI_SQL, expression: MAX(sales.amount)}]}
        """);
    change(PRODUCT, "metrics: [takings]", "metrics: [takings, largest]");
    change(PRODUCT, "What each city takes in.", "Takings by city.");
    change(PRODUCT, "version: 1.0.0\nstatus", "version: 1.1.0\nstatus");
    Comparison comparison = compare();
    assertThat(comparison.changes())
        .extracting(Change::toString)
        .containsExactly(
            "minor: metric 'largest' was added",
            "minor: column 'takings_by_city_v1.takings.largest' was added",
            "patch: product 'takings_by_city_v1': the purpose changed");
    assertThat(comparison.unmet(Level.MINOR))
        .extracting(demand -> demand.of())
        .containsExactly("model shop");
  }

  @Test
  void aMajorThatIsReplacedIsComparedAndNotServedAnyMore() throws IOException {
    change(PRODUCT, "version: 1.0.0\nstatus: active", "version: 2.0.0\nstatus: active");
    change("model.yaml", "SUM(sales.amount)", "MAX(sales.amount)");
    Comparison comparison = compare();
    assertThat(comparison.changes())
        .extracting(Change::toString)
        .contains(
            "major: product 'takings_by_city_v1' was removed",
            "major: column 'takings_by_city_v2.takings.takings': the metric 'takings' has another formula");
    assertThat(comparison.unmet(Level.MAJOR))
        .extracting(demand -> demand.of())
        .containsExactly("model shop");
  }

  @Test
  void aSecondMajorBesideTheFirstBreaksNothing() throws IOException {
    String next =
        Files.readString(after.resolve(PRODUCT))
            .replace("version: 1.0.0\nstatus", "version: 2.0.0\nstatus")
            .replace("000001", "000002")
            .replace("dimensions: [city]", "dimensions: []");
    Shop.write(after, "products/takings_2.yaml", next);
    assertThat(changes()).containsExactly("minor: product 'takings_by_city_v2' was added");
    Files.delete(after.resolve("products/takings_2.yaml"));
    Files.delete(after.resolve(PRODUCT));
    assertThat(changes()).containsExactly("major: product 'takings_by_city_v1' was removed");
    assertThat(compare().unmet(Level.MAJOR)).hasSize(1);
  }

  @Test
  void narrowerGrantsBreak() {
    var things =
        Map.of(Grant.Kind.METRIC, Set.of("takings"), Grant.Kind.DATASET, Set.of("sales", "shops"));
    var findings = new Findings();
    Policies narrow =
        Policies.parse(
                "policies.yaml",
                """
                grants:
                  - who: ["*"]
                    on: {datasets: [shops]}
                  - who: [clerks]
                    on: {metrics: ["*"], datasets: ["*"]}
                """,
                findings)
            .orElseThrow();
    assertThat(PolicyChanges.of(Policies.open(), narrow, things, Map.of()))
        .extracting(Change::toString)
        .containsExactly(
            "major: policy '*': who is in no group may no longer read the datasets sales",
            "major: policy '*': who is in no group may no longer read the metrics takings");
    assertThat(PolicyChanges.of(narrow, Policies.open(), things, Map.of()))
        .extracting(Change::level)
        .containsOnly(Level.MINOR);
  }

  private static final String RULES =
      """
      groups: [clerks, stewards]
      attributes: [city]
      purposes: [audit]
      grants:
        - {who: ["*"], on: {products: ["*"], datasets: ["*"], metrics: ["*"]}}
      tables:
        shops:
          rows:
            - {name: own, who: [clerks], where: "city = caller.city"}
            - {who: [stewards], where: "TRUE"}
          columns:
            city: {mask: partial, first: 1, except: [stewards]}
      metrics:
        takings: {minimumGroupSize: 3, of: sales.amount, except: [stewards]}
      """;

  /// What the policies say when this stands in the place of that.
  private List<String> ruled(String that, String place) throws IOException {
    assertThat(RULES).contains(that);
    Shop.write(temp.resolve("before"), "policies.yaml", RULES);
    Shop.write(after, "policies.yaml", RULES.replace(that, place));
    return changes();
  }

  private static List<String> told(Comparison comparison) {
    return comparison.changes().stream()
        .map(change ->
            "%s: %s -> %s"
                .formatted(change.message(), change.before().orElse(""), change.after().orElse("")))
        .toList();
  }

  @Test
  void rulesThatComeOrGo() throws IOException {
    Shop.write(after, "policies.yaml", RULES);
    assertThat(told(compare()))
        .containsExactlyInAnyOrder(
            "policy 'shops': 'all rows' no longer shows rows to everyone:"
                + " where TRUE, for everyone ->"
                + " where city = caller.city, for clerks; where TRUE, for stewards",
            "policy 'shops.city': the column no longer shows what it did:"
                + " as it is -> partial, first 1, last 0, but for stewards",
            "policy 'takings': the metric is no longer told of all groups that it was:"
                + " of all groups -> of at least 3 different sales.amount, but for stewards");
    assertThat(compare().changes()).extracting(Change::level).containsOnly(Level.MAJOR);
    assertThat(compare().unmet(Level.MAJOR))
        .extracting(demand -> demand.of() + " " + demand.least())
        .containsExactly("model shop 1.0.0");
    Comparison back = DomainComparison.compare(read(after), read(temp.resolve("before")));
    assertThat(back.changes()).hasSize(3).extracting(Change::level).containsOnly(Level.MINOR);
  }

  @Test
  void narrowerRulesBreakAndWiderDoNot() throws IOException {
    assertThat(ruled("city = caller.city", "city <> caller.city"))
        .containsExactly("major: policy 'shops': the rule 'own' has another condition");
    assertThat(ruled("who: [clerks], where", "who: [clerks], purpose: [audit], where"))
        .containsExactly("major: policy 'shops': 'own' no longer shows rows to clerks");
    assertThat(ruled("who: [clerks], where", "who: [\"*\"], where"))
        .containsExactly("minor: policy 'shops': 'own' shows rows to everyone");
    assertThat(ruled("- {name: own, who: [clerks], where: \"city = caller.city\"}", ""))
        .containsExactly("major: policy 'shops': 'own' no longer shows rows to clerks");
    String only = "- {name: known, who: [\"*\"], only: \"city IS NOT NULL\"}\n      ";
    assertThat(ruled("- {who: [stewards]", only + "- {who: [stewards]"))
        .containsExactly("major: policy 'shops': 'known' keeps back rows from everyone");
    assertThat(ruled("name: own", "name: mine")).isEmpty();
    assertThat(ruled("who: [stewards], where", "who: [stewards, clerks], where"))
        .containsExactly("minor: policy 'shops': 'shops rows, rule 2' shows rows to clerks");

    assertThat(ruled("mask: partial, first: 1", "deny: true"))
        .containsExactly("major: policy 'shops.city': the column no longer shows what it did");
    assertThat(ruled("mask: partial, first: 1", "mask: partial, first: 2"))
        .containsExactly("major: policy 'shops.city': the column no longer shows what it did");
    assertThat(ruled("mask: partial, first: 1, except: [stewards]", "mask: partial, first: 1"))
        .containsExactly("major: policy 'shops.city': the column no longer shows what it did");
    assertThat(ruled("first: 1, except: [stewards]", "first: 1, except: [stewards, clerks]"))
        .containsExactly("minor: policy 'shops.city': the column shows more");

    assertThat(ruled("minimumGroupSize: 3", "minimumGroupSize: 4"))
        .containsExactly(
            "major: policy 'takings': the metric is no longer told of all groups that it was");
    assertThat(ruled("minimumGroupSize: 3", "minimumGroupSize: 2"))
        .containsExactly("minor: policy 'takings': the metric is told of more groups");
    assertThat(ruled("{who: [\"*\"], on", "{who: [\"*\"], purpose: [audit], on"))
        .contains(
            "major: policy '*': who is in no group may read for fewer purposes the metrics takings");
  }

  @Test
  void valuesOfChangedMetricsAreOfTheSameData() throws IOException {
    change("model.yaml", "SUM(sales.amount)", "MAX(sales.amount)");
    try (var platform =
        Platform.open(
            WarehouseSettings.embedded(temp.resolve("home")), EngineSettings.defaults())) {
      platform.domains().publish(temp.resolve("before"), new Findings());
      load(platform, "shops", "shop_id,city\n1,Bern\n2,Chur\n3,Bern\n");
      load(platform, "sales", "id,shop_id,amount\n1,1,10\n2,2,5\n3,3,7\n4,2,\n");
      var values =
          new ValueComparison(
              platform.answers(),
              read(temp.resolve("before")).domain(),
              read(after).domain(),
              () -> Limits.of(Duration.ofMinutes(1)));
      assertThat(values.snapshots()).containsOnlyKeys("shop.sales", "shop.shops");
      ValueChange takings = values.compare(compare()).getFirst();
      assertThat(takings.total())
          .isEqualTo(new Difference(new Value.Known(22L), new Value.Known(10L)));
      ValueChange.Groups groups = takings.groups().orElseThrow();
      assertThat(groups.keys()).containsExactly("city");
      assertThat(groups.count()).isEqualTo(2);
      assertThat(groups.different()).isEqualTo(1);
      assertThat(groups.examples())
          .containsExactly(
              new ValueChange.Example(
                  List.of("Bern"), new Difference(new Value.Known(17L), new Value.Known(10L))));
    }
  }

  private void load(Platform platform, String table, String csv) throws IOException {
    Path file = Files.writeString(temp.resolve(table + ".csv"), csv);
    Contract contract =
        platform.domains().find("shop").orElseThrow().contracts().find(table).orElseThrow();
    assertThat(new Loader(platform.warehouse()).load(contract, List.of(file), LoadOptions.DEFAULT))
        .isInstanceOf(LoadReport.class);
  }
}
