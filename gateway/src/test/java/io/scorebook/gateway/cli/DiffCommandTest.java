package io.scorebook.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.scorebook.gateway.wire.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `diff` of the sample with a copy of it.
class DiffCommandTest {
  private static final Path SAMPLE =
      Path.of(System.getProperty("scorebook.root", "..")).resolve("domains/basketball");

  @TempDir private Path temp;

  private record Ran(int code, String out, String err) {}

  private Ran run(Path before, Path after, String... more) {
    var out = new StringWriter();
    var err = new StringWriter();
    var line = Main.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    int code =
        line.execute(
            Stream.concat(Stream.of("diff", before.toString(), after.toString()), Stream.of(more))
                .toArray(String[]::new));
    return new Ran(code, out.toString(), err.toString());
  }

  @BeforeEach
  void copy() throws IOException {
    try (Stream<Path> files = Files.walk(SAMPLE)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = temp.resolve(SAMPLE.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }

  private void change(String from, String to) throws IOException {
    Path model = temp.resolve("model.yaml");
    String text = Files.readString(model);
    assertThat(text).contains(from);
    Files.writeString(model, text.replace(from, to));
  }

  @Test
  void theSampleIsAsItIs() {
    Ran ran = run(SAMPLE, temp, "--fail-on", "patch");
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out().strip()).isEqualTo("No change");
    assertThat(ran.code()).isZero();
  }

  @Test
  void aBreakingChangeNeedsAMajorVersion() throws IOException {
    change("points > 10", "points >= 10");
    Ran ran = run(SAMPLE, temp);
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out())
        .contains("major: metric 'longest_streak_over_10': its formula changed")
        .contains("    was  streak of player_games.points > 10 (mode longest, atLeast 1,")
        .contains("column 'player_seasons_v1.player_seasons.longest_streak_over_10'");
    assertThat(ran.err())
        .contains("Cannot take 1.0.0 for model basketball: its changes are major, and 2.0.0");
    assertThat(run(SAMPLE, temp, "--fail-on", "never").code()).isZero();
  }

  @Test
  void asJson() throws IOException {
    change("points > 10", "points >= 10");
    Ran ran = run(SAMPLE, temp, "--format", "json");
    JsonNode json = Json.parse(ran.out().getBytes(StandardCharsets.UTF_8));
    assertThat(json.path("level").asText()).isEqualTo("major");
    assertThat(json.path("changes").path(0).path("kind").asText()).isEqualTo("metric");
    assertThat(json.path("changes").path(0).path("at").asText()).startsWith("model.yaml:");
    assertThat(json.path("versions").path(0).path("least").asText()).isEqualTo("2.0.0");
    assertThat(json.path("versions").path(0).path("met").asBoolean()).isFalse();
  }

  @Test
  void filesOfModelsAreComparedByThemselves() throws IOException {
    change("description: The day of the game", "description: The day");
    Ran ran = run(SAMPLE.resolve("model.yaml"), temp.resolve("model.yaml"));
    assertThat(ran.code()).isZero();
    assertThat(ran.out()).contains("patch: field 'team_games.date': the description changed");
    assertThat(ran.err()).contains("Only the models are compared");
    assertThat(run(SAMPLE.resolve("model.yaml"), temp.resolve("model.yaml"), "--data").code())
        .isEqualTo(2);
  }

  @Test
  void aBrokenDomainIsRefusedWithItsMistakes() throws IOException {
    change("SUM(player_games.points)", "SUM(player_games.pionts)");
    Ran ran = run(SAMPLE, temp);
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .contains("model.yaml:")
        .contains("did you mean 'points'?")
        .contains("Cannot compare with a domain that has errors");
  }
}
