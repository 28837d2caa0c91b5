package io.scorebook.gateway.postgres;

import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.ProblemException;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a client says first.
sealed interface Startup {
  int MOST = 10_000;
  int CANCEL = 80877102;
  int TLS = 80877103;
  int GSS = 80877104;
  int VERSION_3 = 3;

  /// The version that is spoken.
  int SPOKEN = VERSION_3 << 16;

  /// Asks for TLS.
  record Tls() implements Startup {}

  /// Asks for encryption by GSSAPI.
  record Gss() implements Startup {}

  record Cancel(int process, int secret) implements Startup {}

  /// @param minor version of the protocol's third
  record Hello(int minor, Map<String, String> options) implements Startup {
    String user() {
      return options.getOrDefault("user", "");
    }

    String database() {
      return options.getOrDefault("database", user());
    }
  }

  /// What the option `options` sets, as `-c name=value` or `--name=value`; a backslash stands
  /// before a blank that belongs to a value.
  static Map<String, String> settings(String options) {
    var words = new ArrayDeque<String>();
    var word = new StringBuilder();
    for (int i = 0; i < options.length(); i++) {
      char c = options.charAt(i);
      if (c == '\\' && i + 1 < options.length()) {
        i++;
        word.append(options.charAt(i));
      } else if (!Character.isWhitespace(c)) {
        word.append(c);
      } else if (!word.isEmpty()) {
        words.add(word.toString());
        word.setLength(0);
      }
    }
    if (!word.isEmpty()) {
      words.add(word.toString());
    }
    var settings = new LinkedHashMap<String, String>();
    while (!words.isEmpty()) {
      String option = words.remove();
      boolean isLong = option.startsWith("--");
      String setting = isLong || option.startsWith("-c") ? option.substring(2) : "";
      if (option.equals("-c") && !words.isEmpty()) {
        setting = words.remove();
      }
      int equals = setting.indexOf('=');
      if (equals < 1) {
        throw new ProblemException(
            ErrorCode.INVALID_SETTING,
            "Cannot read the option '%s'; write -c name=value".formatted(option));
      }
      String name = setting.substring(0, equals);
      settings.put(isLong ? name.replace('-', '_') : name, setting.substring(equals + 1));
    }
    return settings;
  }

  static Startup read(DataInputStream in) throws IOException {
    int length = in.readInt() - 4;
    if (length < 4 || length > MOST) {
      throw new Inbound.Invalid("Invalid first message");
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    var body = new Inbound.Body(ByteBuffer.wrap(bytes));
    int code = body.int32();
    Startup startup =
        switch (code) {
          case TLS -> new Tls();
          case GSS -> new Gss();
          case CANCEL -> new Cancel(body.int32(), body.int32());
          default -> hello(code, body);
        };
    body.end();
    return startup;
  }

  private static Hello hello(int code, Inbound.Body body) throws Inbound.Invalid {
    if (code >> 16 != VERSION_3) {
      throw new Inbound.Invalid("Cannot speak this version of the protocol: only version 3");
    }
    var options = new LinkedHashMap<String, String>();
    for (String name = body.text(); !name.isEmpty(); name = body.text()) {
      options.put(name, body.text());
    }
    return new Hello(code & 0xFFFF, options);
  }
}
