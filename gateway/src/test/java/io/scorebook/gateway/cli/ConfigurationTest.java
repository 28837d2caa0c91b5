package io.scorebook.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// A flag beats the environment, the environment beats the file.
class ConfigurationTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private ServeCommand parse(String file, Map<String, String> environment, String... flags)
      throws Exception {
    Path yaml = folder.resolve("scorebook.yaml");
    Files.writeString(yaml, file);
    var command = new ServeCommand();
    new CommandLine(command)
        .setDefaultValueProvider(new Configuration(environment, yaml))
        .parseArgs(flags);
    return command;
  }

  @Test
  void flagsBeatTheEnvironmentWhichBeatsTheFile() throws Exception {
    String file = "port: 1\nhome: /file\ndomain: [a, b]\n";
    Map<String, String> environment = Map.of("SCOREBOOK_PORT", "2", "SCOREBOOK_TIME_LIMIT", "5m");
    ServeCommand command = parse(file, environment, "--host", "0.0.0.0");
    assertThat(command.server.port).isEqualTo(2);
    assertThat(command.home.home).isEqualTo(Path.of("/file"));
    assertThat(command.domains).containsExactly(Path.of("a"), Path.of("b"));
    assertThat(command.limits.time).hasMinutes(5);
    assertThat(parse(file, environment, "--port", "3").server.port).isEqualTo(3);
    assertThat(parse("# port: 9\n\n", Map.of()).server.port).isEqualTo(8280);
  }

  @Test
  void theBucketsOfDomainsAreAMapping() throws Exception {
    Map<String, String> buckets = Map.of("sales", "one", "stock", "two");
    String file = "s3-bucket-of:\n  sales: one\n  stock: two\n";
    assertThat(parse(file, Map.of()).home.s3BucketOf).isEqualTo(buckets);
    assertThat(parse("", Map.of("SCOREBOOK_S3_BUCKET_OF", "sales=one,stock=two")).home.s3BucketOf)
        .isEqualTo(buckets);
    assertThat(
            parse("", Map.of(), "--s3-bucket-of", "sales=one", "--s3-bucket-of", "stock=two")
                .home
                .s3BucketOf)
        .isEqualTo(buckets);
  }

  @Test
  void unknownSettingsAreTold() {
    assertThatThrownBy(() -> parse("prot: 1\n", Map.of()))
        .isInstanceOf(CommandLine.ParameterException.class)
        .hasMessageContaining("scorebook.yaml:1")
        .hasMessageContaining("did you mean 'port'");
  }
}
