package io.scorebook.engine.agreement.random;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.documents.Findings;
import io.scorebook.engine.agreement.random.KindsWorld.Kind;
import io.scorebook.engine.agreement.random.Workbench.Verdict;
import io.scorebook.engine.answer.Engine;
import io.scorebook.semantic.model.Metric;
import io.scorebook.semantic.model.OssieReader;
import io.scorebook.semantic.question.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Every kind of metric under every clause: answered as brute force answers, by both engines, or
/// refused; and the page that tells which. A combination that the page does not have, or has
/// otherwise, fails.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KindsTest {
  private @Nullable Run run;
  private @Nullable Workbench bench;

  @BeforeAll
  void write(@TempDir Path folder) {
    run = new Run(0, folder);
    bench = Workbench.written(KindsWorld.world(), run.lake());
  }

  @AfterAll
  void close() {
    if (run != null) {
      run.close();
    }
  }

  @Test
  void everyKindIsThere() {
    Set<String> known = new TreeSet<>();
    collect(Metric.class, known);
    Set<String> tried =
        OssieReader.parse("model.yaml", KindsWorld.world().yaml(), new Findings())
            .orElseThrow()
            .metrics()
            .stream()
            .map(metric -> metric.getClass().getSimpleName())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(tried).isEqualTo(known);
  }

  private static void collect(Class<?> type, Set<String> names) {
    if (type.isSealed()) {
      for (Class<?> inner : type.getPermittedSubclasses()) {
        collect(inner, names);
      }
    } else {
      names.add(type.getSimpleName());
    }
  }

  @Test
  void everyCombinationIsRightOrRefused() throws IOException {
    var wrong = new ArrayList<String>();
    var cells = new LinkedHashMap<Kind, List<Verdict>>();
    for (Kind kind : KindsWorld.KINDS) {
      var row = new ArrayList<Verdict>();
      for (Clauses clause : Clauses.ALL) {
        Question question =
            clause.question().apply(Question.of(List.of(kind.metric()), kind.needs()));
        Verdict verdict = ask(clause, question, true);
        Verdict reference = ask(clause, question, false);
        row.add(verdict);
        for (Verdict each : List.of(verdict, reference)) {
          if (each instanceof Verdict.Wrong(String how)) {
            wrong.add("%s x %s: %s%n%s".formatted(kind.title(), clause.title(), question, how));
          }
        }
      }
      cells.put(kind, row);
    }
    assertThat(String.join("\n\n", wrong)).isEmpty();
    Path page = Path.of(System.getProperty("scorebook.root", "..")).resolve("docs/kinds.md");
    String text = page(cells);
    if (Boolean.getBoolean("scorebook.write")) {
      Files.writeString(page, text);
    }
    assertThat(page).hasContent(text);
  }

  private Verdict ask(Clauses clause, Question question, boolean onDuckDb) {
    if (run == null || bench == null) {
      throw new IllegalStateException();
    }
    Engine engine = onDuckDb ? run.duckdb() : run.reference();
    return clause.sql().isEmpty()
        ? bench.judge(question, engine)
        : bench.judge(clause.sqlOf(question), question, engine);
  }

  private static String page(Map<Kind, List<Verdict>> cells) {
    var refusals = new ArrayList<String>();
    var lines = new ArrayList<String>();
    lines.add(HEAD);
    for (boolean inSql : new boolean[] {false, true}) {
      List<Integer> columns =
          Stream.iterate(0, i -> i + 1)
              .limit(Clauses.ALL.size())
              .filter(i -> Clauses.ALL.get(i).sql().isEmpty() != inSql)
              .toList();
      lines.add(inSql ? "## In SQL\n" : "## As a question\n");
      lines.add(
          "| kind | "
              + columns.stream()
                  .map(i -> Clauses.ALL.get(i).title())
                  .collect(Collectors.joining(" | "))
              + " |");
      lines.add("|---|" + "---|".repeat(columns.size()));
      cells.forEach((kind, row) ->
          lines.add(
              "| "
                  + kind.title()
                  + " | "
                  + columns.stream()
                      .map(i -> cell(kind, row.get(i), refusals))
                      .collect(Collectors.joining(" | "))
                  + " |"));
      lines.add("");
    }
    lines.add("## Refused\n");
    for (int i = 0; i < refusals.size(); i++) {
      lines.add("%d. %s".formatted(i + 1, refusals.get(i)));
    }
    return String.join("\n", lines) + "\n";
  }

  private static String cell(Kind kind, Verdict verdict, List<String> refusals) {
    return switch (verdict) {
      case Verdict.Right _ -> "yes";
      case Verdict.Refused(String code, String message) -> {
        String told =
            "`%s`: %s"
                .formatted(
                    code.toLowerCase(java.util.Locale.ROOT).replace('_', '-'),
                    message.replaceAll("\\b" + kind.metric() + "(_more)?\\b", "m"));
        if (!refusals.contains(told)) {
          refusals.add(told);
        }
        yield "no (" + (refusals.indexOf(told) + 1) + ")";
      }
      case Verdict.Wrong _ -> "WRONG";
    };
  }

  private static final String HEAD =
      """
      # Kinds of metrics, clause by clause

      What each kind of metric ([model.md](model.md)) can be asked with. *yes*: the answers of the
      engines DuckDB and reference are what brute force over the rows in memory finds, which knows
      neither planner nor SQL. *no*: refused, with the reason of that number below, in which `m` is
      the metric.

      This page is written by `KindsTest`, which asks each combination; it is written anew by
      `mvn test -pl engine -Dtest=KindsTest -Dscorebook.write=true`.

      Kinds that need a dimension (*rank*, *rolling* by rows of an entity: the entity; *prior*: its
      period) have it in each question but that in total. *filter mixing time* is one condition on
      a calendar or another dimension; *second fact* asks for a metric of another dataset too, *its
      dimension* is one that the other lacks; *operand* is a derived metric made of this one; *rows*
      is SQL without GROUP BY.
      """;
}
