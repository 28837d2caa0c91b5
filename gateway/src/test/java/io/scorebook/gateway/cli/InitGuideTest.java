package io.scorebook.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The walk of `docs/init.md`, as it is typed there.
@Timeout(180)
class InitGuideTest {
  private static final Path GUIDE =
      Path.of(System.getProperty("scorebook.root", "..")).resolve("docs/init.md");

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init")
  InitGuideTest() {}

  @Test
  void theWalkLeadsToItsAnswer() throws Exception {
    String guide = Files.readString(GUIDE);
    var files =
        Pattern.compile("^cat > (\\S+) <<'END'\\n(.*?)^END$", Pattern.DOTALL | Pattern.MULTILINE);
    for (var file : files.matcher(guide).results().toList()) {
      Path path = folder.resolve(file.group(1));
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.group(2));
    }
    String last = "";
    var commands =
        Pattern.compile("^\\./scorebook ((?:init|check|demo|query) .*)$", Pattern.MULTILINE);
    for (var command : commands.matcher(guide).results().toList()) {
      if (!command.group(1).contains("...")) {
        last = run(command.group(1));
      }
    }
    assertThat(last).isNotEmpty();
    assertThat(guide).contains("```\n" + last + "```");
    var model = Pattern.compile("^```yaml\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
    assertThat(Files.readString(folder.resolve("shop/model.yaml")))
        .contains(model.matcher(guide).results().findFirst().orElseThrow().group(1));
  }

  private String run(String command) {
    var arguments = new ArrayList<String>();
    for (String word : List.of(command.split(" "))) {
      arguments.add(word.startsWith("shop") ? folder.resolve(word).toString() : word);
    }
    if (arguments.getFirst().equals("demo")) {
      arguments.addAll(List.of("--port", "0"));
    }
    var out = new StringWriter();
    var err = new StringWriter();
    var line = Main.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    int code = line.execute(arguments.toArray(String[]::new));
    assertThat(code).as(command + "\n" + err).isZero();
    return out.toString();
  }
}
