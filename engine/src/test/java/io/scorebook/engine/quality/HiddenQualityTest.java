package io.scorebook.engine.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.catalog.contract.Contract;
import io.scorebook.catalog.load.LoadOptions;
import io.scorebook.catalog.load.LoadReport;
import io.scorebook.catalog.load.Loader;
import io.scorebook.catalog.policy.Caller;
import io.scorebook.catalog.store.WarehouseSettings;
import io.scorebook.documents.Findings;
import io.scorebook.engine.EngineSettings;
import io.scorebook.engine.Platform;
import io.scorebook.engine.Shop;
import io.scorebook.engine.answer.Answers;
import io.scorebook.engine.answer.Limits;
import io.scorebook.engine.answer.Outcome;
import io.scorebook.engine.answer.Provenance.Missed;
import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.quality.Inspection.Time;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who does not see all of a table is told nothing that was measured of it.
final class HiddenQualityTest {
  private static final Limits LIMITS = Limits.of(Duration.ofMinutes(1));

  private static final String RULES =
      """
            - property: quality
              value:
                - {name: few, metric: rowCount, mustBe: 1}
            - property: slaProperties
              value:
                - {property: freshness, value: 1, unit: h}
      """;

  private static final String POLICIES =
      """
      version: 1.0.0
      groups: [clerks, chiefs, heads]
      grants:
        - {who: ["*"], on: {products: ["*"], datasets: ["*"], metrics: ["*"]}}
      tables:
        sales:
          rows:
            - {name: small, who: [clerks], where: "amount < 10"}
            - {who: [chiefs, heads], where: "TRUE"}
      metrics:
        takings: {minimumGroupSize: 3, of: shops.city, except: [clerks, chiefs]}
      """;

  @TempDir Path temp;

  @Test
  void tellsNothingToWhoDoesNotSeeAll() throws Exception {
    Path folder = Shop.write(temp.resolve("shop"));
    Path product = folder.resolve("products/takings_by_city.yaml");
    Files.writeString(
        folder.resolve("model.yaml"),
        Shop.model()
            + """
              custom_extensions:
                - vendor_name: SCOREBOOK
                  data: '{"target": {"value": 100, "direction": "atLeast"}}'
            - name: twice
              expression: {dialects: [{dialect: ANSI_SQL, expression: takings * 2}]}
              custom_extensions:
                - vendor_name: SCOREBOOK
                  data: '{"target": {"value": 100, "direction": "atLeast"}}'
            """
                .indent(2));
    Files.writeString(product, Files.readString(product) + RULES);
    Files.writeString(folder.resolve("policies.yaml"), POLICIES);
    var settings = WarehouseSettings.embedded(temp.resolve("home"));
    try (Platform platform = Platform.open(settings, EngineSettings.defaults())) {
      var findings = new Findings();
      Optional<Domain> published = platform.domains().publish(folder, findings);
      assertThat(findings.toList()).isEmpty();
      Domain domain = published.orElseThrow();
      load(platform, domain, "shops", "shop_id,city\n1,Bern\n2,Chur\n");
      load(platform, domain, "sales", "id,shop_id,amount\n1,1,5\n2,2,50\n");
      platform
          .inspection()
          .inspect(domain, _ -> true, false, Time.of(Duration.ofMinutes(1), Duration.ofMinutes(5)));
      try (var late =
          new QualityBook(
              platform.warehouse(),
              platform.domains()::find,
              () -> Instant.now().plus(Duration.ofDays(1)))) {
        for (String all : List.of("chiefs", Caller.OWNERS)) {
          Domain seen = domain.seenBy(Caller.of("one", all));
          assertThat(standing(platform, late, seen).state()).isEqualTo(PortStanding.State.FAILING);
          assertThat(late.history(seen, "takings")).hasSize(1);
          assertThat(missed(platform, all)).extracting(Missed::name).containsExactly("few");
        }
        Domain part = domain.seenBy(Caller.of("one", "clerks"));
        PortStanding standing = standing(platform, late, part);
        assertThat(standing.state()).isEqualTo(PortStanding.State.HIDDEN);
        assertThat(standing.rules())
            .allSatisfy(rule -> {
              assertThat(rule.isHidden()).isTrue();
              assertThat(rule.measured()).isEmpty();
            });
        assertThat(standing.levels())
            .allSatisfy(level -> {
              assertThat(level.state()).isEqualTo(LevelState.State.UNKNOWN);
              assertThat(level.measured()).isEmpty();
            });
        assertThat(late.history(part, "takings")).isEmpty();
        assertThat(missed(platform, "clerks")).isEmpty();
        // Two sales are too few for the heads, also for what is made of them.
        Domain heads = domain.seenBy(Caller.of("one", "heads"));
        for (String metric : List.of("takings", "twice")) {
          assertThat(late.history(domain.seenBy(Caller.of("one", "chiefs")), metric)).hasSize(1);
          assertThat(late.history(heads, metric)).as(metric).isEmpty();
        }
      }
    }
  }

  private void load(Platform platform, Domain domain, String table, String rows) throws Exception {
    Path file = Files.writeString(temp.resolve(table + ".csv"), rows);
    Contract contract =
        domain.contracts().inLoadOrder().stream()
            .filter(one -> one.table().name().equals(table))
            .findFirst()
            .orElseThrow();
    assertThat(new Loader(platform.warehouse()).load(contract, List.of(file), LoadOptions.DEFAULT))
        .isInstanceOf(LoadReport.class);
  }

  private static PortStanding standing(Platform platform, QualityBook book, Domain seen) {
    Domain.PublicPort port = seen.findPort("takings_by_city", 1, "takings").orElseThrow();
    return book.standing(seen, port, platform.answers().pin(book.tables(seen, port), LIMITS));
  }

  private static List<Missed> missed(Platform platform, String group) {
    Answers answers = platform.answers().as(Caller.of("one", group));
    return switch (answers.answer("SELECT * FROM takings_by_city_v1.takings", LIMITS)) {
      case Outcome.Answered(var answer) -> {
        answer.close();
        yield answer.provenance().levels();
      }
      case Outcome.Refused(var issues) -> throw new AssertionError(issues);
    };
  }
}
