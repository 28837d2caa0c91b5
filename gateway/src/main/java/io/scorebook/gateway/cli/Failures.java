package io.scorebook.gateway.cli;

import io.scorebook.catalog.store.StoreException;
import io.scorebook.engine.answer.EngineException;
import io.scorebook.gateway.http.PortInUseException;
import io.scorebook.gateway.session.Problem;
import io.scorebook.gateway.session.ProblemException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// Tells what went wrong on stderr, and chooses the exit code.
final class Failures implements IExecutionExceptionHandler {
  static final int FAILED = 1;
  static final int WRONG_USAGE = 2;

  /// Refused or failed, in words that stand for themselves.
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine line, ParseResult parsed) {
    line.getOut().flush();
    PrintWriter err = line.getErr();
    switch (e) {
      case ProblemException problem -> tell(problem.problem(), err);
      case Refused refused -> err.println(refused.getMessage());
      case StoreException _, EngineException _, PortInUseException _, IllegalArgumentException _ ->
          err.println(e.getMessage());
      case UncheckedIOException io -> err.println(io.getMessage() + reason(io.getCause()));
      case IOException io -> err.println("Cannot read or write" + reason(io));
      default -> {
        err.println("Cannot go on because of an internal error: " + e);
        LoggerFactory.getLogger(Failures.class).atInfo().setCause(e).log("internal error");
        if (System.getenv("SCOREBOOK_STACKTRACE") != null) {
          e.printStackTrace(err);
        } else {
          err.println("Set SCOREBOOK_STACKTRACE=1 to see where");
        }
      }
    }
    err.flush();
    return FAILED;
  }

  private static String reason(@org.jspecify.annotations.Nullable IOException io) {
    return io == null ? "" : ": " + io.getClass().getSimpleName() + ": " + io.getMessage();
  }

  /// A problem as lines of text, each issue its own.
  static void tell(Problem problem, PrintWriter err) {
    if (problem.issues().isEmpty()) {
      err.println(problem.detail());
    }
    problem
        .issues()
        .forEach(issue ->
            err.println(
                issue
                        .position()
                        .map(place -> "%d:%d: ".formatted(place.line(), place.column()))
                        .orElse("")
                    + issue.message()));
  }

  static int tellUsage(ParameterException e, String[] args) {
    CommandLine line = e.getCommandLine();
    PrintWriter err = line.getErr();
    err.println(e.getMessage());
    UnmatchedArgumentException.printSuggestions(e, err);
    err.println("Try '%s --help'".formatted(line.getCommandSpec().qualifiedName()));
    err.flush();
    return WRONG_USAGE;
  }
}
