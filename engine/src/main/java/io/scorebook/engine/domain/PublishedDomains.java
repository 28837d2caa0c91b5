package io.scorebook.engine.domain;

import io.scorebook.documents.Findings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The domains of a home, kept as folders under `HOME/domains/NAME`. Safe to share.
public final class PublishedDomains {
  private PublishedDomains() {}

  /// Opens the domains of a home.
  ///
  /// @throws IllegalStateException where a published domain cannot be read any more
  public static PublishedDomains open(Path home) {
    throw new UnsupportedOperationException();
  }

  /// The published domains, by name.
  public List<Domain> list() {
    throw new UnsupportedOperationException();
  }

  public Optional<Domain> find(String name) {
    throw new UnsupportedOperationException();
  }

  /// Reads a folder and, where it has no error, publishes a copy of it in place of the domain of
  /// that name. A crash on the way leaves the old one or the new one.
  public Optional<Domain> publish(Path folder, Findings findings) {
    throw new UnsupportedOperationException();
  }
}
