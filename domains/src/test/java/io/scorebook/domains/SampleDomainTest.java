package io.scorebook.domains;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleDomainTest {

  @Test
  void theFilesOfTheDomainTravelWithTheCode(@TempDir Path folder) throws IOException {
    Path target = folder.resolve("not/there/yet");
    SampleDomain.copyTo(target);
    SampleDomain.copyTo(target);
    Path source = Path.of("basketball");
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.filter(SampleDomainTest::travels).toList()) {
        assertThat(target.resolve(source.relativize(file).toString())).hasSameBinaryContentAs(file);
      }
    }
    assertThat(target.resolve("model.yaml")).isNotEmptyFile();
  }

  private static boolean travels(Path file) {
    return file.toString().endsWith(".yaml") || file.toString().endsWith(".avsc");
  }
}
