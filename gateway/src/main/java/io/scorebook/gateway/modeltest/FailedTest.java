package io.scorebook.gateway.modeltest;

import io.scorebook.documents.Location;
import java.util.List;

/// A test whose answer is not the one expected.
///
/// @param lines what was expected and what came, beside each other
public record FailedTest(Location location, String name, List<String> lines) {
  public FailedTest {
    lines = List.copyOf(lines);
  }

  /// `tests/wins.yaml:12: failed: wins by team`, and the lines, indented.
  @Override
  public String toString() {
    var text = new StringBuilder("%s: failed: %s".formatted(location, name));
    lines.forEach(line -> text.append(System.lineSeparator()).append("    ").append(line));
    return text.toString();
  }
}
