package io.scorebook.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.catalog.policy.Caller;
import io.scorebook.catalog.publication.Publications;
import io.scorebook.catalog.store.WarehouseSettings;
import io.scorebook.documents.Findings;
import io.scorebook.engine.answer.Answer;
import io.scorebook.engine.answer.Answers;
import io.scorebook.engine.answer.Limits;
import io.scorebook.engine.answer.Outcome;
import io.scorebook.semantic.question.Question;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was published is asked as any product is, by stewards.
final class RegistryDomainTest {
  private static final Limits LIMITS = Limits.of(Duration.ofMinutes(1));
  private static final String VERSIONS =
      "SELECT number, product, version, status, is_newest FROM registry_v1.versions ORDER BY 1, 2, 3";

  @TempDir Path temp;

  private static List<String> read(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Refused(var issues) ->
          issues.stream().map(issue -> "refused: " + issue.message()).toList();
      case Outcome.Answered(Answer answer) -> {
        try (answer) {
          var rows = new ArrayList<String>();
          while (answer.rows().next()) {
            var row = new ArrayList<String>();
            for (int i = 0; i < answer.columns().size(); i++) {
              row.add(String.valueOf(answer.rows().value(i)));
            }
            rows.add(String.join(" | ", row));
          }
          yield rows;
        }
      }
    };
  }

  @Test
  void stewardsAskWhatWasPublished() throws Exception {
    Path shop = Shop.write(temp.resolve("shop"));
    try (Platform platform =
        Platform.open(
            WarehouseSettings.embedded(temp.resolve("home")), EngineSettings.defaults())) {
      platform.domains().publish(shop, new Findings());
      Path product = shop.resolve("products/takings_by_city.yaml");
      Files.writeString(
          product,
          Files.readString(product)
              .replace("version: 1.0.0", "version: 1.1.0")
              .replace("What each city takes in.", "What each city takes."));
      platform.domains().publish(shop, new Findings());
      Answers steward = platform.answers().as(Caller.of("s", "stewards"));
      assertThat(read(steward.answer(VERSIONS, LIMITS)))
          .containsExactly(
              "1 | takings_by_city | 1.0.0 | active | false",
              "2 | takings_by_city | 1.0.0 | active | true",
              "2 | takings_by_city | 1.1.0 | active | true");
      assertThat(
              read(
                  steward.answer(
                      "SELECT number, domain, published_at IS NOT NULL AS told"
                          + " FROM registry_v1.publications ORDER BY 1",
                      LIMITS)))
          .containsExactly("1 | shop | true", "2 | shop | true");
      assertThat(
              read(
                  steward.answer(
                      Optional.of("scorebook"),
                      Question.of(List.of("times_published"), List.of("publications.domain")),
                      LIMITS)))
          .containsExactly("shop | 2");
      assertThat(
              read(
                  steward.answer(
                      Optional.of("scorebook"),
                      Question.of(List.of("versions_served"), List.of("product")),
                      LIMITS)))
          .containsExactly("takings_by_city | 2");
      assertThat(read(platform.answers().as(Caller.of("b")).answer(VERSIONS, LIMITS)))
          .first()
          .asString()
          .startsWith("refused: Cannot find");
      // What is read back is the publications, each once.
      assertThat(new Publications(platform.warehouse()).history("shop")).hasSize(2);
    }
  }
}
