package io.scorebook.semantic.expression;

import java.util.Optional;

/// `E'a\\b'`, as drivers of PostgreSQL write texts that hold a backslash.
final class Escapes {
  private Escapes() {}

  /// The same text as the standard writes it; empty where it has an escape of more than one sign,
  /// or one that nobody wrote.
  static Optional<String> plain(String literal) {
    if (literal.length() < 3 || !literal.endsWith("'")) {
      return Optional.empty();
    }
    var text = new StringBuilder("'");
    for (int at = 2; at < literal.length() - 1; at++) {
      char c = literal.charAt(at);
      if (c != '\\') {
        text.append(c);
        continue;
      }
      at++;
      switch (literal.charAt(at)) {
        case '\\' -> text.append('\\');
        case '\'' -> text.append("''");
        case '"' -> text.append('"');
        case '%', '_' -> text.append(literal.charAt(at));
        case 'n' -> text.append('\n');
        case 'r' -> text.append('\r');
        case 't' -> text.append('\t');
        case 'b' -> text.append('\b');
        case 'f' -> text.append('\f');
        default -> {
          return Optional.empty();
        }
      }
    }
    return Optional.of(text.append("'").toString());
  }
}
