package io.scorebook.engine.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.engine.answer.Engine;
import io.scorebook.engine.answer.EngineException;
import io.scorebook.engine.answer.Lake;
import io.scorebook.engine.duckdb.DuckDbEngine;
import io.scorebook.engine.duckdb.DuckDbSettings;
import io.scorebook.engine.files.FileCache;
import io.scorebook.engine.reference.ReferenceEngine;
import io.scorebook.engine.trino.TrinoEngine;
import io.trino.sql.parser.SqlParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The cases of `functions.txt` on every engine, and the page that tells of them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FunctionsTest {
  private static final List<Function> FUNCTIONS = Function.read("functions.txt");

  private Lake lake;
  private List<Engine> engines;
  private Conformance conformance;
  private final Engine trino = new TrinoEngine();

  @BeforeAll
  void open(@TempDir Path home) {
    lake = new Lake(home.resolve("lake"));
    SmallTable.write(lake);
    engines =
        List.of(
            new DuckDbEngine(
                new DuckDbSettings(500_000_000, 2, home.resolve("spill"), 500_000_000),
                new FileCache(home.resolve("cache"), 1_000_000_000)),
            new ReferenceEngine());
    conformance = new Conformance(lake);
  }

  @AfterAll
  void close() {
    engines.forEach(Engine::close);
    lake.close();
  }

  @TestFactory
  Stream<DynamicTest> meansTheSameOnEveryEngine() {
    return FUNCTIONS.stream()
        .flatMap(function ->
            engines.stream()
                .map(engine ->
                    DynamicTest.dynamicTest(
                        function.name() + " on " + engine.name(), () -> check(function, engine))));
  }

  private void check(Function function, Engine engine) {
    assertThat(function.cases()).as("cases of %s", function.name()).isNotEmpty();
    assertThat(
            function.cases().stream()
                .map(each -> difference(each, conformance.run(each.expression(), engine)))
                .flatMap(Optional::stream)
                .collect(Collectors.joining("\n")))
        .isEmpty();
  }

  private static Optional<String> difference(Function.Case each, String found) {
    String end = each.end();
    boolean same =
        end.isEmpty()
            ? found.equals(each.expected())
            : found.startsWith(end)
                && found.toLowerCase(Locale.ROOT).contains(each.text().toLowerCase(Locale.ROOT));
    return same
        ? Optional.empty()
        : Optional.of(
            "@@ %s%n   expected %s%n   found    %s"
                .formatted(each.expression(), each.expected(), found));
  }

  /// A case that the check refuses is the same everywhere.
  private boolean isWrittenForTrino(String expression) {
    try {
      Conformance.plans(expression)
          .forEach(asked -> new SqlParser().createStatement(trino.text(asked.plan())));
      return true;
    } catch (EngineException refused) {
      assertThat(refused.kind()).isEqualTo(EngineException.Kind.UNSUPPORTED);
      assertThat(refused).hasMessageStartingWith("Cannot run ").hasMessageEndingWith(" on Trino");
      return false;
    }
  }

  @Test
  void isWrittenDown() throws IOException {
    Path page = Path.of(System.getProperty("scorebook.root", "..")).resolve("docs/functions.md");
    String text =
        FunctionTable.write(
            FUNCTIONS,
            engines.stream().map(Engine::name).toList(),
            function ->
                (int)
                    function.cases().stream()
                        .filter(each -> isWrittenForTrino(each.expression()))
                        .count());
    if (Boolean.getBoolean("scorebook.write")) {
      Files.writeString(page, text);
    }
    assertThat(page).hasContent(text);
  }
}
