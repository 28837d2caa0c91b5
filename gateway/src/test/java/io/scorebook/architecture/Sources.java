package io.scorebook.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// The checkout that the tests run in.
final class Sources {
  static final List<String> MODULES =
      List.of("documents", "semantic-model", "catalog", "engine", "domains", "gateway", "bench");

  private Sources() {}

  static Path root() {
    String root = System.getProperty("scorebook.root");
    Path at = root == null ? Path.of("").toAbsolutePath() : Path.of(root);
    while (!Files.exists(at.resolve("scorebook"))) {
      at = Objects.requireNonNull(at.getParent(), "the checkout's root, where ./scorebook is");
    }
    return at;
  }

  /// The Java files of a module's main code.
  static List<Path> mainFiles(String module) throws IOException {
    Path main = root().resolve(module).resolve("src/main/java");
    if (!Files.exists(main)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(main)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }
}
