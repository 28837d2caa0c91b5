package io.scorebook.gateway.modeltest;

import io.scorebook.documents.Findings;
import io.scorebook.documents.Location;
import io.scorebook.documents.Suggestions;
import io.scorebook.documents.Value;
import io.scorebook.documents.Value.Mapping;
import io.scorebook.documents.Value.Scalar;
import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.reference.GivenRows;
import io.scorebook.gateway.modeltest.MetricTest.Asked;
import io.scorebook.gateway.modeltest.MetricTest.Expected;
import io.scorebook.gateway.session.Ask;
import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.ProblemException;
import io.scorebook.gateway.wire.Json;
import io.scorebook.gateway.wire.QuestionForm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Reads a file of tests; all that is wrong with it becomes findings, and a test with an error is
/// left out.
final class MetricTestReader {
  private static final Set<String> KEYS = Set.of("description", "tables", "tests");
  private static final Set<String> TEST_KEYS =
      Set.of("name", "description", "tables", "question", "sql", "expect", "refused");

  private final Domain domain;
  private final Findings findings;
  private final GivenTables tables;

  MetricTestReader(Domain domain, Findings findings) {
    this.domain = domain;
    this.findings = findings;
    this.tables = new GivenTables(domain.contracts(), findings);
  }

  List<MetricTest> read(Value document) {
    Optional<Mapping> file = document.asMapping("file of tests", findings);
    if (file.isEmpty()) {
      return List.of();
    }
    file.get().allowOnly(KEYS, findings);
    Map<String, GivenRows.Table> shared = tables(file.get());
    List<Mapping> written = file.get().mappings("tests", findings);
    if (file.get().find("tests").isEmpty()) {
      findings.error(file.get().location(), "Cannot find the required 'tests'");
    }
    List<MetricTest> tests = new ArrayList<>();
    Map<String, Location> names = new HashMap<>();
    for (Mapping test : written) {
      String name = test.text("name", findings);
      Location first = names.putIfAbsent(name, test.locationOf("name"));
      if (first != null) {
        findings.error(
            test.locationOf("name"),
            "Cannot have two tests named '%s'; the first is on line %d"
                .formatted(name, first.line()));
      }
      read(name, test, shared).ifPresent(tests::add);
    }
    return tests;
  }

  private Map<String, GivenRows.Table> tables(Mapping of) {
    return of.findMapping("tables", findings).map(tables::read).orElse(Map.of());
  }

  private Optional<MetricTest> read(
      String name, Mapping test, Map<String, GivenRows.Table> shared) {
    test.allowOnly(TEST_KEYS, findings);
    Map<String, GivenRows.Table> given = new LinkedHashMap<>(shared);
    given.putAll(tables(test));
    Optional<Asked> asked = asked(test);
    Optional<Expected> expected = expected(test);
    return asked.flatMap(
        ask -> expected.map(outcome -> new MetricTest(name, test.location(), given, ask, outcome)));
  }

  private Optional<Asked> asked(Mapping test) {
    if (test.find("question").isPresent() == test.find("sql").isPresent()) {
      findings.error(test.location(), "Invalid test: must ask either by 'question' or by 'sql'");
      return Optional.empty();
    }
    if (test.find("sql").isPresent()) {
      return test.findText("sql", findings).map(Asked.Sql::new);
    }
    return test.findMapping("question", findings).flatMap(this::question);
  }

  /// The form of a question is that of `POST /v1/query`, and is read by the same reader.
  private Optional<Asked> question(Mapping written) {
    try {
      Ask.Metrics ask = QuestionForm.read(Json.bytes(Objects.requireNonNull(written.toPlain())));
      if (ask.engine().isPresent()) {
        findings.error(written.locationOf("engine"), "Cannot choose the engine of a test");
      }
      ask.model()
          .filter(model -> !model.equals(domain.name()))
          .ifPresent(model ->
              findings.error(
                  written.locationOf("model"),
                  "Cannot ask the model '%s' in a test of '%s'".formatted(model, domain.name())));
      return Optional.of(new Asked.Metrics(ask.question()));
    } catch (ProblemException e) {
      e.problem()
          .issues()
          .forEach(
              issue -> findings.error(place(written, issue.field().orElse("")), issue.message()));
      return Optional.empty();
    }
  }

  /// Where `filters[0].op` stands, as far as its first name tells.
  private static Location place(Mapping question, String path) {
    return question.locationOf(path.split("[\\[.]", 2)[0]);
  }

  private Optional<Expected> expected(Mapping test) {
    // An empty list is there: no rows are expected.
    if (test.find("expect").isPresent() == test.find("refused").isPresent()) {
      findings.error(
          test.location(), "Invalid test: must have either rows to 'expect' or 'refused'");
      return Optional.empty();
    }
    return test.find("expect")
        .map(this::rows)
        .orElseGet(() -> test.findMapping("refused", findings).flatMap(this::refusal));
  }

  private Optional<Expected> rows(Value value) {
    WrittenRows written = WrittenRows.read(value, "'expect'", findings);
    List<List<Scalar>> rows = new ArrayList<>();
    for (WrittenRows.Row row : written.rows()) {
      List<String> missing =
          written.columns().stream().filter(name -> !row.values().containsKey(name)).toList();
      if (missing.isEmpty()) {
        rows.add(
            written.columns().stream()
                .map(name -> Objects.requireNonNull(row.values().get(name)))
                .toList());
      } else {
        findings.error(
            row.location(),
            "Cannot leave out %s in an expected row".formatted(String.join(", ", missing)),
            "write null for NULL");
      }
    }
    return Optional.of(new Expected.Rows(written.columns(), rows));
  }

  private Optional<Expected> refusal(Mapping written) {
    written.allowOnly(Set.of("code", "message"), findings);
    Optional<String> code = written.findText("code", findings);
    Optional<String> message = written.findText("message", findings);
    List<String> known = Arrays.stream(ErrorCode.values()).map(MetricTestReader::word).toList();
    if (code.isPresent() && !known.contains(code.get())) {
      findings.error(
          written.locationOf("code"),
          "Cannot find the code '%s'".formatted(code.get()),
          Suggestions.clause(code.get(), known));
      return Optional.empty();
    }
    if (code.isEmpty() && message.isEmpty()) {
      findings.error(
          written.location(), "Invalid 'refused': must have a code, or a piece of the message");
      return Optional.empty();
    }
    return Optional.of(new Expected.Refusal(code, message));
  }

  /// A code as HTTP tells it, the end of the problem's type.
  static String word(ErrorCode code) {
    return code.type().substring(code.type().lastIndexOf(':') + 1);
  }
}
