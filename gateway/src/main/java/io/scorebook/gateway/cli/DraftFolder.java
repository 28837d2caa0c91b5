package io.scorebook.gateway.cli;

import io.scorebook.documents.Findings;
import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.draft.Draft;
import io.scorebook.gateway.modeltest.FailedTest;
import io.scorebook.gateway.modeltest.MetricTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Writes a draft whole or not at all: beside its place first, where it is checked as `check` does,
/// then moved there in one step.
final class DraftFolder {
  private DraftFolder() {}

  /// Refuses a folder that has something in it.
  static void checkFree(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> entries = Files.list(folder)) {
        if (entries.findAny().isPresent()) {
          throw new Failures.Refused(
              "Cannot write the draft to %s: the folder is not empty; choose another with --to"
                  .formatted(folder));
        }
      }
    } else if (Files.exists(folder)) {
      throw new Failures.Refused(
          "Cannot write the draft to %s: it is a file; choose another with --to".formatted(folder));
    }
  }

  static void write(Draft draft, Path folder) throws IOException {
    checkFree(folder);
    Path place = folder.toAbsolutePath().normalize();
    Path parent = place.getParent();
    if (parent == null) {
      throw new Failures.Refused("Cannot write the draft to %s".formatted(folder));
    }
    Files.createDirectories(parent);
    Path beside = Files.createTempDirectory(parent, ".draft-");
    try {
      for (Map.Entry<String, String> document : draft.documents().entrySet()) {
        Path file = beside.resolve(document.getKey());
        Files.createDirectories(file.getParent());
        Files.writeString(file, document.getValue());
      }
      check(beside);
      allowOthers(beside);
      Files.deleteIfExists(place); // empty, or it would not go
      Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | RuntimeException e) {
      delete(beside);
      throw e;
    }
  }

  /// A draft with an error is a mistake of this command, and nobody else's.
  private static void check(Path folder) {
    var findings = new Findings();
    Optional<Domain> domain = Domain.read(folder, findings);
    Optional<MetricTests> tests = domain.map(read -> MetricTests.read(folder, read, findings));
    List<String> wrong =
        new ArrayList<>(
            findings.toList().stream().filter(f -> f.isError()).map(Object::toString).toList());
    if (wrong.isEmpty()) {
      tests.orElseThrow().run().stream().map(FailedTest::toString).forEach(wrong::add);
    }
    if (!wrong.isEmpty()) {
      throw new IllegalStateException(
          "the draft does not pass its own check: " + String.join("; ", wrong));
    }
  }

  /// A temporary folder is its owner's alone; the draft is an ordinary one.
  private static void allowOthers(Path folder) throws IOException {
    Path ordinary = Files.createDirectory(folder.resolveSibling(folder.getFileName() + ".mode"));
    try {
      if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(folder, Files.getPosixFilePermissions(ordinary));
      }
    } finally {
      Files.delete(ordinary);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
