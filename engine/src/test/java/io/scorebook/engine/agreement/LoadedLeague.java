package io.scorebook.engine.agreement;

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
import io.scorebook.engine.EngineSettings;
import io.scorebook.engine.Platform;
import io.scorebook.engine.answer.Answer;
import io.scorebook.engine.answer.Limits;
import io.scorebook.engine.answer.Outcome;
import io.scorebook.engine.domain.Domain;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The sample domain in a home of its own, with the files of a folder loaded the ordinary way; and
/// the same files beside it, for SQL.
final class LoadedLeague implements AutoCloseable {
  private final Platform platform;
  private final HandWritten handWritten;
  private final Map<String, LoadReport> reports = new LinkedHashMap<>();

  LoadedLeague(Path home, Path files) throws IOException, SQLException {
    Path source = home.resolve("source");
    SampleDomain.copyTo(source);
    platform = Platform.open(WarehouseSettings.embedded(home), EngineSettings.defaults());
    Findings findings = new Findings();
    Optional<Domain> domain = platform.domains().publish(source, findings);
    if (findings.hasErrors()) {
      throw new AssertionError(findings.toList());
    }
    for (Contract contract : domain.orElseThrow().contracts().inLoadOrder()) {
      reports.put(contract.table().name(), load(contract, files));
    }
    handWritten = new HandWritten(files);
  }

  private LoadReport load(Contract contract, Path files) {
    LoadOptions options = LoadOptions.DEFAULT.allowing(new Allowance.Percent(5));
    List<Path> found = SourceFolder.find(contract, files);
    return switch (new Loader(platform.warehouse()).load(contract, found, options)) {
      case LoadReport report -> report;
      case LoadRefused refused -> throw new AssertionError(refused.message());
    };
  }

  LoadReport report(String table) {
    return Objects.requireNonNull(reports.get(table));
  }

  /// The same files, asked without the platform.
  HandWritten handWritten() {
    return handWritten;
  }

  /// The rows that an engine answers a question in JSON with.
  List<List<String>> rows(String engine, String question) {
    return rows(
        question,
        platform.answers().by(engine).answer(Optional.empty(), Questions.read(question), limits()));
  }

  /// The rows that the default engine answers SQL with.
  List<List<String>> sql(String sql) {
    return rows(sql, platform.answers().answer(sql, limits()));
  }

  /// What an engine makes of SQL.
  Outcome outcome(String engine, String sql) {
    return platform.answers().by(engine).answer(sql, limits());
  }

  private static Limits limits() {
    return Limits.of(Duration.ofMinutes(5));
  }

  private static List<List<String>> rows(String question, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Answered(Answer answer) -> rows(answer);
      case Outcome.Refused(var issues) ->
          throw new AssertionError(question + " is refused: " + issues);
    };
  }

  /// All rows of an answer, which is closed then.
  static List<List<String>> rows(Answer answer) {
    try (answer) {
      List<List<String>> rows = new ArrayList<>();
      while (answer.rows().next()) {
        List<@Nullable Object> row = new ArrayList<>();
        for (int i = 0; i < answer.columns().size(); i++) {
          row.add(answer.rows().value(i));
        }
        rows.add(Texts.of(row));
      }
      return rows;
    }
  }

  @Override
  public void close() {
    handWritten.close();
    platform.close();
  }
}
