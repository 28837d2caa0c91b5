package io.scorebook.semantic.compare;

import java.util.Locale;

/// Which part of a semantic version a change asks to be raised; the strongest last.
public enum Level {
  /// Words: descriptions, labels, synonyms, owners.
  PATCH,
  /// Something was added; what there was is as it was.
  MINOR,
  /// What readers rely on is gone, or is another number than before.
  MAJOR;

  /// As documents write it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
