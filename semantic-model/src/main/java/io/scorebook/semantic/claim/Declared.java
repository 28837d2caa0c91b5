package io.scorebook.semantic.claim;

import io.scorebook.documents.Location;

/// Where something is declared.
///
/// @param by what declares it, as `the primary key of 'teams'`
public record Declared(String by, Location at) {
  /// As `the primary key of 'teams', model.yaml:12`.
  @Override
  public String toString() {
    return by + ", " + at;
  }
}
