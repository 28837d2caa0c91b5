package io.scorebook.gateway.postgres;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.arrow.memory.ArrowBuf;

/// Bytes on their way to a client, the highest of a number first. Grows as it must.
final class WireBytes {
  static final int ROOM = 64 * 1024;

  private static final VarHandle INT16 =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT32 =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT64 =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] array = new byte[ROOM];
  private int end;

  byte[] array() {
    return array;
  }

  int end() {
    return end;
  }

  /// Forgets what was written from a place on.
  void cut(int from) {
    end = from;
  }

  void clear() {
    end = 0;
    if (array.length > 4 * ROOM) {
      array = new byte[ROOM]; // after an unusually long row
    }
  }

  /// Makes sure that so many bytes can be written.
  void room(int bytes) {
    if (bytes > array.length - end) {
      array = Arrays.copyOf(array, Math.max(array.length * 2, Math.addExact(end, bytes)));
    }
  }

  WireBytes int8(int value) {
    room(1);
    array[end++] = (byte) value;
    return this;
  }

  WireBytes int16(int value) {
    room(Short.BYTES);
    INT16.set(array, end, (short) value);
    end += Short.BYTES;
    return this;
  }

  WireBytes int32(int value) {
    room(Integer.BYTES);
    INT32.set(array, end, value);
    end += Integer.BYTES;
    return this;
  }

  /// Writes over four bytes that were left for it.
  void int32At(int at, int value) {
    INT32.set(array, at, value);
  }

  WireBytes int64(long value) {
    room(Long.BYTES);
    INT64.set(array, end, value);
    end += Long.BYTES;
    return this;
  }

  WireBytes bytes(byte[] bytes) {
    room(bytes.length);
    System.arraycopy(bytes, 0, array, end, bytes.length);
    end += bytes.length;
    return this;
  }

  WireBytes bytes(ArrowBuf from, long start, int length) {
    room(length);
    from.getBytes(start, array, end, length);
    end += length;
    return this;
  }

  WireBytes utf8(String text) {
    return bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /// The first characters of a text that has only those of ASCII.
  @SuppressWarnings("deprecation") // the quick way, and right for ASCII
  void ascii(String text, int length) {
    room(length);
    text.getBytes(0, length, array, end);
    end += length;
  }

  /// Puts a point before the last bytes.
  void point(int last) {
    room(1);
    System.arraycopy(array, end - last, array, end - last + 1, last);
    array[end - last] = '.';
    end++;
  }

  /// A number in decimal digits.
  WireBytes digits(long number) {
    if (number == Long.MIN_VALUE) {
      return utf8(Long.toString(number));
    }
    room(20);
    if (number < 0) {
      array[end++] = '-';
    }
    long rest = Math.abs(number);
    int length = length(rest);
    write(rest, length);
    return this;
  }

  /// A number of at least 0 with zeros before it up to a length, which must hold it.
  WireBytes digits(long number, int length) {
    room(length);
    write(number, length);
    return this;
  }

  private void write(long number, int length) {
    long rest = number;
    for (int at = end + length - 1; at >= end; at--) {
      long tens = rest / 10;
      array[at] = (byte) ('0' + (rest - tens * 10));
      rest = tens;
    }
    end += length;
  }

  private static int length(long number) {
    int length = 1;
    for (long rest = number; rest >= 10; rest /= 10) {
      length++;
    }
    return length;
  }
}
