package io.scorebook.engine.datasheet;

import static io.scorebook.engine.datasheet.Samples.render;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Contracts against the standard's own JSON schema. It is not part of this project: it is taken
/// from the package that the standard's authors publish on PyPI, where that can be had.
class StandardSchemaTest {
  private static final String PACKAGE = "open-data-contract-standard==3.1.2";
  private static final int SECONDS = 20;

  @SuppressWarnings("NullAway.Init") // JUnit sets it
  @TempDir
  Path folder;

  @Test
  void contractsAreValidByTheStandardsSchema() throws Exception {
    Path wheel = download();
    Schema schema;
    try (var zip = new ZipFile(wheel.toFile());
        var in = zip.getInputStream(zip.getEntry("open_data_contract_standard/schema.json"))) {
      JsonNode written = Samples.JSON.readTree(in);
      schema =
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2019_09).getSchema(written);
    }
    for (Datasheet sheet : Samples.all()) {
      assertThat(schema.validate(render(DocumentForm.ODCS, sheet)))
          .as(sheet.product().name())
          .isEmpty();
    }
    JsonNode broken = render(DocumentForm.ODCS, Samples.all().getFirst());
    ((com.fasterxml.jackson.databind.node.ObjectNode) broken).remove("status");
    assertThat(schema.validate(broken)).isNotEmpty();
  }

  private Path download() throws IOException, InterruptedException {
    String missing =
        "NOT TESTED: contracts against the schema of ODCS: pip cannot download " + PACKAGE;
    Process pip;
    try {
      pip =
          new ProcessBuilder(
                  "pip",
                  "download",
                  "--quiet",
                  "--no-deps",
                  "--retries=0",
                  "--timeout=5",
                  "--disable-pip-version-check",
                  "--dest=" + folder,
                  PACKAGE)
              .redirectErrorStream(true)
              .redirectOutput(new File(folder.toFile(), "pip.log"))
              .start();
    } catch (IOException e) {
      System.err.println(missing + ": " + e.getMessage());
      assumeTrue(false, missing);
      throw e;
    }
    boolean ended = pip.waitFor(SECONDS, TimeUnit.SECONDS);
    pip.destroyForcibly();
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> wheels = files.filter(file -> file.toString().endsWith(".whl")).toList();
      if (!ended || wheels.isEmpty()) {
        System.err.println(missing);
      }
      assumeTrue(ended && !wheels.isEmpty(), missing);
      return wheels.getFirst();
    }
  }
}
