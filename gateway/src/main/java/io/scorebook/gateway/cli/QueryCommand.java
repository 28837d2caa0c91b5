package io.scorebook.gateway.cli;

import io.scorebook.gateway.session.Ask;
import io.scorebook.semantic.question.Filter;
import io.scorebook.semantic.question.Question;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// A KPI question.
@Command(
    name = "query",
    mixinStandardHelpOptions = true,
    description = "Ask for metrics by dimensions, on home or over HTTP.",
    footer = {
      "",
      "Examples:",
      "  scorebook query -m points -d player,team --order-by -points --limit 5",
      "  scorebook query -m wins -d team,season --where season>=2018 --where \"team in (BOS,GSW)\"",
      "  scorebook query -m wins --grouping-sets \"(team,season),(team),()\" --format csv",
      "  scorebook query -m longest_win_streak -d team --evidence longest_win_streak",
      "  scorebook query -m wins -d date.month --url http://127.0.0.1:8280",
      "  scorebook query -m wins -d date.month --where season=2018 --fill date.month --partial",
      "  scorebook query -m points,wins -d team --explain"
    })
final class QueryCommand implements Callable<Integer> {
  @Mixin HomeOptions home = new HomeOptions();
  @Mixin Asker.GatewayOptions gateway = new Asker.GatewayOptions();
  @Mixin LimitOptions limits = new LimitOptions();
  @Mixin AsOfOption state = new AsOfOption();
  @Mixin AnswerOptions answer = new AnswerOptions();

  @Option(
      names = {"-m", "--metrics"},
      paramLabel = "METRIC",
      split = ",",
      description = "Metrics, separated by commas.")
  List<String> metrics = List.of();

  @Option(
      names = {"-d", "--dimensions"},
      paramLabel = "DIMENSION",
      split = ",",
      description = "Dimensions, such as team, season or date.month.")
  List<String> dimensions = List.of();

  @Option(
      names = "--where",
      paramLabel = "CONDITION",
      description = "Of rows, or of groups where it names a metric; may be repeated, all hold.")
  List<String> where = List.of();

  @Option(
      names = "--order-by",
      paramLabel = "[-]FIELD",
      split = ",",
      parameterConsumer = AsWritten.class,
      description = "A minus for descending; default: by the dimensions.")
  List<String> orderBy = List.of();

  @Option(names = "--limit", paramLabel = "N", description = "Rows at most.")
  @Nullable Long limit;

  @Option(
      names = "--grouping-sets",
      paramLabel = "SETS",
      description = "As (team,season),(team),().")
  @Nullable String groupingSets;

  @Option(
      names = "--evidence",
      paramLabel = "METRIC",
      split = ",",
      description = "Sequence metrics whose run or window is wanted: first row, last row, whose.")
  List<String> evidence = List.of();

  @Option(
      names = "--fill",
      paramLabel = "PERIOD",
      split = ",",
      description = "Dimensions such as date.month whose periods all appear, also without rows.")
  List<String> fill = List.of();

  @Option(
      names = "--partial",
      description = "Adds period_partial: whether a row's period is not over, or cut by a filter.")
  boolean partial;

  @Option(names = "--model", paramLabel = "NAME", description = "Where there are several.")
  @Nullable String model;

  @Option(
      names = "--explain",
      description = "Say what would be done to answer, in words or as JSON; runs nothing.")
  boolean explain;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Ask.Metrics ask = ask(spec.commandLine());
    try (Asker asker =
        gateway.url == null
            ? Asker.inProcess(home, limits)
            : gateway.open(gateway.url, home.home)) {
      if (explain) {
        ExplanationPrinting.print(asker, ask, answer.format, spec.commandLine());
      } else {
        Printing.print(asker.ask(ask), answer.format, spec.commandLine().getOut());
      }
    }
    return 0;
  }

  /// @param line that is told of wrong usage
  Ask.Metrics ask(CommandLine line) {
    if (limit != null && limit < 0) {
      throw new ParameterException(line, "Invalid --limit: must be 0 or more");
    }
    try {
      List<Filter> filters = where.stream().map(Conditions::filter).toList();
      return new Ask.Metrics(
          Optional.ofNullable(model),
          new Question(
              metrics,
              dimensions,
              filters,
              Optional.ofNullable(groupingSets).map(Conditions::groupingSets),
              evidence,
              orderBy.stream().map(QueryCommand::order).toList(),
              limit == null ? OptionalLong.empty() : OptionalLong.of(limit),
              0,
              fill,
              partial),
          answer.engine(),
          state.asOf);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(line, String.valueOf(e.getMessage()), e);
    }
  }

  private static Question.Order order(String field) {
    return field.startsWith("-")
        ? new Question.Order(field.substring(1), true)
        : new Question.Order(field, false);
  }
}
