package io.scorebook.domains.expected;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A league so small that its answers were worked out by hand: games on one day, a game that was
/// not played, points that were lost, a player who moved, two of one name, a streak that ends at
/// the last row, a tie between teams. `worked.txt` beside the files says how each answer comes
/// about.
public final class Fixture {
  private static final String FOLDER = "fixture/";
  private static final String QUESTION = "--- question ";

  private Fixture() {}

  /// A question, and its rows: each value as text, numbers without needless zeros, NULL for null.
  public record WorkedAnswer(String question, List<List<String>> rows) {
    public WorkedAnswer {
      rows = List.copyOf(rows);
    }
  }

  /// Writes the four files, in the wild form.
  public static void copyTo(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (String file : List.of("games.csv", "games_details.csv", "players.csv", "teams.csv")) {
      try (InputStream in = open(file)) {
        Files.copy(in, folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /// The answers that were worked out by hand.
  public static List<WorkedAnswer> workedAnswers() throws IOException {
    List<WorkedAnswer> answers = new ArrayList<>();
    try (InputStream in = open("worked.txt")) {
      String question = "";
      List<List<String>> rows = new ArrayList<>();
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        if (line.startsWith(QUESTION)) {
          question = line.substring(QUESTION.length());
        } else if (!line.isBlank() && !line.startsWith("#")) {
          rows.add(Stream.of(line.split("\\|", -1)).map(String::strip).toList());
        } else if (!rows.isEmpty()) {
          answers.add(new WorkedAnswer(question, rows));
          rows = new ArrayList<>();
        }
      }
      answers.add(new WorkedAnswer(question, rows));
    }
    return answers;
  }

  private static InputStream open(String file) {
    InputStream in = Fixture.class.getResourceAsStream(FOLDER + file);
    if (in == null) {
      throw new IllegalStateException("Cannot find %s on the classpath".formatted(file));
    }
    return in;
  }
}
