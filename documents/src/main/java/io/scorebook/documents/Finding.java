package io.scorebook.documents;

import java.util.Optional;

/// Something to mend in a document: where, what, and how.
///
/// @param mend what to write instead, absent where the message already says it
public record Finding(Severity severity, Location location, String message, Optional<String> mend) {

  /// Whether a finding keeps the document from being used.
  public enum Severity {
    ERROR,
    WARNING,
    /// Worth a look, and right as often as not.
    HINT
  }

  public static Finding error(Location location, String message) {
    return new Finding(Severity.ERROR, location, message, Optional.empty());
  }

  public static Finding error(Location location, String message, String mend) {
    return new Finding(Severity.ERROR, location, message, Optional.of(mend));
  }

  public static Finding warning(Location location, String message) {
    return new Finding(Severity.WARNING, location, message, Optional.empty());
  }

  public static Finding warning(Location location, String message, String mend) {
    return new Finding(Severity.WARNING, location, message, Optional.of(mend));
  }

  public static Finding hint(Location location, String message, String mend) {
    return new Finding(Severity.HINT, location, message, Optional.of(mend));
  }

  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /// One line, as a compiler prints it: `model.yaml:12: error: Cannot find ...; did you mean ...?`
  @Override
  public String toString() {
    return "%s: %s: %s%s"
        .formatted(
            location, severity.name().toLowerCase(java.util.Locale.ROOT), message, mendClause());
  }

  private String mendClause() {
    return mend.map(m -> "; " + m).orElse("");
  }
}
