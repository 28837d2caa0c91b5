package io.scorebook.catalog.load;

import io.scorebook.catalog.contract.Contracts;
import io.scorebook.catalog.store.TableName;
import io.scorebook.documents.Findings;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/// Where the sample's contracts and, on some machines, the real data are.
final class SharedData {
  private SharedData() {}

  static Path root() {
    String root = System.getProperty("scorebook.root");
    Path at = Path.of(root == null ? "" : root).toAbsolutePath();
    while (!Files.isDirectory(at.resolve("domains/basketball"))) {
      at = at.getParent();
      if (at == null) {
        throw new IllegalStateException("Cannot find the project's root");
      }
    }
    return at;
  }

  static Contracts contracts() {
    var findings = new Findings();
    Contracts contracts = Contracts.read(root().resolve("domains/basketball/schemas"), findings);
    if (!findings.toList().isEmpty()) {
      throw new AssertionError(findings.toList().toString());
    }
    return contracts;
  }

  static TableName table(String name) {
    return new TableName("basketball", name);
  }

  static Path realData() {
    Path folder = root().resolve("../shared/data/nba").normalize();
    Assumptions.assumeTrue(Files.isDirectory(folder), "the real data is not on this machine");
    return folder;
  }
}
