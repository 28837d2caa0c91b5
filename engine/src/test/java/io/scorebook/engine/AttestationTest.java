package io.scorebook.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.catalog.attestation.Attestations;
import io.scorebook.catalog.attestation.Attested;
import io.scorebook.catalog.contract.Contract;
import io.scorebook.catalog.contract.TableForm;
import io.scorebook.catalog.store.StoreException;
import io.scorebook.catalog.store.WarehouseSettings;
import io.scorebook.documents.Findings;
import io.scorebook.engine.answer.Answer;
import io.scorebook.engine.answer.Answers;
import io.scorebook.engine.answer.Attesting;
import io.scorebook.engine.answer.Counterexample;
import io.scorebook.engine.answer.Lake;
import io.scorebook.engine.answer.Limits;
import io.scorebook.engine.answer.Outcome;
import io.scorebook.engine.answer.Proven;
import io.scorebook.engine.answer.Provenance;
import io.scorebook.engine.answer.Provenance.Basis;
import io.scorebook.engine.answer.Provenance.State;
import io.scorebook.engine.domain.Domain;
import io.scorebook.semantic.plan.Issue;
import io.scorebook.semantic.question.Question;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.iceberg.Schema;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rows that are written past the contract, by other writers of the tables.
final class AttestationTest {
  private static final Limits LIMITS = Limits.of(Duration.ofMinutes(5));
  private static final Question BY_CITY = Question.of(List.of("takings"), List.of("city"));
  private static final Question RUNS = Question.of(List.of("longest_run"), List.of());

  @TempDir Path temp;
  private Platform platform;
  private Domain domain;

  @BeforeEach
  void open() throws IOException {
    Path folder = Shop.write(temp.resolve("shop"));
    Shop.write(
        folder,
        "model.yaml",
        Shop.MODEL.replace(
                "primary_key: [shop_id]", "primary_key: [shop_id]\n    unique_keys: [[city]]")
            + """
              - name: longest_run
                expression: {dialects: [{dialect: ANSI_SQL, expression: sales.amount > 5}]}
                custom_extensions:
                  - vendor_name: SCOREBOOK
                    data: '{"kind": "streak", "mode": "longest", "entity": ["sales.shop_id"], "order": ["sales.amount"]}'
            """);
    Shop.write(
        folder,
        "schemas/sales.avsc",
        Shop.SALES.replace(
            "[\"null\", \"int\"]}", "[\"null\", \"int\"], \"min\": 0, \"max\": 100}"));
    reopen();
    var findings = new Findings();
    Optional<Domain> published = platform.domains().publish(folder, findings);
    assertThat(findings.hasErrors()).as(findings.toList().toString()).isFalse();
    domain = published.orElseThrow();
    for (Contract contract : domain.contracts().inLoadOrder()) {
      create(contract);
    }
  }

  private void reopen() {
    platform =
        Platform.open(WarehouseSettings.embedded(temp.resolve("home")), EngineSettings.defaults());
  }

  @AfterEach
  void close() {
    platform.close();
  }

  /// With columns that may be NULL, whatever the contract says.
  private void create(Contract contract) {
    var columns =
        TableForm.schema(contract).columns().stream()
            .map(column ->
                org.apache.iceberg.types.Types.NestedField.optional(
                    column.fieldId(), column.name(), column.type()))
            .toList();
    platform.warehouse().buildTable(contract.table(), new Schema(columns)).create();
  }

  /// Past the contract, as any other writer of Iceberg tables.
  @SafeVarargs
  private final void write(String table, List<@Nullable Object>... rows) {
    try (var lake = new Lake(temp.resolve("home"), "shop")) {
      lake.append(table, List.of(rows));
    }
  }

  private static List<@Nullable Object> row(@Nullable Object... values) {
    return java.util.Arrays.asList(values);
  }

  private void writeGoodRows() {
    write("shops", row(1L, "Bern"), row(2L, "Chur"));
    write("sales", row(1L, 1L, 10), row(2L, 2L, 5));
  }

  private Map<String, Proven> proven(Answers answers) {
    try (Attesting attesting = answers.attest(domain)) {
      return attesting.claims().stream()
          .map(claim -> attesting.prove(claim, 2, LIMITS))
          .collect(
              Collectors.toMap(proven -> proven.claim().id(), p -> p, (a, _) -> a, TreeMap::new));
    }
  }

