package io.scorebook.gateway.cli;

import io.scorebook.catalog.policy.Caller;
import io.scorebook.engine.answer.Explaining;
import io.scorebook.engine.answer.Limits;
import io.scorebook.engine.domain.Domain;
import io.scorebook.gateway.session.Ask;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// What policies come to.
@Command(
    name = "policy",
    mixinStandardHelpOptions = true,
    description = "What policies come to for somebody.",
    subcommands = PolicyCommand.Explain.class,
    footer = {
      "",
      "Examples:",
      "  scorebook policy explain --as maria --group coaches --attribute team=BOS -m wins -d team",
    })
final class PolicyCommand implements Runnable {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Cannot run without explain");
  }

  @Command(
      name = "explain",
      description = "Say what somebody sees of the home's domains, and what becomes of a question.")
  static final class Explain implements Callable<Integer> {
    @Mixin QueryCommand question = new QueryCommand();

    @Option(names = "--as", paramLabel = "USER", required = true, description = "Who would ask.")
    String user = "";

    @Option(names = "--group", paramLabel = "GROUP", description = "May be repeated.")
    List<String> groups = List.of();

    @Option(
        names = "--attribute",
        paramLabel = "NAME=VALUE",
        description = "May be repeated, also for more values of one attribute.")
    List<String> attributes = List.of();

    @Option(names = "--purpose", paramLabel = "PURPOSE", description = "What the answer is for.")
    @Nullable String purpose;

    @SuppressWarnings("NullAway.Init") // picocli sets it
    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
      Caller caller = caller();
      PrintWriter out = spec.commandLine().getOut();
      try (HomeBackend backend = HomeBackend.open(question.home)) {
        backend.as(Caller.local()).domains().forEach(domain -> out.print(told(domain, caller)));
        if (!question.metrics.isEmpty()) {
          out.print(answered(backend, caller, question.ask(spec.commandLine())));
        }
      }
      return 0;
    }

    private static String told(Domain domain, Caller caller) {
      return String.join("\n", new SeenDomain(domain, caller).lines()) + "\n";
    }

    private String answered(HomeBackend backend, Caller caller, Ask ask) {
      var lines = new ArrayList<String>();
      switch (backend.as(caller).explain(ask, Limits.of(question.limits.time))) {
        case Explaining.Refused(var issues) ->
            issues.forEach(issue -> lines.add("refused: " + issue.message()));
        case Explaining.Explained explained -> {
          lines.add("answered");
          List<String> policies = explained.provenance().policies();
          lines.add(
              "rules that take part: "
                  + (policies.isEmpty() ? "none" : String.join("; ", policies)));
        }
      }
      return String.join("\n", lines) + "\n";
    }

    private Caller caller() {
      var values = new TreeMap<String, List<String>>();
      for (String attribute : attributes) {
        int at = attribute.indexOf('=');
        if (at < 1) {
          throw new ParameterException(
              spec.commandLine(),
              "Invalid --attribute '%s': write NAME=VALUE".formatted(attribute));
        }
        values
            .computeIfAbsent(attribute.substring(0, at), _ -> new ArrayList<>())
            .add(attribute.substring(at + 1));
      }
      if (groups.contains(Caller.OWNERS)) {
        throw new ParameterException(
            spec.commandLine(), "Cannot put anyone into 'owners': the home's own token alone is");
      }
      return new Caller(
          user, Set.copyOf(new TreeSet<>(groups)), values, Optional.ofNullable(purpose));
    }
  }
}
