package io.scorebook.bench;

import io.scorebook.catalog.audit.AuditLog;
import io.scorebook.catalog.audit.AuditRecord;
import io.scorebook.catalog.audit.AuditRecord.Who;
import io.scorebook.catalog.policy.Caller;
import io.scorebook.catalog.store.WarehouseSettings;
import io.scorebook.documents.Findings;
import io.scorebook.engine.EngineSettings;
import io.scorebook.engine.Platform;
import io.scorebook.engine.answer.Answer;
import io.scorebook.engine.answer.Answers;
import io.scorebook.engine.answer.Limits;
import io.scorebook.engine.answer.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/// What policies and the audit cost: the same questions of callers of whom more and more is kept
/// back, turn by turn, and the record of a question by itself.
///
/// ```
/// ./scorebook bench governance 5000000     # how many rows
/// ```
///
/// No row is left out by the filter, so that all callers have as much to compute.
final class GovernanceBench {
  private static final int TIMES = 15;
  private static final int WARM_UP = 5;
  private static final int RECORDS = 20_000;
  private static final Limits LIMITS = Limits.of(Duration.ofMinutes(5));

  private static final String POLICIES =
      """
      version: 1.0.0
      groups: [open, filtered, masked, grouped, all]
      attributes: [sensor]
      grants:
        - {who: ["*"], on: {products: ["*"], datasets: ["*"], metrics: ["*"]}}
      tables:
        readings:
          rows:
            - {who: [open, masked, grouped], where: "TRUE"}
            - {who: [filtered, all], where: "sensor <> caller.sensor"}
          columns:
            note: {mask: partial, first: 5, except: [open, filtered, grouped]}
            value: {mask: bucket, size: 10, except: [open, filtered, grouped]}
      metrics:
        total: {minimumGroupSize: 5, of: readings.reading_id, except: [open, filtered, masked]}
      """;

  private static final Map<String, String> CALLERS =
      Map.of(
          "open", "nothing",
          "filtered", "a row filter",
          "masked", "two masks",
          "grouped", "a group size",
          "all", "all of these");

  private static final List<String> QUESTIONS =
      List.of(
          "SELECT batch, AGGREGATE(total) AS t FROM plant.readings GROUP BY batch",
          "SELECT sensor, AGGREGATE(total) AS t FROM plant.readings GROUP BY sensor",
          "SELECT COUNT(DISTINCT note) AS n, SUM(value) AS s FROM readings_v1.readings",
          "SELECT reading_id, note, value FROM readings_v1.readings WHERE batch = 4");

  private GovernanceBench() {}

  static void run(long rows)
      throws IOException, SQLException, InterruptedException, ExecutionException {
    Path work = Files.createTempDirectory("scorebook-governance");
    try {
      Path home = work.resolve("home");
      ReadingLake.PLANT.make(home, work, rows);
      Files.writeString(work.resolve("plant/policies.yaml"), POLICIES);
      try (Platform platform =
          Platform.open(
              WarehouseSettings.embedded(home), EngineSettings.defaults().withoutKeptAnswers())) {
        var findings = new Findings();
        if (platform.domains().publish(work.resolve("plant"), findings).isEmpty()) {
          throw new IllegalStateException(findings.toList().toString());
        }
        policies(platform.answers());
      }
      audit(home);
    } finally {
      GatewayProcess.delete(work);
    }
  }

  private static void policies(Answers answers) {
    List<String> kept = List.of("open", "filtered", "masked", "grouped", "all");
    System.out.println(
        "| question | ms, kept back: nothing |%s"
            .formatted(
                String.join(
                    "",
                    kept.stream()
                        .skip(1)
                        .map(caller -> " %s |".formatted(CALLERS.get(caller)))
                        .toList())));
    System.out.println("|---|---|---|---|---|---|");
    for (String question : QUESTIONS) {
      var millis = new double[kept.size()][TIMES];
      for (int i = -WARM_UP; i < TIMES; i++) {
        for (int who = 0; who < kept.size(); who++) {
          double one = ask(answers, kept.get(who), question);
          if (i >= 0) {
            millis[who][i] = one;
          }
        }
      }
      double open = median(millis[0]);
      System.out.printf("| `%s` | %.1f |", question, open);
      for (int who = 1; who < kept.size(); who++) {
        System.out.printf(" %.2f times |", median(millis[who]) / open);
      }
      System.out.println();
    }
  }

  private static double ask(Answers answers, String group, String sql) {
    var caller =
        new Caller(group, Set.of(group), Map.of("sensor", List.of("none")), Optional.empty());
    long start = System.nanoTime();
    switch (answers.as(caller).answer(sql, LIMITS)) {
      case Outcome.Refused(var issues) -> throw new IllegalStateException(issues.toString());
      case Outcome.Answered(Answer answer) -> {
        try (answer) {
          while (answer.rows().next()) {
            for (int i = 0; i < answer.columns().size(); i++) {
              var unused = answer.rows().value(i);
            }
          }
        }
      }
    }
    return (System.nanoTime() - start) / 1e6;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static void audit(Path home)
      throws IOException, InterruptedException, ExecutionException {
    System.out.println("| threads | records of a question/s | median of one, µs |");
    System.out.println("|---|---|---|");
    try (AuditLog log = AuditLog.open(home)) {
      for (int threads : List.of(1, 16)) {
        record(log, 2_000, 1); // warms up
        long start = System.nanoTime();
        double[] micros = record(log, RECORDS, threads);
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
            "| %d | %.0f | %.0f |%n", threads, micros.length / seconds, median(micros));
      }
    }
  }

  private static double[] record(AuditLog log, int count, int threads)
      throws InterruptedException, ExecutionException {
    try (var executor = Executors.newFixedThreadPool(threads)) {
      var parts = new ArrayList<Future<double[]>>();
      for (int thread = 0; thread < threads; thread++) {
        parts.add(
            executor.submit(
                () -> IntStream.range(0, count / threads).mapToDouble(_ -> record(log)).toArray()));
      }
      var all = new ArrayList<double[]>();
      for (Future<double[]> part : parts) {
        all.add(part.get());
      }
      return all.stream().flatMapToDouble(Arrays::stream).toArray();
    }
  }

  /// How long the beginning and the end of one question take to be written, in microseconds.
  private static double record(AuditLog log) {
    var asked =
        new AuditRecord(
            UUID.randomUUID().toString(),
            Instant.now(),
            "http",
            Who.of("dashboards", List.of("analysts"), Optional.empty()),
            "sql",
            QUESTIONS.getFirst(),
            Optional.empty(),
            0,
            Duration.ZERO,
            AuditRecord.Outcome.SERVED,
            Optional.empty());
    long start = System.nanoTime();
    log.begun(asked);
    log.ended(asked);
    return (System.nanoTime() - start) / 1e3;
  }
}
