package io.scorebook.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.catalog.audit.AuditLog;
import io.scorebook.catalog.audit.AuditMover;
import io.scorebook.catalog.audit.AuditRecord;
import io.scorebook.catalog.audit.AuditRecord.Outcome;
import io.scorebook.catalog.audit.AuditRecord.Who;
import io.scorebook.catalog.policy.Caller;
import io.scorebook.catalog.store.WarehouseSettings;
import io.scorebook.documents.Findings;
import io.scorebook.engine.answer.Answer;
import io.scorebook.engine.answer.Answers;
import io.scorebook.engine.answer.Limits;
import io.scorebook.engine.domain.Domain;
import io.scorebook.semantic.question.Question;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The audit is asked as any product is, by stewards.
final class AuditDomainTest {
  private static final Limits LIMITS = Limits.of(Duration.ofMinutes(1));

  @TempDir Path temp;

  private static List<String> read(io.scorebook.engine.answer.Outcome outcome) {
    return switch (outcome) {
      case io.scorebook.engine.answer.Outcome.Refused(var issues) ->
          issues.stream().map(issue -> "refused: " + issue.message()).toList();
      case io.scorebook.engine.answer.Outcome.Answered(Answer answer) -> {
        try (answer) {
          var result = new ArrayList<String>();
          while (answer.rows().next()) {
            var row = new ArrayList<String>();
            for (int i = 0; i < answer.columns().size(); i++) {
              row.add(String.valueOf(answer.rows().value(i)));
            }
            result.add(String.join(" | ", row));
          }
          yield result;
        }
      }
    };
  }

  private static void ask(AuditLog log, String caller, long rows) {
    log.ended(
        new AuditRecord(
            caller + rows,
            Instant.parse("2026-11-23T12:00:00Z"),
            "http",
            Who.of(caller, List.of(), Optional.empty()),
            "sql",
            "SELECT ?",
            Optional.empty(),
            rows,
            Duration.ofMillis(2),
            Outcome.SERVED,
            Optional.empty()));
  }

  @Test
  void stewardsAskAndOthersFindNothing() throws Exception {
    try (Platform platform =
            Platform.open(
                WarehouseSettings.embedded(temp.resolve("home")), EngineSettings.defaults());
        AuditLog log = AuditLog.open(temp.resolve("home"))) {
      platform.domains().publish(Shop.write(temp.resolve("shop")), new Findings());
      Answers steward = platform.answers().as(Caller.of("s", "stewards"));
      assertThat(read(steward.answer("SELECT * FROM audit_v1.audit", LIMITS)))
          .as("nothing was asked yet")
          .isEmpty();
      ask(log, "dash", 3);
      ask(log, "dash", 4);
      ask(log, "other", 5);
      AuditMover.moveAll(log, platform.warehouse());
      assertThat(read(steward.answer("SELECT * FROM audit_v1.audit", LIMITS))).hasSize(3);
      assertThat(
              read(
                  steward.answer(
                      "SELECT caller, asked_at, rows_given, outcome FROM audit_v1.audit"
                          + " WHERE rows_given > 3 ORDER BY caller",
                      LIMITS)))
          .containsExactly(
              "dash | 2026-11-23T12:00 | 4 | served", "other | 2026-11-23T12:00 | 5 | served");
      assertThat(
              read(
                  steward.answer(
                      Optional.of("scorebook"),
                      Question.of(List.of("questions", "rows_read"), List.of("caller")),
                      LIMITS)))
          .containsExactlyInAnyOrder("dash | 2 | 7", "other | 1 | 5");
      // It is no second model to choose from, where none is named.
      assertThat(
              read(
                  steward.answer(
                      Optional.empty(), Question.of(List.of("takings"), List.of()), LIMITS)))
          .noneMatch(row -> row.contains("Cannot choose"));
      for (Caller other : List.of(Caller.of("a", "analysts"), Caller.of("b"))) {
        Answers seen = platform.answers().as(other);
        assertThat(seen.domains()).extracting(Domain::name).containsExactly("shop");
        assertThat(read(seen.answer("SELECT * FROM audit_v1.audit", LIMITS)))
            .first()
            .asString()
            .startsWith("refused: Cannot find");
        assertThat(
                read(
                    seen.answer(
                        Optional.of("scorebook"),
                        Question.of(List.of("questions"), List.of()),
                        LIMITS)))
            .first()
            .asString()
            .startsWith("refused: Cannot find the model");
      }
    }
  }
}
