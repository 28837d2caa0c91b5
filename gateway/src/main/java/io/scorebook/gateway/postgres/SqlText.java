package io.scorebook.gateway.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// SQL as PostgreSQL cuts it into words: enough to part statements, to find the parameters, and to
/// read the commands of a session. It does not read queries.
final class SqlText {
  private final String sql;
  private int at;

  private SqlText(String sql) {
    this.sql = sql;
  }

  /// A word.
  ///
  /// @param text of a name or keyword as written, of a string its content, of a parameter its
  ///   number
  /// @param start offset in the text that was cut
  record Token(Kind kind, String text, int start, int end) {
    boolean is(String word) {
      return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }

    boolean isSymbol(String symbol) {
      return kind == Kind.SYMBOL && text.equals(symbol);
    }
  }

  enum Kind {
    WORD,
    QUOTED_NAME,
    STRING,
    NUMBER,
    PARAMETER,
    SYMBOL
  }

  /// All words. What is not closed goes to the end: the parser of queries will say so.
  static List<Token> tokens(String sql) {
    var text = new SqlText(sql);
    var tokens = new ArrayList<Token>();
    for (Token token = text.next(); token.kind != Kind.SYMBOL || !token.text.isEmpty(); ) {
      tokens.add(token);
      token = text.next();
    }
    return tokens;
  }

  /// The statements between semicolons; those without a word are left out.
  static List<String> statements(String sql) {
    var statements = new ArrayList<String>();
    int from = 0;
    boolean empty = true;
    for (Token token : tokens(sql)) {
      if (token.isSymbol(";")) {
        if (!empty) {
          statements.add(sql.substring(from, token.start));
        }
        from = token.end;
        empty = true;
      } else {
        empty = false;
      }
    }
    if (!empty) {
      statements.add(sql.substring(from));
    }
    return statements;
  }

  /// The highest number of a parameter.
  static int parameters(String sql) {
    return sql.indexOf('$') < 0
        ? 0
        : tokens(sql).stream()
            .filter(token -> token.kind == Kind.PARAMETER)
            .mapToInt(token -> Integer.parseInt(token.text))
            .max()
            .orElse(0);
  }

  /// The query with its parameters put in.
  static String bind(String sql, List<String> literals) {
    if (sql.indexOf('$') < 0) {
      return sql;
    }
    var bound = new StringBuilder();
    int from = 0;
    for (Token token : tokens(sql)) {
      if (token.kind == Kind.PARAMETER) {
        bound.append(sql, from, token.start).append(literals.get(Integer.parseInt(token.text) - 1));
        from = token.end;
      }
    }
    return bound.append(sql, from, sql.length()).toString();
  }

  private Token next() {
    skipBlanks();
    if (at >= sql.length()) {
      return new Token(Kind.SYMBOL, "", at, at);
    }
    int start = at;
    char c = sql.charAt(at);
    if (c == '\'') {
      return string(start, false);
    }
    if ((c == 'e' || c == 'E') && peek(1) == '\'') {
      at++;
      return string(start, true);
    }
    if (c == '"') {
      return quotedName(start);
    }
    if (c == '$') {
      return dollar(start);
    }
    if (Character.isDigit(c)) {
      while (at < sql.length() && isNumberPart(sql.charAt(at))) {
        at++;
      }
      return new Token(Kind.NUMBER, sql.substring(start, at), start, at);
    }
    if (isNameStart(c)) {
      while (at < sql.length() && isNamePart(sql.charAt(at))) {
        at++;
      }
      return new Token(Kind.WORD, sql.substring(start, at), start, at);
    }
    at++;
    return new Token(Kind.SYMBOL, sql.substring(start, at), start, at);
  }

  private char peek(int ahead) {
    return at + ahead < sql.length() ? sql.charAt(at + ahead) : '\0';
  }

  private static boolean isNameStart(char c) {
    return Character.isLetter(c) || c == '_';
  }

  private static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$';
  }

  private static boolean isNumberPart(char c) {
    return Character.isLetterOrDigit(c) || c == '.' || c == '_';
  }

  private void skipBlanks() {
    while (at < sql.length()) {
      if (Character.isWhitespace(sql.charAt(at))) {
        at++;
      } else if (sql.startsWith("--", at)) {
        while (at < sql.length() && sql.charAt(at) != '\n' && sql.charAt(at) != '\r') {
          at++;
        }
      } else if (sql.startsWith("/*", at)) {
        skipComment();
      } else {
        return;
      }
    }
  }

  /// Comments hold comments.
  private void skipComment() {
    int depth = 0;
    while (at < sql.length()) {
      if (sql.startsWith("/*", at)) {
        depth++;
        at += 2;
      } else if (sql.startsWith("*/", at)) {
        depth--;
        at += 2;
        if (depth == 0) {
          return;
        }
      } else {
        at++;
      }
    }
  }

  private Token string(int start, boolean escapes) {
    var content = new StringBuilder();
    at++;
    while (at < sql.length()) {
      char c = sql.charAt(at++);
      if (c == '\'') {
        if (peek(0) != '\'') {
          break;
        }
        at++;
      } else if (escapes && c == '\\' && at < sql.length()) {
        c = sql.charAt(at++);
      }
      content.append(c);
    }
    return new Token(Kind.STRING, content.toString(), start, at);
  }

  private Token quotedName(int start) {
    var name = new StringBuilder();
    at++;
    while (at < sql.length()) {
      char c = sql.charAt(at++);
      if (c == '"') {
        if (peek(0) != '"') {
          break;
        }
        at++;
      }
      name.append(c);
    }
    return new Token(Kind.QUOTED_NAME, name.toString(), start, at);
  }

  /// A parameter `$1`, or a text `$tag$ ... $tag$`.
  private Token dollar(int start) {
    int digits = start + 1;
    while (digits < sql.length() && Character.isDigit(sql.charAt(digits))) {
      digits++;
    }
    if (digits > start + 1
        && digits - start <= 6
        && isParameter(Integer.parseInt(sql.substring(start + 1, digits)))) {
      at = digits;
      return new Token(Kind.PARAMETER, sql.substring(start + 1, digits), start, at);
    }
    int tagEnd = start + 1;
    while (tagEnd < sql.length() && isNameStart(sql.charAt(tagEnd))) {
      tagEnd++;
    }
    if (tagEnd < sql.length() && sql.charAt(tagEnd) == '$') {
      String tag = sql.substring(start, tagEnd + 1);
      int close = sql.indexOf(tag, tagEnd + 1);
      int contentEnd = close < 0 ? sql.length() : close;
      at = close < 0 ? sql.length() : close + tag.length();
      return new Token(Kind.STRING, sql.substring(tagEnd + 1, contentEnd), start, at);
    }
    at++;
    return new Token(Kind.SYMBOL, "$", start, at);
  }

  /// Parameters are counted from 1, and the protocol has two bytes for how many there are.
  private static boolean isParameter(int number) {
    return number >= 1 && number <= 0xFFFF;
  }

  /// A name as PostgreSQL keeps it: in small letters where it is not quoted.
  static String name(Token token) {
    return token.kind == Kind.QUOTED_NAME ? token.text : token.text.toLowerCase(Locale.ROOT);
  }
}
