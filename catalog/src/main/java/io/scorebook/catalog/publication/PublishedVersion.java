package io.scorebook.catalog.publication;

import io.scorebook.catalog.registry.Product.Status;
import io.scorebook.catalog.registry.Version;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A version of a product as a publication left it.
///
/// @param content `sha256:` and the digest of what its ports mean; whatever changes it asks for
///   another version
/// @param documents the number of the publication that it is served from: its model, its contracts
/// @param deprecatedAt since when it is deprecated
/// @param sunset when it ends by itself
/// @param successor the version to ask in its place, as `standings 2.0.0`
/// @param pinned the snapshot of each table, as `namespace.table`, that it is read at; empty where
///   it is read as it is
/// @param tag of those tables, which keeps the snapshots from expiry
public record PublishedVersion(
    String product,
    Version version,
    Status status,
    String content,
    long documents,
    Optional<Instant> deprecatedAt,
    Optional<Instant> sunset,
    Optional<String> successor,
    SortedMap<String, Long> pinned,
    Optional<String> tag) {

  public PublishedVersion {
    pinned = Collections.unmodifiableSortedMap(new TreeMap<>(pinned));
  }

  /// `standings 1.0.0`, as messages say it.
  public String name() {
    return product + " " + version;
  }

  /// The same one, for those who may not know what to ask in its place.
  public PublishedVersion withoutSuccessor() {
    return new PublishedVersion(
        product,
        version,
        status,
        content,
        documents,
        deprecatedAt,
        sunset,
        Optional.empty(),
        pinned,
        tag);
  }

  /// Whether it may still change under its version.
  public boolean isDraft() {
    return switch (status) {
      case PROPOSED, DRAFT -> true;
      case ACTIVE, DEPRECATED, RETIRED -> false;
    };
  }

  /// Whether it is given to nobody any more.
  public boolean hasEnded(Instant now) {
    return status == Status.RETIRED || sunset.filter(end -> !now.isBefore(end)).isPresent();
  }
}
