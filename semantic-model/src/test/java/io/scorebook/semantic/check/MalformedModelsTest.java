package io.scorebook.semantic.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.documents.Findings;
import io.scorebook.semantic.model.OssieReader;
import io.scorebook.semantic.model.Repository;
import io.scorebook.semantic.plan.SourceTable;
import io.scorebook.semantic.plan.SourceTable.Column;
import io.scorebook.semantic.plan.SourceTable.Type.Simple;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Whatever is in a document: findings, never an exception, and in bounded time.
class MalformedModelsTest {
  private static final List<SourceTable> TABLES =
      List.of(
          new SourceTable(
              "basketball",
              "games",
              List.of(
                  new Column("game_id", Simple.LONG, true),
                  new Column("game_date", Simple.DATE, true))));

  private static final List<String> SNIPPETS =
      List.of(
          "'",
          "\"",
          "{",
          "}",
          "[",
          "]",
          ":",
          "- ",
          "|",
          ">",
          "&a ",
          "*a ",
          "null",
          "~",
          "7",
          "1e99",
          "true",
          "\t",
          "\n",
          "  ",
          "#",
          "%",
          "!!int ",
          "(",
          ")",
          "SELECT ",
          "CASE ",
          " AND ",
          "NOT ",
          "--",
          "/*",
          ".",
          "team_games.",
          "wins",
          "\u0000",
          "\ud800",
          "é",
          "FILTER (WHERE ",
          "COUNT(",
          ", ",
          "<<: ",
          "? ",
          "---\n",
          "...\n");

  private static Findings check(String text) {
    var findings = new Findings();
    OssieReader.parse("model.yaml", text, findings)
        .ifPresent(model -> ModelCheck.check(model, TABLES, findings));
    findings.toList().forEach(finding -> assertThat(finding.toString()).isNotBlank());
    return findings;
  }

  @Test
  void neverThrowsOnADamagedSample() throws IOException {
    String sample = Files.readString(Repository.file("domains/basketball/model.yaml"));
    List<String> lines = sample.lines().toList();
    for (long seed = 0; seed < 150; seed++) {
      var random = new Random(seed);
      var text = new StringBuilder(sample);
      for (int i = random.nextInt(4); i >= 0; i--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(4)) {
          case 0 -> text.insert(at, SNIPPETS.get(random.nextInt(SNIPPETS.size())));
          case 1 -> text.delete(at, Math.min(text.length(), at + random.nextInt(30)));
          case 2 -> text.setLength(Math.max(1, at));
          default ->
              text.insert(
                  text.indexOf("\n", at) + 1, lines.get(random.nextInt(lines.size())) + "\n");
        }
      }
      try {
        check(text.toString());
      } catch (RuntimeException | Error e) {
        throw new AssertionError("with seed " + seed, e);
      }
    }
  }

  @Test
  void refusesExpressionsNestedTooDeep() {
    for (String deep :
        List.of(
            "(".repeat(40_000),
            "NOT ".repeat(20_000),
            "- ".repeat(20_000) + "1",
            "(".repeat(20_000) + "1" + ")".repeat(20_000),
            "1" + "+1".repeat(20_000))) {
      Findings findings =
          check(
              """
              version: 0.2.0.dev0
              name: m
              datasets: [{name: games, source: basketball.games}]
              metrics: [{name: a, expression: {dialects: [{dialect: ANSI_SQL, expression: '%s'}]}}]
              """
                  .formatted(deep));
      assertThat(findings.hasErrors()).isTrue();
    }
  }

  @Test
  void refusesMoreJoinPathsThanCanBeOverlooked() {
    String datasets =
        IntStream.range(0, 12)
            .mapToObj(
                "  - {name: d%d, source: basketball.games, primary_key: [game_id]}\n"::formatted)
            .collect(Collectors.joining());
    String relationships =
        IntStream.range(0, 144)
            .filter(i -> i / 12 != i % 12)
            .mapToObj(i ->
                "  - {name: r%d, from: d%d, to: d%d, from_columns: [game_id], to_columns: [game_id]}\n"
                    .formatted(i, i / 12, i % 12))
            .collect(Collectors.joining());
    Findings findings =
        check(
            "version: 0.2.0.dev0\nname: m\ndatasets:\n"
                + datasets
                + "relationships:\n"
                + relationships);
    assertThat(findings.toList().getFirst().toString())
        .isEqualTo(
            "model.yaml:4: error: Cannot look at 1,000 join paths or more from dataset 'd0'; remove"
                + " relationships that lead to the same datasets by other ways");
  }
}
