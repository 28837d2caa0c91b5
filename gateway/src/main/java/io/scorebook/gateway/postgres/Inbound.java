package io.scorebook.gateway.postgres;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a client says, read message by message. Anything that is not of the protocol ends the
/// connection with [Invalid].
final class Inbound {
  /// Questions are short; what is longer is a mistake or an attack.
  private static final int MOST = 2 * 1024 * 1024;

  /// Of a secret, by somebody who is not known yet.
  private static final int MOST_SECRET = 64 * 1024;

  private final DataInputStream stream;

  Inbound(DataInputStream stream) {
    this.stream = stream;
  }

  /// Bytes that are not of the protocol.
  static final class Invalid extends IOException {
    private static final long serialVersionUID = 1L;

    Invalid(String message) {
      super(message);
    }
  }

  /// A message after the startup.
  sealed interface Message {
    record Query(String sql) implements Message {}

    record Parse(String name, String sql, List<Integer> types) implements Message {}

    record Bind(
        String portal,
        String statement,
        Formats given,
        List<byte @Nullable []> values,
        Formats asked)
        implements Message {}

    /// @param ofStatement of a portal otherwise
    record Describe(boolean ofStatement, String name) implements Message {}

    record Close(boolean ofStatement, String name) implements Message {}

    /// @param most rows, 0 for all
    record Execute(String portal, int most) implements Message {}

    record Sync() implements Message {}

    record Flush() implements Message {}

    record Terminate() implements Message {}

    /// A password, or a step of SASL: the state says which.
    record Secret(byte[] bytes) implements Message {
      @Override
      public String toString() {
        return "Secret[...]";
      }
    }

    /// Of a copy into the server, which there is none of.
    record CopyIn() implements Message {}

    record FunctionCall() implements Message {}
  }

  /// The next message.
  ///
  /// @throws EOFException where the client has gone
  Message next() throws IOException {
    return next(MOST);
  }

  /// The next message of one who is not known yet.
  ///
  /// @throws EOFException where the client has gone
  Message nextOfUnknown() throws IOException {
    return next(MOST_SECRET);
  }

  private Message next(int most) throws IOException {
    char type = (char) stream.readUnsignedByte();
    int length = stream.readInt() - 4;
    if (length < 0 || length > most) {
      throw new Invalid(
          "Cannot take a message of %d bytes: the most is %d".formatted(length, most));
    }
    byte[] bytes = stream.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    var body = new Body(ByteBuffer.wrap(bytes));
    Message message =
        switch (type) {
          case 'Q' -> new Message.Query(body.text());
          case 'P' -> new Message.Parse(body.text(), body.text(), body.int32s());
          case 'B' -> bind(body);
          case 'D' -> new Message.Describe(body.ofStatement(), body.text());
          case 'C' -> new Message.Close(body.ofStatement(), body.text());
          case 'E' -> new Message.Execute(body.text(), body.int32());
          case 'S' -> new Message.Sync();
          case 'H' -> new Message.Flush();
          case 'X' -> new Message.Terminate();
          case 'p' -> new Message.Secret(body.rest());
          case 'd', 'c', 'f' -> {
            body.rest();
            yield new Message.CopyIn();
          }
          case 'F' -> {
            body.rest();
            yield new Message.FunctionCall();
          }
          default -> throw new Invalid("Invalid message of type 0x%02x".formatted((int) type));
        };
    body.end();
    return message;
  }

  private static Message bind(Body body) throws Invalid {
    String portal = body.text();
    String statement = body.text();
    Formats given = body.formats();
    var values = new ArrayList<byte @Nullable []>();
    for (int i = body.count(); i > 0; i--) {
      values.add(body.value());
    }
    return new Message.Bind(portal, statement, given, values, body.formats());
  }

  /// The body of a message.
  static final class Body {
    private final ByteBuffer bytes;

    Body(ByteBuffer bytes) {
      this.bytes = bytes;
    }

    private void need(int count) throws Invalid {
      if (count < 0 || bytes.remaining() < count) {
        throw new Invalid("Invalid message: it ends too early");
      }
    }

    void end() throws Invalid {
      if (bytes.hasRemaining()) {
        throw new Invalid("Invalid message: it is longer than what it says");
      }
    }

    boolean hasMore() {
      return bytes.hasRemaining();
    }

    String text() throws Invalid {
      int from = bytes.position();
      int at = from;
      while (at < bytes.limit() && bytes.get(at) != 0) {
        at++;
      }
      need(at - from + 1);
      ByteBuffer slice = bytes.slice(from, at - from);
      bytes.position(at + 1);
      return utf8(slice);
    }

    int int32() throws Invalid {
      need(4);
      return bytes.getInt();
    }

    int count() throws Invalid {
      need(2);
      return Short.toUnsignedInt(bytes.getShort());
    }

    List<Integer> int32s() throws Invalid {
      int count = count();
      need(4 * count);
      var values = new ArrayList<Integer>(count);
      for (int i = 0; i < count; i++) {
        values.add(bytes.getInt());
      }
      return List.copyOf(values);
    }

    Formats formats() throws Invalid {
      int count = count();
      need(2 * count);
      var codes = new ArrayList<Integer>(count);
      for (int i = 0; i < count; i++) {
        int code = bytes.getShort();
        if (code != 0 && code != 1) {
          throw new Invalid("Invalid format code %d".formatted(code));
        }
        codes.add(code);
      }
      return new Formats(List.copyOf(codes));
    }

    byte @Nullable [] value() throws Invalid {
      int length = int32();
      if (length == -1) {
        return null;
      }
      need(length);
      byte[] value = new byte[length];
      bytes.get(value);
      return value;
    }

    boolean ofStatement() throws Invalid {
      need(1);
      return switch (bytes.get()) {
        case 'S' -> true;
        case 'P' -> false;
        default -> throw new Invalid("Invalid message: neither a statement nor a portal");
      };
    }

    byte[] rest() {
      byte[] rest = new byte[bytes.remaining()];
      bytes.get(rest);
      return rest;
    }
  }

  /// Text of a client, which must be UTF-8.
  static String utf8(ByteBuffer bytes) throws Invalid {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(bytes)
          .toString();
    } catch (CharacterCodingException _) {
      throw new Invalid("Invalid text: it is not UTF-8");
    }
  }
}
