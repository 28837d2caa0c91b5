package io.scorebook.gateway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// The project's tests are run by the script, before this program starts.
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    description = "Run the project's tests; needs the script ./scorebook in a checkout.")
final class TestCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    throw new Failures.Refused(
        "Cannot run the project's tests from here; run './scorebook test' in a checkout");
  }
}
