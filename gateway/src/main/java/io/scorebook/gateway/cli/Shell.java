package io.scorebook.gateway.cli;

import io.scorebook.gateway.session.Ask;
import io.scorebook.gateway.session.ProblemException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/// A shell: statements end with a semicolon; a mistake ends nothing but the statement.
final class Shell {
  private final Asker asker;
  private final Printing.Form format;
  private final Ask.Sql question;
  private final PrintWriter out;
  private final PrintWriter err;

  /// @param question by which engine and of which state each statement is asked
  Shell(Asker asker, Printing.Form format, Ask.Sql question, PrintWriter out, PrintWriter err) {
    this.asker = asker;
    this.format = format;
    this.question = question;
    this.out = out;
    this.err = err;
  }

  void run(Path home) throws IOException {
    try (Terminal terminal = TerminalBuilder.builder().dumb(true).build()) {
      LineReader reader =
          LineReaderBuilder.builder()
              .terminal(terminal)
              .variable(LineReader.HISTORY_FILE, home.resolve("history"))
              .build();
      boolean isDumb = Terminal.TYPE_DUMB.equals(terminal.getType());
      if (!isDumb) {
        err.println("End a statement with ';', the shell with 'exit' or Ctrl-D.");
      }
      read(reader, isDumb);
    }
  }

  private void read(LineReader reader, boolean quiet) throws IOException {
    var statement = new StringBuilder();
    while (true) {
      String line;
      try {
        line = reader.readLine(quiet ? "" : statement.isEmpty() ? "scorebook> " : "       ...> ");
      } catch (UserInterruptException _) {
        statement.setLength(0);
        continue;
      } catch (EndOfFileException _) {
        run(statement.toString());
        return;
      }
      if (statement.isEmpty() && line.strip().matches("(?i)(exit|quit);?")) {
        return;
      }
      statement.append(line).append('\n');
      if (line.stripTrailing().endsWith(";")) {
        run(statement.toString());
        statement.setLength(0);
      }
    }
  }

  private void run(String statement) throws IOException {
    String sql = SqlCommand.withoutEnd(statement);
    if (sql.isBlank()) {
      return;
    }
    Instant start = Instant.now();
    try {
      Ask.Sql ask = new Ask.Sql(sql, question.engine(), question.asOf());
      if (ExplanationPrinting.isWanted(ask)) {
        out.print(asker.explain(ask, ExplanationPrinting.Form.WORDS));
        out.flush();
        return;
      }
      long rows = Printing.print(asker.ask(ask), format, out);
      err.println(
          "%d rows, %d ms".formatted(rows, Duration.between(start, Instant.now()).toMillis()));
    } catch (ProblemException e) {
      Failures.tell(e.problem(), err);
    }
    err.flush();
  }
}
