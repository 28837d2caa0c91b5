package io.scorebook.gateway.postgres;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// An array that a client sends in binary, as PostgreSQL writes it as a text: `{"ABY","ASH",NULL}`.
final class ArrayForm {
  private ArrayForm() {}

  /// @throws IllegalArgumentException for what is no array of one dimension
  /// @throws java.nio.BufferUnderflowException for one that ends too early
  static String text(byte[] bytes, PgType elements) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int dimensions = in.getInt();
    in.getInt(); // whether there are NULLs
    in.getInt(); // the type of the elements, which that of the array says
    if (dimensions == 0) {
      return "{}";
    }
    if (dimensions != 1) {
      throw new IllegalArgumentException("more than one dimension");
    }
    int count = in.getInt();
    in.getInt(); // the number of the first
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(element(in, elements));
    }
    if (in.hasRemaining()) {
      throw new IllegalArgumentException("too long");
    }
    return "{" + String.join(",", texts) + "}";
  }

  private static String element(ByteBuffer in, PgType type) {
    int length = in.getInt();
    if (length < 0) {
      return "NULL";
    }
    if (length > in.remaining()) {
      throw new IllegalArgumentException("too short");
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    Object value = Parameters.ofBinary(bytes, type);
    String text = value instanceof BigDecimal exact ? exact.toPlainString() : value.toString();
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
