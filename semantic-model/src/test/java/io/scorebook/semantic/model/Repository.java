package io.scorebook.semantic.model;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/// Where tests find the files of the repository and, beside it, shared reference data.
public final class Repository {
  private Repository() {}

  /// A file of the repository.
  public static Path file(String path) {
    return root().resolve(path);
  }

  /// A file of the shared data; the test is skipped where it is absent.
  public static Path shared(String path) {
    Path file = root().resolve("../shared").resolve(path).normalize();
    assumeTrue(Files.exists(file), () -> "skipped: there is no " + file);
    return file;
  }

  private static Path root() {
    String given = System.getProperty("scorebook.root");
    if (given != null && !given.isBlank() && Files.isDirectory(Path.of(given, "domains"))) {
      return Path.of(given);
    }
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve("domains"))) {
        return folder;
      }
    }
    throw new IllegalStateException("there is no folder 'domains' above the working folder");
  }
}
