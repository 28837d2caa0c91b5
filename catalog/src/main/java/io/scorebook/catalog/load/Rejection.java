package io.scorebook.catalog.load;

import java.util.Optional;

/// Why a row was not loaded.
///
/// @param file as it was named to the loader
/// @param line where the row begins, counted from 1; the number of the row in formats without lines
public record Rejection(String file, long line, Optional<String> column, String reason) {
  @Override
  public String toString() {
    return "%s:%d: %s".formatted(file, line, reason);
  }
}
