package io.scorebook.semantic.expression;

import java.util.ArrayList;
import java.util.List;

/// A piece of SQL text; blanks and comments lie between pieces.
///
/// @param start offset of its first character
/// @param end offset behind its last one
record Token(Kind kind, String text, int start, int end) {
  enum Kind {
    WORD,
    NUMBER,
    /// In single quotes.
    STRING,
    /// In single quotes behind an E, as PostgreSQL writes texts with escapes: `E'it\'s'`.
    ESCAPED,
    /// In double quotes.
    QUOTED,
    /// In backticks, as MySQL and BigQuery write names.
    BACKTICKED,
    SYMBOL
  }

  boolean is(String word) {
    return kind != Kind.STRING
        && kind != Kind.ESCAPED
        && kind != Kind.QUOTED
        && text.equalsIgnoreCase(word);
  }

  /// The pieces of a text, in their order. A text that no parser would take (an open quote) gives
  /// some, too.
  static List<Token> of(String sql) {
    var tokens = new ArrayList<Token>();
    int at = 0;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      int end = at + 1;
      if (Character.isWhitespace(c)) {
        at = end;
        continue;
      }
      if (sql.startsWith("--", at)) {
        at = before(sql, "\n", at);
        continue;
      }
      if (sql.startsWith("/*", at)) {
        at = Math.min(sql.length(), before(sql, "*/", at + 2) + 2);
        continue;
      }
      Kind kind;
      if (c == '\'' || c == '"' || c == '`') {
        kind = c == '\'' ? Kind.STRING : c == '"' ? Kind.QUOTED : Kind.BACKTICKED;
        end = quoted(sql, c, at);
      } else if ((c == 'e' || c == 'E') && sql.startsWith("'", end)) {
        kind = Kind.ESCAPED;
        end = escaped(sql, end);
      } else if (Character.isUnicodeIdentifierStart(c) || c == '_') {
        kind = Kind.WORD;
        while (end < sql.length() && isPart(sql.charAt(end))) {
          end++;
        }
      } else if (Character.isDigit(c)) {
        kind = Kind.NUMBER;
        while (end < sql.length()
            && (isPart(sql.charAt(end)) || sql.charAt(end) == '.' || isExponent(sql, end))) {
          end++;
        }
      } else {
        kind = Kind.SYMBOL;
        end = sql.startsWith("::", at) ? at + 2 : end;
      }
      tokens.add(new Token(kind, sql.substring(at, end), at, end));
      at = end;
    }
    return tokens;
  }

  private static boolean isPart(char c) {
    return Character.isUnicodeIdentifierPart(c) || c == '$';
  }

  /// The sign of `1e-7`.
  private static boolean isExponent(String sql, int at) {
    return (sql.charAt(at) == '-' || sql.charAt(at) == '+')
        && (sql.charAt(at - 1) == 'e' || sql.charAt(at - 1) == 'E')
        && at + 1 < sql.length()
        && Character.isDigit(sql.charAt(at + 1));
  }

  /// Behind the closing quote of a text in which a backslash takes the next sign along.
  private static int escaped(String sql, int start) {
    int at = start + 1;
    while (at < sql.length()) {
      if (sql.charAt(at) == '\\') {
        at++;
      } else if (sql.charAt(at) == '\'') {
        if (!sql.startsWith("'", at + 1)) {
          return at + 1;
        }
        at++;
      }
      at++;
    }
    return sql.length();
  }

  private static int before(String sql, String mark, int from) {
    int at = sql.indexOf(mark, from);
    return at < 0 ? sql.length() : at;
  }

  /// Behind the closing quote; a doubled quote is one inside.
  private static int quoted(String sql, char quote, int start) {
    int at = start + 1;
    while (at < sql.length()) {
      if (sql.charAt(at) == quote) {
        if (at + 1 < sql.length() && sql.charAt(at + 1) == quote) {
          at++;
        } else {
          return at + 1;
        }
      }
      at++;
    }
    return sql.length();
  }
}
