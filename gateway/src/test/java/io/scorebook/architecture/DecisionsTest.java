package io.scorebook.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The index of the decisions does not drift from them, and each names what fails when it is
/// broken.
class DecisionsTest {
  private static final Path FOLDER = Sources.root().resolve("adr");
  private static final Pattern TITLE = Pattern.compile("^# (.+)$", Pattern.MULTILINE);
  private static final Pattern STATUS =
      Pattern.compile(
          "\\A---\nstatus: (proposed|accepted|rejected|deprecated|superseded by \\d{4})\n");
  private static final Pattern ROW =
      Pattern.compile("^\\| (\\d{4}) \\| \\[(.+)]\\((.+)\\) \\| (.+) \\|$", Pattern.MULTILINE);
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  static List<Path> decisions() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.getFileName().toString().matches("\\d{4}-.*"))
          .sorted()
          .toList();
    }
  }

  @Test
  void theIndexListsEveryDecisionWithItsTitleAndStatus() throws IOException {
    List<String> expected = decisions().stream().map(DecisionsTest::row).toList();
    List<String> listed =
        ROW.matcher(Files.readString(FOLDER.resolve("README.md")))
            .results()
            .map(MatchResult::group)
            .toList();
    assertThat(listed).isEqualTo(expected).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("decisions")
  void everyDecisionHasTheFormOfMadr(Path decision) throws IOException {
    assertThat(Files.readString(decision))
        .contains(
            "\n## Context and problem statement\n",
            "\n## Considered options\n",
            "\n## Decision outcome\n",
            "\n### Consequences\n",
            "\n## Confirmation\n");
  }

  @ParameterizedTest
  @MethodSource("decisions")
  void everyConfirmationNamesATestOrACommandThatIsThere(Path decision) throws IOException {
    String text = Files.readString(decision);
    List<String> named =
        CODE.matcher(text.substring(text.indexOf("\n## Confirmation\n")))
            .results()
            .map(match -> match.group(1))
            .filter(DecisionsTest::isTestOrCommand)
            .toList();
    assertThat(named).isNotEmpty();
    Set<String> tests = tests();
    for (String name : named) {
      if (name.startsWith("./scorebook")) {
        continue;
      }
      if (name.startsWith(".ci/")) {
        assertThat(Sources.root().resolve(name)).isExecutable();
      } else {
        assertThat(tests).contains(name);
      }
    }
  }

  private static boolean isTestOrCommand(String code) {
    return code.matches("\\w+(Test|Contract)")
        || code.startsWith("./scorebook")
        || code.startsWith(".ci/");
  }

  private static Set<String> tests() throws IOException {
    try (Stream<Path> files =
        Sources.MODULES.stream()
            .map(module -> Sources.root().resolve(module).resolve("src/test/java"))
            .filter(Files::exists)
            .flatMap(DecisionsTest::walk)) {
      return files
          .map(file -> file.getFileName().toString().replace(".java", ""))
          .collect(Collectors.toSet());
    }
  }

  private static Stream<Path> walk(Path folder) {
    try {
      return Files.walk(folder);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String row(Path decision) {
    try {
      String text = Files.readString(decision);
      String name = String.valueOf(decision.getFileName());
      return "| %s | [%s](%s) | %s |"
          .formatted(name.substring(0, 4), first(TITLE, text), name, first(STATUS, text));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String first(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(match -> match.group(1)).findFirst().orElse("none");
  }
}
