package io.scorebook.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.domains.SampleDomain;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `check` of a copy of the sample, by its exit code.
class CheckCommandTest {
  @TempDir private Path folder;

  private record Ran(int code, String out, String err) {}

  @BeforeEach
  void copy() throws IOException {
    SampleDomain.copyTo(folder);
  }

  private Ran check() {
    var out = new StringWriter();
    var err = new StringWriter();
    var line = Main.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return new Ran(line.execute("check", folder.toString()), out.toString(), err.toString());
  }

  @Test
  void isZeroWhereAllHolds() {
    Ran ran = check();
    assertThat(ran.err()).contains("0 errors").contains("tests passed").doesNotContain("failed");
    assertThat(ran.code()).as(ran.out()).isZero();
  }

  @Test
  void isOneWhereATestFails() throws IOException {
    Path test = folder.resolve("tests/players.yaml");
    String text = Files.readString(test);
    assertThat(text).contains("points: 53");
    Files.writeString(test, text.replaceFirst("points: 53", "points: 54"));
    Ran ran = check();
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out())
        .contains("players.yaml")
        .contains("who did not play did not appear")
        .contains("54")
        .contains("53");
    assertThat(ran.err()).contains("1 failed");
  }

  @Test
  void isOneWhereTheModelIsWrong() throws IOException {
    Path model = folder.resolve("model.yaml");
    Files.writeString(
        model,
        Files.readString(model).replace("expression: wins / games", "expression: wnis / games"));
    Ran ran = check();
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out()).contains("did you mean 'wins'");
    assertThat(ran.err()).contains("1 errors").doesNotContain("tests passed");
  }
}
