package io.scorebook.engine.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.documents.Finding;
import io.scorebook.documents.Findings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a domain's policies ask for is enforced, or the domain is refused.
class DomainPoliciesTest {
  @TempDir Path folder;

  private List<String> read(String policies) throws IOException {
    Path sample = Path.of(System.getProperty("scorebook.root", ".."), "domains/basketball");
    try (Stream<Path> files = Files.walk(sample)) {
      files.forEach(file -> copy(file, folder.resolve(sample.relativize(file).toString())));
    }
    Files.writeString(folder.resolve("policies.yaml"), policies);
    var findings = new Findings();
    assertThat(Domain.read(folder, findings).isPresent()).isEqualTo(!findings.hasErrors());
    return findings.toList().stream().map(Finding::toString).toList();
  }

  private static void copy(Path from, Path to) {
    try {
      if (!Files.isDirectory(to)) {
        Files.copy(from, to);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void takesADomainThatIsOpen() throws IOException {
    assertThat(
            read(
                """
                grants:
                  - who: ["*"]
                    on: {products: ["*"], datasets: ["*"], metrics: ["*"]}
                """))
        .isEmpty();
  }

  @Test
  void refusesGrantsOnMisspeltNames() throws IOException {
    assertThat(
            read(
                """
                grants:
                  - who: ["*"]
                    on: {products: ["*"], metrics: [wins, wnis]}
                """))
        .containsExactly(
            "policies.yaml:2: error: Cannot grant 'wnis': there is no such one among the metrics; did"
                + " you mean 'wins'?");
  }

  @Test
  void refusesRowFilters() throws IOException {
    assertThat(read("grants: []\nrow_filters: [{on: games}]\n"))
        .singleElement()
        .asString()
        .startsWith("policies.yaml:2: error: Cannot use the key 'row_filters'");
  }
}
