package io.scorebook.gateway.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Stack;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/// Takes the word behind a flag as it is, divided by commas: `-height` is a field in descending
/// order, although it begins like the flag `-h`.
final class AsWritten implements IParameterConsumer {
  @Override
  @SuppressWarnings("JdkObsolete") // picocli's signature
  public void consumeParameters(Stack<String> words, ArgSpec option, CommandSpec command) {
    if (words.isEmpty()) {
      throw new MissingParameterException(
          command.commandLine(), option, "Missing required parameter for the option --order-by");
    }
    List<String> before = option.getValue();
    List<String> all = new ArrayList<>(before == null ? List.of() : before);
    all.addAll(List.of(words.pop().split(",")));
    option.setValue(all);
  }
}
