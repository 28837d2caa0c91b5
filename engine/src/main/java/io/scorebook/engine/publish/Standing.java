package io.scorebook.engine.publish;

import io.scorebook.catalog.publication.Publication;
import io.scorebook.catalog.publication.Publications;
import io.scorebook.documents.Findings;
import io.scorebook.engine.compare.DomainVersion;
import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.domain.ServedDomain;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What is published at one moment, read.
///
/// @param publications the newest of each domain
/// @param read the domains as documents of publications say, by their numbers
/// @param nextEnd when a version ends by itself, and this is over
record Standing(
    Publications.State state,
    Map<String, Publication> publications,
    Map<Long, DomainVersion> read,
    SortedMap<String, Domain> domains,
    Optional<Instant> nextEnd) {

  static Standing empty() {
    return new Standing(
        new Publications.State(Optional.empty(), Map.of()),
        Map.of(),
        Map.of(),
        new TreeMap<>(),
        Optional.empty());
  }

  boolean isOver(Instant now) {
    return nextEnd.filter(end -> !now.isBefore(end)).isPresent();
  }

  Optional<Publication> publication(String domain) {
    return Optional.ofNullable(publications.get(domain));
  }

  /// @param before of which is taken over what did not change
  /// @throws IllegalStateException where a published domain cannot be read any more
  static Standing of(
      Publications.State state,
      Publications registry,
      PublishedFolders folders,
      Standing before,
      Instant now) {
    var publications = new HashMap<String, Publication>();
    for (Publication publication : registry.read(state.newest().values())) {
      publications.put(publication.domain(), publication);
    }
    var versions = new Versions(registry, folders, before.read());
    var domains = new TreeMap<String, Domain>();
    for (Publication publication : publications.values()) {
      versions.know(publication);
      boolean isAsBefore =
          before.publication(publication.domain()).equals(Optional.of(publication))
              && !before.isOver(now);
      Domain known = before.domains().get(publication.domain());
      domains.put(
          publication.domain(),
          isAsBefore && known != null
              ? known
              : ServedDomain.of(
                  versions.version(publication.number()).domain(),
                  publication,
                  number -> versions.version(number).domain(),
                  now));
    }
    Optional<Instant> nextEnd =
        publications.values().stream()
            .flatMap(publication -> ServedDomain.nextEnd(publication, now).stream())
            .min(Comparator.naturalOrder());
    return new Standing(
        state, publications, versions.read(), Collections.unmodifiableSortedMap(domains), nextEnd);
  }

  Versions versions(Publications registry, PublishedFolders folders) {
    var versions = new Versions(registry, folders, read);
    publications.values().forEach(versions::know);
    return versions;
  }

  /// The domains as documents of publications say, each read once.
  static final class Versions {
    private final Publications registry;
    private final PublishedFolders folders;
    private final Map<Long, DomainVersion> before;
    private final Map<Long, DomainVersion> read = new HashMap<>();
    private final Map<Long, Publication> known = new HashMap<>();

    Versions(Publications registry, PublishedFolders folders, Map<Long, DomainVersion> before) {
      this.registry = registry;
      this.folders = folders;
      this.before = before;
    }

    void know(Publication publication) {
      known.put(publication.number(), publication);
    }

    Map<Long, DomainVersion> read() {
      return Map.copyOf(read);
    }

    /// @throws IllegalStateException where it cannot be read any more
    DomainVersion version(long number) {
      DomainVersion found = read.get(number);
      if (found == null) {
        found = before.containsKey(number) ? before.get(number) : readAnew(number);
        read.put(number, found);
      }
      return found;
    }

    private DomainVersion readAnew(long number) {
      Publication publication =
          Optional.ofNullable(known.get(number))
              .or(() -> registry.read(List.of(number)).stream().findFirst())
              .orElseThrow(
                  () -> new IllegalStateException("Cannot find the publication " + number));
      Path folder = folders.of(publication, registry);
      var findings = new Findings();
      return DomainVersion.read(folder, findings)
          .orElseThrow(() ->
              new IllegalStateException(
                  "Cannot read publication %d of the domain '%s'; publish it again:%n%s"
                      .formatted(
                          number,
                          publication.domain(),
                          findings.toList().stream()
                              .map(Object::toString)
                              .collect(Collectors.joining(System.lineSeparator())))));
    }
  }
}
