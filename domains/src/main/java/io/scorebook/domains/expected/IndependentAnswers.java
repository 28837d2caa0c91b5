package io.scorebook.domains.expected;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The questions and their hand-written SQL, read from the `.sql` files of this package.
///
/// A file is a list of blocks: `--- name`, `--- question {...}`, then `--- by KEYS` for each
/// grouping that is asked for (none where the question has its dimensions), then the statement. In
/// it stand, for the grouping `by team, date.month`:
///
/// | written | read |
/// |---|---|
/// | `${keys}` | `team as k1, cast(date_trunc('month', date) as date) as k2,` |
/// | `${k}` | `k1, k2,` |
/// | `${, k}` | `, k1, k2` |
/// | `${either}` | `coalesce(of_teams.k1, of_players.k1) as k1, ...,` |
/// | `${match}` | `of_teams.k1 is not distinct from of_players.k1 and ...`, else `true` |
/// | `${untimed}` | `shown.k1 is not distinct from looked.team` for the keys but date and season |
/// | `${kept}` | the same for the keys team and season |
/// | `${others}` | `k1, k2,` without player and player_id |
public final class IndependentAnswers {
  private static final List<String> TOPICS =
      List.of(
          "teams",
          "players",
          "mixed",
          "streaks",
          "windows",
          "evidence",
          "filters",
          "sets",
          "counts",
          "over_time",
          "rolling",
          "grains",
          "ranks",
          "standings",
          "conversion",
          "runs",
          "together");
  private static final String MARK = "--- ";

  private IndependentAnswers() {}

  /// All of them, in the order of the files.
  public static List<ExpectedAnswer> all() {
    return TOPICS.stream().flatMap(topic -> answers(read(topic + ".sql")).stream()).toList();
  }

  /// The statements, split by semicolons at line ends, that make the tables `games`, `details`,
  /// `teams`, `players`, `team_games`, `player_games` and `standings` on a DuckDB connection from a
  /// folder of CSV files, of the assembled or the wild form, plain or gzipped.
  ///
  /// @throws IllegalArgumentException where one of the four files is missing
  public static List<String> rawTables(Path folder) {
    Map<String, Path> files =
        Map.of(
            "${games}", find(folder, "games"),
            "${details}", find(folder, "games_details", "game_details"),
            "${players}", find(folder, "players"),
            "${teams}", find(folder, "teams"));
    String sql = read("raw.sql");
    for (Map.Entry<String, Path> file : files.entrySet()) {
      sql = sql.replace(file.getKey(), file.getValue().toString().replace("'", "''"));
    }
    return Stream.of(sql.split(";\n", -1)).filter(statement -> !statement.isBlank()).toList();
  }

  private static Path find(Path folder, String... names) {
    return Stream.of(names)
        .flatMap(name -> Stream.of(name + ".csv", name + ".csv.gz"))
        .map(folder::resolve)
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "Cannot find %s.csv or %<s.csv.gz in %s".formatted(names[0], folder)));
  }

  private static List<ExpectedAnswer> answers(String text) {
    List<ExpectedAnswer> answers = new ArrayList<>();
    String name = "";
    String question = "";
    List<String> groupings = new ArrayList<>();
    StringBuilder sql = new StringBuilder();
    for (String line : text.lines().toList()) {
      if (line.startsWith(MARK + "question ")) {
        question = line.substring(MARK.length() + "question ".length());
      } else if (line.startsWith(MARK + "by ")) {
        groupings.add(line.substring(MARK.length() + "by ".length()));
      } else if (line.startsWith(MARK)) {
        name = line.substring(MARK.length());
      } else if (line.endsWith(";")) {
        sql.append(line, 0, line.length() - 1);
        answers.addAll(grouped(name, question, groupings, sql.toString()));
        groupings.clear();
        sql.setLength(0);
      } else {
        sql.append(line).append('\n');
      }
    }
    return answers;
  }

  private static List<ExpectedAnswer> grouped(
      String name, String question, List<String> groupings, String sql) {
    if (groupings.isEmpty()) {
      return List.of(new ExpectedAnswer(name, question, sql.strip()));
    }
    return groupings.stream()
        .map(Grouping::parse)
        .map(
            by -> new ExpectedAnswer(name + " by " + by, by.into(question), by.expand(sql).strip()))
        .toList();
  }

  private static String read(String file) {
    try (InputStream in = IndependentAnswers.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("Cannot find %s on the classpath".formatted(file));
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }
}
