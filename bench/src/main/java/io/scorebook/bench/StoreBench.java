package io.scorebook.bench;

import io.scorebook.catalog.contract.Contract;
import io.scorebook.catalog.load.Allowance;
import io.scorebook.catalog.load.LoadOptions;
import io.scorebook.catalog.load.LoadRefused;
import io.scorebook.catalog.load.LoadReport;
import io.scorebook.catalog.load.Loader;
import io.scorebook.catalog.load.SourceFolder;
import io.scorebook.catalog.store.WarehouseSettings;
import io.scorebook.documents.Findings;
import io.scorebook.domains.SampleDomain;
import io.scorebook.domains.SampleLeague;
import io.scorebook.domains.expected.ExpectedAnswer;
import io.scorebook.domains.expected.IndependentAnswers;
import io.scorebook.engine.EngineSettings;
import io.scorebook.engine.Platform;
import io.scorebook.engine.answer.Answer;
import io.scorebook.engine.answer.Limits;
import io.scorebook.engine.answer.Outcome;
import io.scorebook.engine.domain.Domain;
import io.scorebook.gateway.session.Ask;
import io.scorebook.gateway.wire.QuestionForm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The store in the process against MinIO, in one run: how fast a table is loaded, and how long a
/// question takes with an empty cache, after a restart over a full one, and when all is warm.
///
/// ```
/// ./scorebook bench stores 5     # how often
/// ```
///
/// A restart is one of the platform, not of the JVM: what a young JVM costs is in the times of
/// `demo --once`. Before anything is measured, everything is done once.
final class StoreBench {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int WARM = 3;

  /// The invented league has rows that contradict others, as data from the wild has.
  private static final LoadOptions OPTIONS = LoadOptions.DEFAULT.allowing(new Allowance.Percent(1));

  private final int times;
  private final Path folder;
  private final Path league;
  private final Path domain;

  private StoreBench(int times, Path folder) {
    this.times = times;
    this.folder = folder;
    this.league = folder.resolve("league");
    this.domain = folder.resolve("domain");
  }

  /// A store under test; each has a home of its own.
  private record Store(String name, WarehouseSettings settings) {}

  private record Loaded(String table, long rows, double seconds) {
    double perSecond() {
      return rows / seconds;
    }
  }

  /// Medians, milliseconds.
  private record Times(double cold, double restarted, double warm) {}

  static void run(int times) throws IOException, InterruptedException {
    String binary = System.getProperty("scorebook.minio", "");
    if (binary.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot find MinIO: start this as './scorebook bench stores', which builds it");
    }
    Path folder = Files.createTempDirectory("scorebook-stores");
    try (MinioProcess minio = MinioProcess.start(Path.of(binary), folder)) {
      var bench = new StoreBench(times, folder);
      var embedded = new Store("embedded", WarehouseSettings.embedded(folder.resolve("embedded")));
      var real =
          new Store(
              "MinIO",
              new WarehouseSettings(
                  folder.resolve("real"),
                  Optional.of(minio.endpoint()),
                  Optional.of(MinioProcess.BUCKET),
                  Optional.empty(),
                  true,
                  Optional.empty()));
      bench.run(embedded, real);
    } finally {
      delete(folder);
    }
  }

  private void run(Store one, Store other) throws IOException {
    SampleLeague.standard().write(league);
    SampleDomain.copyTo(domain);
    System.out.println("| table | rows | embedded, rows/s | MinIO, rows/s |");
    System.out.println("|---|---|---|---|");
    // The first load of all warms the JVM.
    Loaded unused = load(new Store("warm-up", WarehouseSettings.embedded(folder.resolve("first"))));
    Loaded here = load(one);
    Loaded there = load(other);
    System.out.printf(
        "| %s | %d | %.0f | %.0f |%n", here.table, here.rows, here.perSecond(), there.perSecond());
    System.out.println();
    System.out.println(
        "| question | embedded: empty cache | restarted | warm | MinIO: empty cache | restarted |"
            + " warm |");
    System.out.println("|---|---|---|---|---|---|---|");
    List<String> names = Bench.questions();
    for (ExpectedAnswer answer : IndependentAnswers.all()) {
      if (names.contains(answer.name())) {
        Times ours = times(one, answer.question());
        Times theirs = times(other, answer.question());
        System.out.printf(
            "| %s | %.0f | %.0f | %.0f | %.0f | %.0f | %.0f |%n",
            answer.name(),
            ours.cold,
            ours.restarted,
            ours.warm,
            theirs.cold,
            theirs.restarted,
            theirs.warm);
      }
    }
  }

  /// Loads all tables; how the largest went.
  private Loaded load(Store store) {
    try (Platform platform = open(store)) {
      Domain published =
          platform
              .domains()
              .publish(domain, new Findings())
              .orElseThrow(() -> new IllegalStateException("Cannot publish the sample"));
      var loader = new Loader(platform.warehouse());
      return published.contracts().inLoadOrder().stream()
          .map(contract -> load(loader, contract))
          .max(Comparator.comparingLong(Loaded::rows))
          .orElseThrow();
    }
  }

  private Loaded load(Loader loader, Contract contract) {
    List<Path> files = SourceFolder.find(contract, league);
    long start = System.nanoTime();
    return switch (loader.load(contract, files, OPTIONS)) {
      case LoadReport report ->
          new Loaded(report.table().name(), report.loaded(), (System.nanoTime() - start) / 1e9);
      case LoadRefused refused -> throw new IllegalStateException(refused.message());
    };
  }

  private Times times(Store store, String question) throws IOException {
    var cold = new double[times];
    var restarted = new double[times];
    var warm = new double[times];
    for (int n = -1; n < times; n++) {
      delete(store.settings.home().resolve("cache"));
      double first;
      try (Platform platform = open(store)) {
        first = ask(platform, question);
        expect(platform.cacheCounts().misses() > 0, "a question brought no file");
      }
      try (Platform platform = open(store)) {
        double second = ask(platform, question);
        expect(platform.cacheCounts().misses() == 0, "the cache did not outlive a restart");
        double third = 0;
        for (int i = 0; i < WARM; i++) {
          third = ask(platform, question);
        }
        if (n >= 0) {
          cold[n] = first;
          restarted[n] = second;
          warm[n] = third;
        }
      }
    }
    return new Times(median(cold), median(restarted), median(warm));
  }

  private static void expect(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException("Cannot measure: " + otherwise);
    }
  }

  private static Platform open(Store store) {
    return Platform.open(store.settings, EngineSettings.defaults().withoutKeptAnswers());
  }

  /// Milliseconds to the last row.
  private static double ask(Platform platform, String question) {
    Ask.Metrics ask = QuestionForm.read(question.getBytes(StandardCharsets.UTF_8));
    long start = System.nanoTime();
    switch (platform.answers().answer(ask.model(), ask.question(), Limits.of(PATIENCE))) {
      case Outcome.Answered(Answer answer) -> {
        try (answer) {
          while (answer.rows().next()) {
            for (int i = 0; i < answer.columns().size(); i++) {
              var unused = answer.rows().value(i);
            }
          }
        }
      }
      case Outcome.Refused(var issues) -> throw new IllegalStateException("Refused: " + issues);
    }
    return (System.nanoTime() - start) / 1e6;
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
