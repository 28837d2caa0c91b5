package io.scorebook.gateway.postgres;

/// Writes the values of one column, each as it stands in the current row.
@FunctionalInterface
interface Cell {
  /// @return false for NULL, of which nothing is written
  boolean write(WireBytes out);

  /// The value with its length before it, as rows have it on the wire.
  default void writeWithLength(WireBytes out) {
    int at = out.end();
    out.int32(-1);
    if (write(out)) {
      out.int32At(at, out.end() - at - Integer.BYTES);
    }
  }
}
