package io.scorebook.engine.publish;

import io.scorebook.catalog.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Domains as earlier releases published them: `HOME/domains/NAME/current` names a folder beside
/// it. Each is published once, where the registry has no domain of its name yet; the file is called
/// `current.published` then.
final class FoldersOfBefore {
  private static final String CURRENT = "current";

  private FoldersOfBefore() {}

  /// @throws IllegalStateException where one cannot be published
  static void bringInto(PublishedDomains domains, Path home) {
    for (Path entry : entries(home.resolve("domains"))) {
      try {
        if (domains.find(entry.getFileName().toString()).isEmpty()) {
          Path folder = entry.resolve(Files.readString(entry.resolve(CURRENT)).strip());
          publish(domains, folder);
        }
        Files.move(
            entry.resolve(CURRENT),
            entry.resolve(CURRENT + ".published"),
            StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot read the domain in " + entry, e);
      }
    }
  }

  private static void publish(PublishedDomains domains, Path folder) {
    try {
      switch (domains.publish(folder, Terms.whileWorking("local"))) {
        case Outcome.Published _, Outcome.Unchanged _ -> {}
        case Outcome.Invalid(var findings) -> throw refused(folder, findings);
        case Outcome.Refused(var reasons) ->
            throw refused(folder, reasons.stream().map(Outcome.Reason::message).toList());
      }
    } catch (StoreException e) {
      throw new IllegalStateException(
          ("Cannot bring the domain in %s into the registry, where domains are now: %s; publish it"
                  + " again from where the warehouse may be written")
              .formatted(folder, e.getMessage()),
          e);
    }
  }

  private static IllegalStateException refused(Path folder, List<?> why) {
    return new IllegalStateException(
        "Cannot bring the domain in %s into the registry; publish it again:%n%s"
            .formatted(
                folder,
                why.stream()
                    .map(Object::toString)
                    .collect(Collectors.joining(System.lineSeparator()))));
  }

  private static List<Path> entries(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(entry -> Files.exists(entry.resolve(CURRENT))).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list the folder " + folder, e);
    }
  }
}
