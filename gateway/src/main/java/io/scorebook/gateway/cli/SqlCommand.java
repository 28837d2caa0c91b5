package io.scorebook.gateway.cli;

import io.scorebook.gateway.session.Ask;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// One statement, or a shell.
@Command(
    name = "sql",
    mixinStandardHelpOptions = true,
    description = {
      "Run one SQL query, or without one a shell.",
      "Asks the gateway at --url, else the one that runs on home, else home itself."
    },
    footer = {
      "",
      "Examples:",
      "  scorebook sql \"SELECT team, AGGREGATE(wins) AS wins FROM basketball.team_games"
          + " GROUP BY team ORDER BY wins DESC LIMIT 5\"",
      "  scorebook sql --format csv \"SELECT * FROM standings_v1.standings WHERE season = 2018\"",
      "  scorebook sql \"EXPLAIN SELECT AGGREGATE(wins) AS wins FROM basketball.team_games\"",
      "  scorebook sql"
    })
final class SqlCommand implements Callable<Integer> {
  @Mixin HomeOptions home = new HomeOptions();
  @Mixin Asker.GatewayOptions gateway = new Asker.GatewayOptions();
  @Mixin LimitOptions limits = new LimitOptions();
  @Mixin AsOfOption state = new AsOfOption();
  @Mixin AnswerOptions answer = new AnswerOptions();

  @Parameters(paramLabel = "SELECT", arity = "0..1", description = "The query.")
  @Nullable String sql;

  @Option(
      names = "--explain",
      description = "Say what would be done to answer, as EXPLAIN before the query does.")
  boolean explain;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try (Asker asker = asker()) {
      if (sql == null) {
        var question = new Ask.Sql("", answer.engine(), state.asOf);
        new Shell(asker, answer.format, question, out, spec.commandLine().getErr()).run(home.home);
      } else {
        Ask.Sql ask = new Ask.Sql(withoutEnd(sql), answer.engine(), state.asOf);
        if (explain || ExplanationPrinting.isWanted(ask)) {
          ExplanationPrinting.print(asker, ask, answer.format, spec.commandLine());
        } else {
          Printing.print(asker.ask(ask), answer.format, out);
        }
      }
    }
    return 0;
  }

  private Asker asker() {
    if (gateway.url != null) {
      return gateway.open(gateway.url, home.home);
    }
    return GatewayFile.find(home.home)
        .map(Asker::over)
        .orElseGet(() -> Asker.inProcess(home, limits));
  }

  /// The semicolon ends a statement in a shell; a query has none.
  static String withoutEnd(String sql) {
    return sql.strip().replaceFirst(";\\s*$", "");
  }
}
