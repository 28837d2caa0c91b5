package io.scorebook.catalog.load;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The values of one row, by the contract's types; used again for each row, so that numbers cost no
/// objects. A field has its value in the array of its kind.
final class TypedRow {
  final boolean[] present;
  final long[] longs;
  final double[] doubles;
  final @Nullable Object[] objects;

  TypedRow(int fields) {
    this.present = new boolean[fields];
    this.longs = new long[fields];
    this.doubles = new double[fields];
    this.objects = new @Nullable Object[fields];
  }

  void clear() {
    Arrays.fill(present, false);
  }

  void set(int field, long value) {
    present[field] = true;
    longs[field] = value;
  }

  void set(int field, double value) {
    present[field] = true;
    doubles[field] = value;
  }

  void set(int field, Object value) {
    present[field] = true;
    objects[field] = value;
  }
}