  private Map<String, String> broken(Answers answers) {
    return proven(answers).entrySet().stream()
        .filter(proven -> !proven.getValue().holds())
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                proven ->
                    switch (proven.getValue()) {
                      case Proven.Decided decided ->
                          decided.examples().stream()
                              .map(Counterexample::toString)
                              .collect(Collectors.joining("; "));
                      case Proven.Undecided undecided -> undecided.reason();
                    },
                (a, _) -> a,
                TreeMap::new));
  }

  private Provenance provenance(Question question) {
    return switch (platform.answers().answer(Optional.empty(), question, LIMITS)) {
      case Outcome.Answered(Answer answer) -> {
        answer.close();
        yield answer.provenance();
      }
      case Outcome.Refused(var issues) -> throw new AssertionError(issues);
    };
  }

  private List<Issue> refused(Answers answers, Question question) {
    return switch (answers.answer(Optional.empty(), question, LIMITS)) {
      case Outcome.Answered(Answer answer) -> {
        answer.close();
        throw new AssertionError("answered");
      }
      case Outcome.Refused(var issues) -> issues;
    };
  }

  private List<Attested> kept() {
    return new Attestations(platform.warehouse(), "shop").read(domain.model().hash());
  }

  private void awaitKept(int claims) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> {
          try {
            return kept().size() >= claims;
          } catch (StoreException _) {
            return false;
          }
        });
  }

  @Test
  void provesAllThatIsDeclared() {
    writeGoodRows();
    for (String engine : platform.answers().engines()) {
      Map<String, Proven> proven = proven(platform.answers().by(engine));
      assertThat(proven)
          .containsOnlyKeys(
              "unique sales (id)",
              "notNull sales (id)",
              "unique shops (shop_id)",
              "notNull shops (shop_id)",
              "unique shops (city)",
              "refers sales (shop_id) to shops (shop_id)",
              "order sales (sales.id)",
              "order sales (sales.shop_id, sales.amount, sales.id)",
              "join sales along at_shop",
              "notNull shop.sales (id, shop_id)",
              "notNull shop.shops (shop_id, city)",
              "range shop.sales (amount) from 0 to 100");
      assertThat(proven.values()).allMatch(Proven::holds);
      assertThat(proven.get("refers sales (shop_id) to shops (shop_id)"))
          .isInstanceOfSatisfying(
              Proven.Decided.class,
              decided -> {
                assertThat(decided.verdict().rows()).isEqualTo(2);
                assertThat(decided.verdict().snapshots())
                    .containsOnlyKeys("shop.sales", "shop.shops");
              });
    }
  }

  @Test
  void holdsOfTablesThatWereNeverLoaded() {
    assertThat(broken(platform.answers())).isEmpty();
    assertThat(provenance(BY_CITY).restsOn()).extracting(Basis::state).contains(State.ATTESTED);
  }

  @Test
  void namesTheRowsThatContradict() {
    write("shops", row(1L, "Bern"), row(1L, "Chur"), row(3L, "Bern"), row(null, "Lugano"));
    write(
        "sales",
        row(1L, 1L, 10),
        row(2L, 9L, -5),
        row(2L, 9L, -5),
        row(4L, null, 1),
        row(null, 3L, 7));
    var expected =
        Map.ofEntries(
            Map.entry("unique shops (shop_id)", "shop_id = 1 (2 rows)"),
            Map.entry("notNull shops (shop_id)", "shop_id = NULL (1 row)"),
            Map.entry(
                "notNull shop.shops (shop_id, city)", "shop_id = NULL, city = Lugano (1 row)"),
            Map.entry("unique shops (city)", "city = Bern (2 rows)"),
            Map.entry("unique sales (id)", "id = 2 (2 rows)"),
            Map.entry("notNull sales (id)", "id = NULL (1 row)"),
            Map.entry(
                "notNull shop.sales (id, shop_id)",
                "id = 4, shop_id = NULL (1 row); id = NULL, shop_id = 3 (1 row)"),
            Map.entry("refers sales (shop_id) to shops (shop_id)", "shop_id = 9 (2 rows)"),
            Map.entry("order sales (sales.id)", "id = 2 (2 rows)"),
            Map.entry(
                "order sales (sales.shop_id, sales.amount, sales.id)",
                "shop_id = 9, amount = -5, id = 2 (2 rows)"),
            Map.entry(
                "join sales along at_shop",
                "of = rows, without = 5, with = 6; of = SUM(sales.amount), without = 8, with = 18"),
            Map.entry("range shop.sales (amount) from 0 to 100", "id = 2, amount = -5 (2 rows)"));
    for (String engine : platform.answers().engines()) {
      assertThat(broken(platform.answers().by(engine))).isEqualTo(expected);
    }
    assertThat(proven(platform.answers()).get("refers sales (shop_id) to shops (shop_id)"))
        .isInstanceOfSatisfying(
            Proven.Decided.class,
            decided -> {
              assertThat(decided.verdict().nulls()).isEqualTo(1);
              assertThat(decided.verdict().broken()).isEqualTo(2);
            });
  }

  @Test
  void refusesWhatRestsOnADoubledKeyWrittenPastTheContract() {
    writeGoodRows();
    assertThat(provenance(BY_CITY).restsOn().getFirst().state()).isEqualTo(State.ATTESTED);
    write("shops", row(1L, "Biel"));
    for (String engine : platform.answers().engines()) {
      assertThat(refused(platform.answers().by(engine), BY_CITY))
          .singleElement()
          .satisfies(issue -> {
            assertThat(issue.code()).isEqualTo(Issue.Code.DUPLICATE_KEY);
            assertThat(issue.message())
                .startsWith("Cannot rely on the primary key of 'shops', model.yaml:")
                .endsWith(
                    ": more than one row of 'shops' has shop_id = 1 (2 rows);"
                        + " mend the data or the model");
          });
    }
    assertThat(provenance(Question.of(List.of("takings"), List.of())).restsOn()).isEmpty();
  }

  @Test
  void refusesAnOrderThatRowsWithoutAKeyLeaveOpen() {
    writeGoodRows();
    assertThat(provenance(RUNS).restsOn())
        .singleElement()
        .satisfies(
            basis -> assertThat(basis.claim()).isEqualTo("rows of sales have one order by (id)"));
    write("sales", row(null, 1L, 8), row(null, 1L, 2));
    for (String engine : platform.answers().engines()) {
      assertThat(refused(platform.answers().by(engine), RUNS))
          .singleElement()
          .satisfies(issue -> assertThat(issue.message()).contains("id = NULL (2 rows)"));
    }
    assertThat(provenance(BY_CITY)).as("rests on no order").isNotNull();
  }

  @Test
  void saysWhatIsDeclaredAndWhatIsAttested() {
    writeGoodRows();
    List<Basis> before = provenance(BY_CITY).restsOn();
    assertThat(before).extracting(Basis::state).containsExactly(State.ATTESTED, State.DECLARED);
    assertThat(before.getFirst().claim()).isEqualTo("shops (shop_id) is unique");
    assertThat(before.getFirst().declared()).startsWith("the primary key of 'shops', model.yaml:");
    assertThat(before.getFirst().snapshots()).containsOnlyKeys("shop.shops");
    assertThat(before.get(1).claim()).isEqualTo("each sales (shop_id) is in shops (shop_id)");
    proven(platform.answers());
    assertThat(provenance(BY_CITY).restsOn())
        .extracting(Basis::state)
        .containsExactly(State.ATTESTED, State.ATTESTED);
    write("sales", row(3L, 9L, 1));
    assertThat(provenance(BY_CITY).restsOn())
        .extracting(Basis::state)
        .containsExactly(State.ATTESTED, State.DECLARED);
    proven(platform.answers());
    assertThat(provenance(BY_CITY).restsOn().get(1))
        .satisfies(basis -> {
          assertThat(basis.state()).isEqualTo(State.DISPROVED);
          assertThat(basis.broken()).isEqualTo(1);
        });
  }

  @Test
  void keepsWhatItFoundAndDoesNotLookAgain() {
    writeGoodRows();
    provenance(BY_CITY);
    awaitKept(1);
    assertThat(kept())
        .singleElement()
        .satisfies(one -> {
          assertThat(one.claim()).isEqualTo("unique shops (shop_id)");
          assertThat(one.holds()).isTrue();
          assertThat(one.rows()).isEqualTo(2);
          assertThat(one.engine()).isEqualTo("duckdb");
        });
    platform.close();
    reopen();
    domain = platform.domains().find("shop").orElseThrow();
    provenance(BY_CITY);
    platform.close();
    reopen();
    assertThat(kept()).as("found in the store, so not looked into again").hasSize(1);
  }

  @Test
  void whatIsLostIsLookedIntoAgain() {
    writeGoodRows();
    proven(platform.answers());
    platform.close();
    reopen();
    domain = platform.domains().find("shop").orElseThrow();
    platform.warehouse().catalog().dropTable(Attestations.nameIn("shop").identifier());
    assertThat(provenance(BY_CITY).restsOn().getFirst().state()).isEqualTo(State.ATTESTED);
    awaitKept(1);
  }

  @Test
  void aLoadLeavesOpenWhatItTouches() {
    writeGoodRows();
    proven(platform.answers());
    try (Attesting attesting = platform.answers().attest(domain)) {
      assertThat(attesting.open("shop.sales")).isEmpty();
      assertThat(attesting.open("shop.shops")).isEmpty();
    }
    write("shops", row(3L, "Biel"));
    try (Attesting attesting = platform.answers().attest(domain)) {
      assertThat(attesting.open("shop.shops"))
          .extracting(claim -> claim.id())
          .containsExactlyInAnyOrder(
              "unique shops (shop_id)",
              "notNull shops (shop_id)",
              "unique shops (city)",
              "refers sales (shop_id) to shops (shop_id)",
              "join sales along at_shop",
              "notNull shop.shops (shop_id, city)");
    }
  }

  @Test
  void whatAnotherProcessAttestsIsSeen() {
    writeGoodRows();
    assertThat(provenance(BY_CITY).restsOn().get(1).state()).isEqualTo(State.DECLARED);
    try (var other =
        Platform.open(
            WarehouseSettings.embedded(temp.resolve("home")), EngineSettings.defaults())) {
      proven(other.answers());
    }
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> provenance(BY_CITY).restsOn().get(1).state() == State.ATTESTED);
  }
}
