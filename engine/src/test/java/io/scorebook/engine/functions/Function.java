package io.scorebook.engine.functions;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A function with its meaning and the cases that show it.
///
/// @param level what the standard says of it: REQUIRED, RECOMMENDED, or `own` for what it lacks
record Function(
    String section, String name, String syntax, String level, String meaning, List<Case> cases) {

  /// @param expected as [Values] writes values: one for each row, or one for all; or `ERROR text`,
  ///   of computing it; `FAILED text`, of the engine; or `REFUSED text`, of the check of the model
  record Case(String expression, String expected) {
    /// How it ends, where that is not with values; else empty.
    String end() {
      return Stream.of("ERROR", "FAILED", "REFUSED")
          .filter(expected::startsWith)
          .findFirst()
          .orElse("");
    }

    /// What the message must contain.
    String text() {
      int blank = expected.indexOf(' ');
      return blank < 0 ? "" : expected.substring(blank + 1);
    }
  }

  /// All of a file. `# section`; `* name ; syntax ; level ; meaning`; `expression => expected`;
  /// `//` a comment.
  static List<Function> read(String file) {
    try (InputStream in = Function.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalArgumentException("Cannot find " + file);
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Function> parse(String text) {
    var functions = new ArrayList<Function>();
    String section = "";
    for (String line : text.lines().map(String::strip).toList()) {
      if (line.startsWith("# ")) {
        section = line.substring(2);
      } else if (line.startsWith("* ")) {
        String[] parts = line.substring(2).split(" ; ", 4);
        functions.add(
            new Function(section, parts[0], parts[1], parts[2], parts[3], new ArrayList<>()));
      } else if (!line.isEmpty() && !line.startsWith("//")) {
        int arrow = line.lastIndexOf(" => ");
        functions
            .getLast()
            .cases()
            .add(new Case(line.substring(0, arrow).strip(), line.substring(arrow + 4).strip()));
      }
    }
    return functions;
  }
}
