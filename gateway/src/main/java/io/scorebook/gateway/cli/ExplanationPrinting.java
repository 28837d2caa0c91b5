package io.scorebook.gateway.cli;

import io.scorebook.engine.answer.Explaining.Explained;
import io.scorebook.gateway.session.Ask;
import io.scorebook.gateway.wire.ExplanationForm;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// Writes an explanation to stdout.
final class ExplanationPrinting {
  private static final Pattern EXPLAIN = Pattern.compile("(?i)\\s*EXPLAIN\\s.*", Pattern.DOTALL);

  private ExplanationPrinting() {}

  /// The forms of an explanation.
  enum Form {
    WORDS("text/plain"),
    JSON("application/json");

    private final String mediaType;

    Form(String mediaType) {
      this.mediaType = mediaType;
    }

    String mediaType() {
      return mediaType;
    }

    String text(Explained explained) {
      return switch (this) {
        case WORDS -> ExplanationForm.words(explained);
        case JSON -> new String(ExplanationForm.json(explained), StandardCharsets.UTF_8) + "\n";
      };
    }
  }

  /// Whether the statement itself asks to be explained.
  static boolean isWanted(Ask.Sql ask) {
    return EXPLAIN.matcher(ask.sql()).matches();
  }

  static void print(Asker asker, Ask ask, Printing.Form format, CommandLine line) {
    Form form =
        switch (format) {
          case TABLE -> Form.WORDS;
          case JSON -> Form.JSON;
          case CSV, NDJSON ->
              throw new ParameterException(
                  line, "Cannot explain in this --format; use json, or table for words");
        };
    line.getOut().print(asker.explain(ask, form));
    line.getOut().flush();
  }
}
