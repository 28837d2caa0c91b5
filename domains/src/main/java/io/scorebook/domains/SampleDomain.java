package io.scorebook.domains;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// The files of the sample domain, basketball, as they travel in the jar: `model.yaml`, `schemas/`,
/// `products/` and `policies.yaml`.
public final class SampleDomain {
  private static final String FOLDER = "domain/basketball";

  private SampleDomain() {}

  /// Copies the domain's files into a folder, made where it is missing; files of the same name are
  /// replaced.
  ///
  /// @throws IOException where the folder cannot be written
  public static void copyTo(Path folder) throws IOException {
    URI model = model();
    if (model.getScheme().equals("jar")) {
      try (FileSystem jar = FileSystems.newFileSystem(model, Map.of(), null)) {
        copy(jar.getPath(FOLDER), folder);
      }
    } else {
      copy(Objects.requireNonNull(Path.of(model).getParent()), folder);
    }
  }

  private static URI model() {
    URL model = SampleDomain.class.getClassLoader().getResource(FOLDER + "/model.yaml");
    if (model == null) {
      throw new IllegalStateException(
          "Cannot find %s/model.yaml on the classpath".formatted(FOLDER));
    }
    try {
      return model.toURI();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("Invalid place of a resource: " + model, e);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(from)) {
      files = all.filter(Files::isRegularFile).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    for (Path file : files) {
      Path target = to.resolve(from.relativize(file).toString());
      Files.createDirectories(Objects.requireNonNull(target.getParent()));
      try (var in = Files.newInputStream(file)) {
        Files.copy(in, target, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
