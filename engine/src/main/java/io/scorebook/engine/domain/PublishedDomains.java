package io.scorebook.engine.domain;

import io.scorebook.documents.Findings;
import io.scorebook.documents.Location;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The domains of a home. Safe to share.
///
/// `HOME/domains/NAME/` holds a folder for each content that was published, called by its hash, and
/// a file `current` that names the one that counts. The file is replaced in one step, so that a
/// crash leaves the old domain or the new one, whole.
public final class PublishedDomains {
  private static final String CURRENT = "current";

  private final Path folder;
  private volatile Map<String, Domain> domains;

  private PublishedDomains(Path folder, Map<String, Domain> domains) {
    this.folder = folder;
    this.domains = domains;
  }

  /// Opens the domains of a home.
  ///
  /// @throws IllegalStateException where a published domain cannot be read any more
  public static PublishedDomains open(Path home) {
    Path folder = home.resolve("domains");
    try {
      Files.createDirectories(folder);
      var domains = new TreeMap<String, Domain>();
      try (Stream<Path> entries = Files.list(folder)) {
        for (Path entry : entries.filter(Files::isDirectory).sorted().toList()) {
          readCurrent(entry).ifPresent(domain -> domains.put(domain.name(), domain));
        }
      }
      return new PublishedDomains(folder, Collections.unmodifiableMap(domains));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot open the domains in " + folder, e);
    }
  }

  private static Optional<Domain> readCurrent(Path entry) throws IOException {
    String version;
    try {
      version = Files.readString(entry.resolve(CURRENT)).strip();
    } catch (NoSuchFileException _) {
      return Optional.empty(); // the very first publication did not get that far
    }
    var findings = new Findings();
    Optional<Domain> domain = Domain.read(entry.resolve(version), findings);
    if (domain.isEmpty()) {
      throw new IllegalStateException(
          "Cannot read the published domain in %s; publish it again:%n%s"
              .formatted(
                  entry.resolve(version),
                  findings.toList().stream()
                      .map(Object::toString)
                      .collect(Collectors.joining(System.lineSeparator()))));
    }
    return domain;
  }

  /// The published domains, by name.
  public List<Domain> list() {
    return List.copyOf(domains.values());
  }

  public Optional<Domain> find(String name) {
    return Optional.ofNullable(domains.get(name));
  }

  /// Reads a folder and, where it has no error, publishes a copy of it in place of the domain of
  /// that name. A crash on the way leaves the old one or the new one.
  ///
  /// @throws UncheckedIOException where the home cannot be written; nothing has changed then
  public synchronized Optional<Domain> publish(Path source, Findings findings) {
    Optional<Domain> read = Domain.read(source, findings);
    if (read.isEmpty() || clashes(read.get(), findings)) {
      return Optional.empty();
    }
    Path entry = folder.resolve(read.get().name());
    try {
      String version = read.get().hash().replace("sha256:", "").substring(0, 16);
      Path copy = entry.resolve(version);
      if (!Files.isDirectory(copy)) {
        copyWhole(source, copy);
      }
      // What counts is what was copied, should the source change meanwhile.
      Optional<Domain> published = Domain.read(copy, findings);
      if (published.isEmpty()) {
        deleteFolder(copy);
        return Optional.empty();
      }
      replaceCurrent(entry, version);
      removeOthers(entry, version);
      var now = new TreeMap<>(domains);
      now.put(published.get().name(), published.get());
      domains = Collections.unmodifiableMap(now);
      return published;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot publish the domain into " + entry, e);
    }
  }

  /// Two domains cannot share an SQL schema.
  private boolean clashes(Domain domain, Findings findings) {
    boolean clash = false;
    for (Domain other : domains.values()) {
      if (other.name().equals(domain.name())) {
        continue;
      }
      for (var product : domain.products()) {
        if (other.name().equalsIgnoreCase(product.schema())
            || other.products().stream().anyMatch(p -> p.schema().equals(product.schema()))) {
          findings.error(
              product.location(),
              "Cannot publish the product '%s': the domain '%s' has the schema '%s' already"
                  .formatted(product.name(), other.name(), product.schema()));
          clash = true;
        }
      }
      if (other.name().equalsIgnoreCase(domain.name())) {
        findings.error(
            Location.of("model.yaml"),
            "Cannot publish the domain '%s' beside '%s'".formatted(domain.name(), other.name()));
        clash = true;
      }
    }
    return clash;
  }

  private static void copyWhole(Path source, Path copy) throws IOException {
    Files.createDirectories(copy.getParent());
    Path partial = Files.createTempDirectory(copy.getParent(), "new-");
    try {
      for (Path document : FolderHash.documents(source)) {
        Path target = partial.resolve(document);
        Files.createDirectories(target.getParent());
        Files.copy(source.resolve(document), target);
      }
      Files.move(partial, copy, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      deleteFolder(partial);
      throw e;
    }
  }

  private static void replaceCurrent(Path entry, String version) throws IOException {
    Path next = Files.createTempFile(entry, CURRENT, ".new");
    Files.writeString(next, version);
    Files.move(
        next,
        entry.resolve(CURRENT),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static void removeOthers(Path entry, String version) throws IOException {
    try (Stream<Path> others = Files.list(entry)) {
      for (Path other : others.filter(Files::isDirectory).toList()) {
        if (!other.getFileName().toString().equals(version)) {
          deleteFolder(other);
        }
      }
    }
  }

  private static void deleteFolder(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
