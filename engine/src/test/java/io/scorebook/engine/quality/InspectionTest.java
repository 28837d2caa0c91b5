package io.scorebook.engine.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.catalog.contract.Contract;
import io.scorebook.catalog.load.Allowance;
import io.scorebook.catalog.load.LoadOptions;
import io.scorebook.catalog.load.LoadProgress;
import io.scorebook.catalog.load.LoadReport;
import io.scorebook.catalog.load.Loader;
import io.scorebook.catalog.quality.Measured;
import io.scorebook.catalog.quality.Measured.Outcome;
import io.scorebook.catalog.store.WarehouseSettings;
import io.scorebook.documents.Finding;
import io.scorebook.documents.Findings;
import io.scorebook.engine.EngineSettings;
import io.scorebook.engine.Platform;
import io.scorebook.engine.Shop;
import io.scorebook.engine.answer.Limits;
import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.quality.Inspection.Inspected;
import io.scorebook.engine.quality.Inspection.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One shop, in the order of its life: loaded, inspected, loaded again, opened anew.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class InspectionTest {
  private static final Limits LIMITS = Limits.of(Duration.ofMinutes(1));
  private static final Time TIME = Time.of(Duration.ofMinutes(1), Duration.ofMinutes(5));

  private static final String MODEL =
      """
      version: 0.2.0.dev0
      name: shop
      datasets:
        - name: sales
          source: shop.sales
          primary_key: [id]
          fields:
            - {name: id, dimension: {is_time: false}, expression: {dialects: [{dialect: ANSI_SQL, expression: id}]}}
            - {name: city, dimension: {is_time: false}, expression: {dialects: [{dialect: ANSI_SQL, expression: city}]}}
            - {name: day, dimension: {is_time: true}, expression: {dialects: [{dialect: ANSI_SQL, expression: day}]}}
            - {name: amount, dimension: {is_time: false}, expression: {dialects: [{dialect: ANSI_SQL, expression: amount}]}}
      metrics:
        - name: takings
          expression: {dialects: [{dialect: ANSI_SQL, expression: SUM(sales.amount)}]}
          custom_extensions:
            - vendor_name: SCOREBOOK
              data: '{"target": {"value": 30, "direction": "atLeast"}}'
        - name: mean
          expression: {dialects: [{dialect: ANSI_SQL, expression: AVG(sales.amount)}]}
      """;

  private static final String SCHEMA =
      """
      {"type": "record", "name": "sales", "namespace": "shop", "primaryKey": ["id"],
       "fields": [
         {"name": "id", "type": "long"},
         {"name": "city", "type": ["null", "string"]},
         {"name": "day", "type": {"type": "int", "logicalType": "date"}},
         {"name": "amount", "type": ["null", "int"]}]}
      """;

  private static final String PRODUCT =
      """
      apiVersion: v1.1.0
      kind: DataProduct
      id: 0f1d6c1e-0000-4000-8000-000000000001
      name: NAME
      version: 1.0.0
      status: active
      domain: shop
      description: {purpose: What was sold.}
      team: {name: sales}
      outputPorts:
        - name: rows
          customProperties:
            - {property: dataset, value: sales}
      """;

  private static final String RULES =
      """
            - property: quality
              value:
                - {name: rows, metric: rowCount, mustBe: 4}
                - {name: no_city, metric: nullValues, column: city, mustBe: 1}
                - {name: no_city_percent, metric: nullValues, column: city, unit: percent, mustBeLessThan: 25}
                - {name: missing, metric: missingValues, column: city, arguments: {missingValues: [null, '', "O'Hare"]}, mustBeLessOrEqualTo: 1}
                - {name: listed, metric: invalidValues, column: city, arguments: {validValues: [Bern, Chur]}, mustBe: 0}
                - {name: like, metric: invalidValues, column: city, arguments: {pattern: '^[A-Z]'}, mustBe: 0}
                - {name: amounts, metric: invalidValues, column: amount, arguments: {validValues: [10, 20]}, mustNotBe: 1}
                - {name: twice, metric: duplicateValues, column: city, mustBe: 0, severity: warning}
                - {name: twice_same_day, metric: duplicateValues, arguments: {properties: [city, day]}, mustBe: 0}
                - {name: asked, type: sql, query: 'SELECT COUNT(DISTINCT "day") FROM ${object}', mustBeGreaterThan: 1}
                - {name: other_table, type: sql, query: 'SELECT MAX(amount) FROM shop.sales', mustBeBetween: [20, 30]}
                - {name: many_rows, type: sql, query: 'SELECT amount FROM ${object}', mustBe: 0}
                - {name: no_value, type: sql, query: 'SELECT MAX(amount) FROM ${object} WHERE id > 100', mustBe: 0}
                - {name: cannot, type: sql, query: 'SELECT SUM(CAST(city AS INTEGER)) FROM ${object}', mustBe: 0}
                - {name: kpi, type: custom, engine: scorebook, implementation: {metric: mean, dimensions: [city], mustBeGreaterOrEqualTo: 10}}
                - {name: kpi_broken, type: custom, engine: scorebook, severity: error, implementation: {metric: mean, dimensions: [city], filters: [{field: city, op: isNotNull}], mustNotBeBetween: [1, 10]}}
            - property: slaProperties
              value:
                - {property: freshness, value: 1, unit: h}
                - {id: by_day, property: latency, value: 2, unit: d, element: day}
                - {property: frequency, value: 1, unit: d, element: sales}
                - {property: retention, value: 1, unit: y}
                - {property: availability, value: 99.9, unit: percent}
      """;

  @TempDir static Path temp;
  private Platform platform;
  private Domain domain;

  @BeforeAll
  void open() throws IOException {
    Path folder = write(temp.resolve("shop"), PRODUCT.replace("NAME", "held") + RULES);
    Shop.write(folder, "products/free.yaml", PRODUCT.replace("NAME", "free"));
    start();
    var findings = new Findings();
    domain =
        platform
            .domains()
            .publish(folder, findings)
            .orElseThrow(() -> new AssertionError(findings.toList()));
    load("1,Bern,2026-11-20,10\n2,Bern,2026-11-20,20\n3,o'hare,2026-11-21,\n4,,2026-11-22,5\n");
  }

  private void start() {
    platform =
        Platform.open(WarehouseSettings.embedded(temp.resolve("home")), EngineSettings.defaults());
  }

  private static Path write(Path folder, String product) throws IOException {
    Shop.write(folder, "model.yaml", MODEL);
    Shop.write(folder, "schemas/sales.avsc", SCHEMA);
    Shop.write(folder, "products/held.yaml", product);
    return folder;
  }

  @AfterAll
  void close() {
    platform.close();
  }

  private void load(String rows) throws IOException {
    Path file = Files.writeString(temp.resolve("sales.csv"), "id,city,day,amount\n" + rows);
    Contract contract = domain.contracts().inLoadOrder().getFirst();
    var options = new LoadOptions(Optional.empty(), Allowance.NONE, LoadProgress.SILENT);
    assertThat(new Loader(platform.warehouse()).load(contract, List.of(file), options))
        .isInstanceOf(LoadReport.class);
  }

  private List<Inspected> inspect() {
    return platform.inspection().inspect(domain, _ -> true, false, TIME);
  }

  private PortStanding standing(QualityBook book) {
    Domain.PublicPort port = domain.findPort("held", 1, "rows").orElseThrow();
    return book.standing(domain, port, platform.answers().pin(book.tables(domain, port), LIMITS));
  }

  private QualityBook bookAt(Instant now) {
    return new QualityBook(platform.warehouse(), platform.domains()::find, () -> now);
  }

  @Test
  @Order(1)
  void measuresEachKind() {
    assertThat(standing(platform.quality()).state()).isEqualTo(PortStanding.State.UNKNOWN);
    Map<String, String> came =
        inspect().stream()
            .map(Inspected::measured)
            .collect(
                Collectors.toMap(
                    Measured::name,
                    m ->
                        "%s %s"
                            .formatted(m.outcome().word(), m.value().or(m::reason).orElseThrow()),
                    (a, _) -> a,
                    TreeMap::new));
    assertThat(came)
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("rows", "passed 4"),
                Map.entry("no_city", "passed 1"),
                Map.entry("no_city_percent", "failed 25"),
                Map.entry("missing", "passed 1"),
                Map.entry("listed", "failed 1"),
                Map.entry("like", "failed 1"),
                Map.entry("amounts", "failed 1"),
                Map.entry("twice", "failed 1"),
                Map.entry("twice_same_day", "failed 1"),
                Map.entry("asked", "passed 3"),
                Map.entry("other_table", "passed 20"),
                Map.entry("many_rows", "not_measured the query gave more than one row"),
                Map.entry("no_value", "not_measured the query gave no value"),
                Map.entry(
                    "cannot", "not_measured the rows hold a value that cannot be computed with"),
                Map.entry("kpi", "failed 1"),
                Map.entry("kpi_broken", "passed 0"),
                Map.entry("by_day", "passed 2026-11-22"),
                Map.entry("takings", "passed 35")));
    assertThat(standing(platform.quality()).state()).isEqualTo(PortStanding.State.FAILING);
  }

  @Test
  @Order(2)
  void measuresNothingTwiceOnTheSameSnapshots() {
    List<Inspected> again = inspect();
    assertThat(again)
        .filteredOn(Inspected::isNew)
        .extracting(one -> one.measured().name())
        .containsExactlyInAnyOrder("many_rows", "no_value", "cannot");
    assertThat(platform.inspection().inspect(domain, task -> task.isOf("free"), true, TIME))
        .isEmpty();
  }

  @Test
  @Order(3)
  void tellsAnswersOfWhatIsMissed() {
    assertThat(missed("SELECT id FROM free_v1.\"rows\"")).isEmpty();
    assertThat(missed("SELECT id FROM shop.sales")).isEmpty();
    assertThat(missed("WITH a AS (SELECT * FROM HELD_V1.\"rows\") SELECT COUNT(*) FROM a"))
        .contains("quality no_city_percent: nullValues of city in percent < 25, 25")
        .noneMatch(text -> text.contains("twice:"));
  }

  private List<String> missed(String sql) {
    return switch (platform.answers().answer(sql, LIMITS)) {
      case io.scorebook.engine.answer.Outcome.Answered(var answer) -> {
        answer.close();
        yield answer.provenance().levels().stream()
            .map(m -> "%s %s: %s, %s".formatted(m.level(), m.name(), m.promised(), m.measured()))
            .toList();
      }
      case io.scorebook.engine.answer.Outcome.Refused(var issues) ->
          throw new AssertionError(issues);
    };
  }

  @Test
  @Order(4)
  void measuresLevelsByTheAgeOfSnapshots() {
    Instant now = Instant.now();
    assertThat(levels(now)).contains("freshness KEPT", "frequency KEPT", "retention KEPT");
    assertThat(levels(now.plus(Duration.ofHours(2))))
        .contains("freshness MISSED", "frequency KEPT");
    assertThat(levels(now.plus(Duration.ofDays(2)))).contains("frequency MISSED");
    Instant day = LocalDate.parse("2026-11-22").atStartOfDay(ZoneOffset.UTC).toInstant();
    assertThat(levels(day.plus(Duration.ofDays(2)))).contains("by_day KEPT");
    assertThat(levels(day.plus(Duration.ofDays(2)).plusSeconds(1)))
        .contains("by_day MISSED", "availability STATED");
  }

  private List<String> levels(Instant now) {
    try (QualityBook book = bookAt(now)) {
      return standing(book).levels().stream()
          .map(level -> level.level().name() + " " + level.state())
          .toList();
    }
  }

  @Test
  @Order(5)
  void keepsTheHistoryOfTargetsAndOldResultsAfterALoad() throws IOException {
    load("5,Chur,2026-11-23,-20\n");
    PortStanding before = standing(platform.quality());
    assertThat(before.state()).isEqualTo(PortStanding.State.UNKNOWN);
    assertThat(before.rules()).allSatisfy(rule -> assertThat(rule.isCurrent()).isFalse());
    assertThat(missed("SELECT id FROM held_v1.\"rows\"")).isEmpty();
    inspect();
    assertThat(platform.quality().history(domain, "takings"))
        .extracting(Measured::outcome, m -> m.value().orElseThrow(), Measured::bound)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Outcome.PASSED, "35", "at least 30"),
            org.assertj.core.groups.Tuple.tuple(Outcome.FAILED, "15", "at least 30"));
  }

  @Test
  @Order(6)
  void expiredHistoryBreaksRetention() {
    var table = platform.warehouse().loadTable(domain.contracts().inLoadOrder().getFirst().table());
    table.expireSnapshots().expireOlderThan(System.currentTimeMillis()).retainLast(1).commit();
    assertThat(levels(Instant.now())).contains("retention MISSED");
  }

  @Test
  @Order(7)
  void remembersAfterARestart() {
    platform.close();
    start();
    assertThat(platform.quality().history(domain, "takings")).hasSize(2);
    assertThat(missed("SELECT id FROM held_v1.\"rows\"")).isNotEmpty();
    assertThat(inspect()).filteredOn(Inspected::isNew).hasSize(3);
  }

  @Test
  @Order(8)
  void stopsALoadThatWouldBreakARule() throws IOException {
    Path folder =
        write(
            temp.resolve("stopping"),
            PRODUCT.replace("NAME", "held")
                + """
                  - property: quality
                    value:
                      - {name: few, metric: rowCount, mustBeLessThan: 7, customProperties: [{property: stopsLoad, value: true}]}
                      - {name: none, metric: rowCount, mustBe: 0}
                """
                    .indent(4));
    Domain stopping = Domain.read(folder, new Findings()).orElseThrow();
    Contract contract = stopping.contracts().inLoadOrder().getFirst();
    LoadOptions options =
        LoadOptions.DEFAULT.audited(
            staged -> platform.inspection().against(stopping, staged, TIME));
    var loader = new Loader(platform.warehouse());
    Path six = Files.writeString(temp.resolve("six.csv"), "id,city,day,amount\n6,A,2026-11-24,1\n");
    assertThat(loader.load(contract, List.of(six), options)).isInstanceOf(LoadReport.class);
    long before = platform.warehouse().loadTable(contract.table()).currentSnapshot().snapshotId();
    Path seven =
        Files.writeString(temp.resolve("seven.csv"), "id,city,day,amount\n7,A,2026-11-24,1\n");
    assertThat(loader.load(contract, List.of(seven), options))
        .isInstanceOfSatisfying(
            io.scorebook.catalog.load.LoadRefused.class,
            refused ->
                assertThat(refused.reasons())
                    .containsExactly(
                        "the rule 'few' of held 1.0.0 rows would not hold: rowCount < 7,"
                            + " measured 7"));
    var table = platform.warehouse().loadTable(contract.table());
    assertThat(table.currentSnapshot().snapshotId()).isEqualTo(before);
    assertThat(table.refs()).containsOnlyKeys("main");
  }

  @Test
  @Order(9)
  void runsWithinItsTime() {
    List<Inspected> none =
        platform
            .inspection()
            .inspect(domain, _ -> true, true, Time.of(Duration.ofMinutes(1), Duration.ZERO));
    assertThat(none).isEmpty();
    List<Inspected> short_ =
        platform
            .inspection()
            .inspect(
                domain,
                task -> task.name().equals("rows"),
                true,
                Time.of(Duration.ofNanos(1), Duration.ofMinutes(1)));
    assertThat(short_)
        .extracting(one -> one.measured().reason())
        .containsExactly(Optional.of("it took longer than it may"));
  }

  /// A query of a contract file as an attacker writes it: nothing but queries over public tables.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "DROP TABLE shop.sales",
        "DELETE FROM shop.sales",
        "INSERT INTO shop.sales VALUES (9, 'x', DATE '2026-01-01', 1)",
        "SELECT 1; DROP TABLE shop.sales",
        "SELECT COUNT(*) FROM shop.scorebook__quality",
        "SELECT COUNT(*) FROM read_csv('/etc/passwd')",
        "SELECT COUNT(*) FROM ''/etc/passwd''",
        "SELECT COUNT(*) FROM information_schema.tables",
        "COPY (SELECT 1) TO ''/tmp/x''",
        "ATTACH ''/tmp/x''",
        "SELECT getenv(''HOME'')",
        "SELECT city FROM shop.sales",
        "SELECT id, id FROM shop.sales"
      })
  void refusesWhatIsNoQueryOfPublicTables(String sql) throws IOException {
    Path folder = temp.resolve("attack" + Math.abs(sql.hashCode()));
    write(
        folder,
        PRODUCT.replace("NAME", "held")
            + """
                - property: quality
                  value:
                    - {name: r, type: sql, query: '%s', mustBe: 0}
            """
                .indent(2)
                .formatted(sql.replace("''", "'").replace("'", "''")));
    var findings = new Findings();
    assertThat(Domain.read(folder, findings)).isEmpty();
    assertThat(findings.toList())
        .extracting(Finding::toString)
        .isNotEmpty()
        .allMatch(line -> line.startsWith("products/held.yaml:16: error: Cannot measure 'r': "));
  }

  @Test
  void refusesNamesThatAreNotThere() throws IOException {
    Path folder =
        write(
            temp.resolve("names"),
            PRODUCT.replace("NAME", "held")
                + """
                    - property: quality
                      value:
                        - {name: a, metric: nullValues, column: ctiy, mustBe: 0}
                        - {name: b, metric: invalidValues, column: day, arguments: {validValues: [x]}, mustBe: 0}
                        - {name: c, metric: invalidValues, column: city, arguments: {pattern: '('}, mustBe: 0}
                        - {name: d, type: custom, engine: scorebook, implementation: {metric: takngs, mustBe: 0}}
                    - property: slaProperties
                      value:
                        - {property: latency, value: 1, unit: d, element: city}
                        - {property: retention, value: 1, unit: d, element: slaes}
                """
                    .indent(2));
    var findings = new Findings();
    Domain.read(folder, findings);
    assertThat(findings.toList())
        .extracting(finding -> finding.location().line())
        .containsExactly(16, 17, 18, 19, 22, 23);
    assertThat(findings.toList().get(0).toString())
        .contains("Cannot find the column 'ctiy' in the output port 'rows'; did you mean 'city'?");
  }
}
