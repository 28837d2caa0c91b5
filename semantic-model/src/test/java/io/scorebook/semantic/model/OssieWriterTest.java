package io.scorebook.semantic.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.documents.Findings;
import io.scorebook.semantic.compare.Change;
import io.scorebook.semantic.compare.ModelComparison;
import io.scorebook.semantic.compare.ModelVersion;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What is written is read back as it was.
class OssieWriterTest {
  @Test
  void theSampleWithAllItsKindsOfMetrics() {
    var findings = new Findings();
    SemanticModel model =
        OssieReader.read(Repository.file("domains/basketball/model.yaml"), "model.yaml", findings)
            .orElseThrow();
    String written = OssieWriter.write(model);
    SemanticModel back = OssieReader.parse("written.yaml", written, findings).orElseThrow();
    assertThat(findings.toList()).isEmpty();
    assertThat(
            ModelComparison.changes(
                new ModelVersion(model, Optional.empty()),
                new ModelVersion(back, Optional.empty())))
        .extracting(Change::toString)
        .isEmpty();
    assertThat(OssieWriter.write(back)).isEqualTo(written);
    assertThat(back.version()).isEqualTo(model.version());
  }
}
