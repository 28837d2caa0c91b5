package io.scorebook.gateway.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `scorebook COMMAND [flags]`: data to stdout, everything else to stderr; exit code 0 done, 1
/// refused or failed, 2 wrong usage.
@Command(
    name = "scorebook",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "One official record of every KPI.",
    subcommands = {
      DemoCommand.class,
      ServeCommand.class,
      LoadCommand.class,
      QueryCommand.class,
      SqlCommand.class,
      CheckCommand.class,
      DiffCommand.class,
      ImportCommand.class,
      ExportCommand.class,
      ContractCommand.class,
      ImpactCommand.class,
      PublishCommand.class,
      QualityCommand.class,
      UpkeepCommand.class,
      InitCommand.class,
      KeysCommand.class,
      AuditCommand.class,
      PolicyCommand.class,
      TestCommand.class,
      HelpCommand.class
    },
    footer = {
      "",
      "Flags also come from the environment (SCOREBOOK_HOME, SCOREBOOK_PORT, ...) and from the file"
          + " scorebook.yaml; a flag beats the environment, the environment beats the file.",
      "",
      "Examples:",
      "  scorebook demo",
      "  scorebook query -m wins,win_pct -d team --order-by -wins --limit 5",
      "  scorebook sql \"SELECT team, AGGREGATE(wins) FROM basketball.team_games GROUP BY team\""
    })
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the field
  private Main() {}

  public static void main(String[] args) {
    // A native call holds the thread that carries its virtual thread: with one carrier a core, two
    // long answers would keep all others waiting.
    System.setProperty("jdk.virtualThreadScheduler.parallelism", "32");
    System.exit(commandLine().execute(args));
  }

  /// The command line, for tests to give other streams.
  static CommandLine commandLine() {
    var line = new CommandLine(new Main());
    line.setOut(new PrintWriter(System.out, false, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    line.setDefaultValueProvider(new Configuration(System.getenv(), Configuration.FILE));
    line.setExecutionExceptionHandler(new Failures());
    line.setParameterExceptionHandler(Failures::tellUsage);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionStrategy(parsed -> {
      int code = new CommandLine.RunLast().execute(parsed);
      line.getOut().flush();
      return code;
    });
    return line;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Cannot run without a command");
  }
}
