package io.scorebook.semantic.exports;

import io.scorebook.documents.Location;

/// Something that a reader of plain Ossie does not see as it is meant.
///
/// @param kind `model`, `relationship` or `metric`
/// @param isLeftOut whether it is not in the document at all
public record Loss(String kind, String name, Location at, boolean isLeftOut, String reason) {
  /// `model.yaml:12: left out: metric 'x': reason`
  @Override
  public String toString() {
    return "%s: %s: %s '%s': %s"
        .formatted(at, isLeftOut ? "left out" : "misread", kind, name, reason);
  }
}
