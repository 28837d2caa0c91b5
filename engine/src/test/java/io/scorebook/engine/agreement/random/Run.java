package io.scorebook.engine.agreement.random;

import io.scorebook.engine.agreement.random.Workbench.Outcome;
import io.scorebook.engine.answer.Engine;
import io.scorebook.engine.answer.Lake;
import io.scorebook.engine.duckdb.DuckDbEngine;
import io.scorebook.engine.duckdb.DuckDbSettings;
import io.scorebook.engine.files.FileCache;
import io.scorebook.engine.reference.ReferenceEngine;
import io.scorebook.semantic.question.Question;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// So many questions from a seed, each asked on DuckDB, and some on the reference engine too.
final class Run implements AutoCloseable {
  /// Questions asked of each model.
  static final int OF_A_WORLD = 100;

  /// Of so many questions one is asked on the reference engine too.
  private static final int REFERENCE = 10;

  private final long seed;
  private final Lake lake;
  private final Engine duckdb;
  private final Engine reference = new ReferenceEngine();
  private final Map<String, Integer> refusals = new TreeMap<>();
  private final List<String> failures = new ArrayList<>();
  private int asked;
  private int agreed;
  private int rows;

  Run(long seed, Path folder) {
    this.seed = seed;
    this.lake = new Lake(folder.resolve("lake"));
    this.duckdb =
        new DuckDbEngine(
            new DuckDbSettings(500_000_000, 2, folder.resolve("spill"), 500_000_000),
            new FileCache(folder.resolve("cache"), 1_000_000_000));
  }

  Lake lake() {
    return lake;
  }

  Engine reference() {
    return reference;
  }

  Engine duckdb() {
    return duckdb;
  }

  /// Asks until so many questions have been asked, or so many have gone wrong.
  void ask(int questions, int failuresAtMost) {
    for (long world = 0; asked < questions && failures.size() < failuresAtMost; world++) {
      ask(seed + world, Math.min(OF_A_WORLD, questions - asked), failuresAtMost);
    }
  }

  private void ask(long worldSeed, int questions, int failuresAtMost) {
    Workbench bench = Workbench.written(WorldMaker.make(worldSeed), lake);
    var maker = new QuestionMaker(bench.world(), bench.brute(), worldSeed);
    for (int i = 0; i < questions && failures.size() < failuresAtMost; i++) {
      Question question = maker.make();
      asked++;
      note(bench, question, duckdb, worldSeed, "duckdb");
      if (asked % REFERENCE == 0) {
        note(bench, question, reference, worldSeed, "reference");
      }
    }
  }

  private void note(
      Workbench bench, Question question, Engine engine, long worldSeed, String name) {
    switch (bench.ask(question, engine)) {
      case Outcome.Agreed(int found) -> {
        agreed++;
        rows += found;
      }
      case Outcome.Refused(String rule) -> refusals.merge(rule, 1, Integer::sum);
      case Outcome.Differs _ -> {
        Question small =
            Shrinker.shrink(
                question, smaller -> bench.ask(smaller, engine) instanceof Outcome.Differs);
        failures.add(
            "-Dscorebook.seed=%d -Dscorebook.questions=%d, on %s: %s%n%s"
                .formatted(
                    worldSeed, OF_A_WORLD, name, bench.ask(small, engine), bench.told(small)));
      }
    }
  }

  List<String> failures() {
    return failures;
  }

  Map<String, Integer> refusals() {
    return refusals;
  }

  String summary() {
    return "seed %d: %d questions, %d answers with %d rows agree, %d differ; refused: %s"
        .formatted(seed, asked, agreed, rows, failures.size(), refusals);
  }

  @Override
  public void close() {
    duckdb.close();
    reference.close();
    lake.close();
  }
}
