package io.scorebook.semantic.compare;

import io.scorebook.documents.Location;
import io.scorebook.semantic.compare.Change.Kind;
import io.scorebook.semantic.compare.Change.What;
import java.util.Optional;

/// The types of values.
final class Types {
  private Types() {}

  /// A type that is known on one side only was written down or left out, no more.
  static Optional<Change> change(
      Kind kind, String name, Optional<String> before, Optional<String> after, Location at) {
    if (before.equals(after)) {
      return Optional.empty();
    }
    boolean bothKnown = before.isPresent() && after.isPresent();
    return Optional.of(
        Change.of(
            bothKnown ? Level.MAJOR : Level.PATCH,
            kind,
            name,
            bothKnown ? What.RETYPED : What.WORDS,
            bothKnown
                ? "its type changed"
                : after.isPresent()
                    ? "its type is written down now"
                    : "its type is not written down any more",
            before.orElse(""),
            after.orElse(""),
            at));
  }
}
