package io.scorebook.gateway.modeltest;

import io.scorebook.documents.Document;
import io.scorebook.documents.Findings;
import io.scorebook.engine.answer.EngineException;
import io.scorebook.engine.answer.Limits;
import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.reference.GivenRows;
import io.scorebook.engine.rehearsal.Rehearsal;
import io.scorebook.engine.rehearsal.Rehearsed;
import io.scorebook.gateway.modeltest.MetricTest.Asked;
import io.scorebook.gateway.modeltest.MetricTest.Expected;
import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.semantic.plan.Issue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The tests of one domain, read from `tests/*.yaml`.
public final class MetricTests {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Domain domain;
  private final List<MetricTest> tests;

  private MetricTests(Domain domain, List<MetricTest> tests) {
    this.domain = domain;
    this.tests = List.copyOf(tests);
  }

  /// Reads all tests of a folder; mistakes in them become findings.
  ///
  /// @throws UncheckedIOException where the folder cannot be listed
  public static MetricTests read(Path folder, Domain domain, Findings findings) {
    var tests = new ArrayList<MetricTest>();
    for (Path file : files(folder.resolve("tests"))) {
      Document.read(file, "tests/" + file.getFileName(), findings)
          .map(new MetricTestReader(domain, findings)::read)
          .ifPresent(tests::addAll);
    }
    return new MetricTests(domain, tests);
  }

  private static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml") || file.toString().endsWith(".yml"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list the folder " + folder, e);
    }
  }

  public int count() {
    return tests.size();
  }

  /// The names that the questions of the tests have in them, in lower case: metrics among others.
  public Set<String> names() {
    var names = new HashSet<String>();
    for (MetricTest test : tests) {
      switch (test.asked()) {
        case Asked.Metrics(var question) -> names.addAll(question.metrics());
        case Asked.Sql(String sql) -> names.addAll(List.of(sql.split("\\W+")));
      }
    }
    return Set.copyOf(names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList());
  }

  /// Runs all of them; those that fail, in the order in which they are written.
  public List<FailedTest> run() {
    return tests.parallelStream().flatMap(test -> run(test).stream()).toList();
  }

  private Optional<FailedTest> run(MetricTest test) {
    return difference(test).map(lines -> new FailedTest(test.location(), test.name(), lines));
  }

  private Optional<List<String>> difference(MetricTest test) {
    var rehearsal = new Rehearsal(domain, new GivenRows(test.tables()));
    Limits limits = Limits.of(PATIENCE);
    try {
      Rehearsed outcome =
          switch (test.asked()) {
            case Asked.Metrics(var question) -> rehearsal.answer(question, limits);
            case Asked.Sql(String sql) -> rehearsal.answer(sql, limits);
          };
      return switch (outcome) {
        case Rehearsed.Answered answered -> held(test.expected(), answered);
        case Rehearsed.Refused(var issues) ->
            held(
                test.expected(),
                issues.stream().map(issue -> ErrorCode.of(issue.code())).toList(),
                issues.stream().map(Issue::message).toList());
      };
    } catch (EngineException e) {
      return held(
          test.expected(),
          List.of(ErrorCode.of(e.kind())),
          List.of(String.valueOf(e.getMessage())));
    }
  }

  private static Optional<List<String>> held(Expected expected, Rehearsed.Answered answered) {
    return switch (expected) {
      case Expected.Rows rows -> Comparison.difference(rows, answered);
      case Expected.Refusal refusal ->
          Optional.of(
              List.of(
                  "expected to be refused" + words(refusal),
                  "answered with %d rows".formatted(answered.rows().size())));
    };
  }

  private static Optional<List<String>> held(
      Expected expected, List<ErrorCode> codes, List<String> messages) {
    return switch (expected) {
      case Expected.Rows _ -> Optional.of(refused("expected an answer", codes, messages));
      case Expected.Refusal refusal -> {
        boolean isThat = false;
        for (int i = 0; i < codes.size(); i++) {
          String code = MetricTestReader.word(codes.get(i));
          String message = messages.get(i);
          isThat |=
              refusal.code().filter(wanted -> !wanted.equals(code)).isEmpty()
                  && refusal.message().filter(piece -> !message.contains(piece)).isEmpty();
        }
        yield isThat
            ? Optional.empty()
            : Optional.of(refused("expected to be refused" + words(refusal), codes, messages));
      }
    };
  }

  private static String words(Expected.Refusal refusal) {
    return refusal.code().map(code -> " as " + code).orElse("")
        + refusal.message().map(piece -> " with \"%s\"".formatted(piece)).orElse("");
  }

  private static List<String> refused(
      String expected, List<ErrorCode> codes, List<String> messages) {
    var lines = new ArrayList<String>();
    lines.add(expected);
    for (int i = 0; i < codes.size(); i++) {
      lines.add(
          "refused as %s: %s".formatted(MetricTestReader.word(codes.get(i)), messages.get(i)));
    }
    return lines;
  }
}
