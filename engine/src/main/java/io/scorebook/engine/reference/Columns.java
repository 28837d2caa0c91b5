package io.scorebook.engine.reference;

import java.util.List;
import java.util.stream.IntStream;

/// Lists of column numbers.
final class Columns {
  private Columns() {}

  static List<Integer> all(int width) {
    return IntStream.range(0, width).boxed().toList();
  }
}
