package io.scorebook.gateway.postgres;

import java.util.List;

/// The form of each column, or parameter, as a client asks for it: none for text, one for all, or
/// one each.
record Formats(List<Integer> codes) {
  static final Formats TEXT = new Formats(List.of());
  static final Formats BINARY = new Formats(List.of(1));

  boolean isBinary(int column) {
    return switch (codes.size()) {
      case 0 -> false;
      case 1 -> codes.getFirst() == 1;
      default -> column < codes.size() && codes.get(column) == 1;
    };
  }

  boolean fits(int columns) {
    return codes.size() <= 1 || codes.size() == columns;
  }
}
