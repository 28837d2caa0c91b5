package io.scorebook.gateway.session;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The names of a query that have a schema before them, however they are written: with blanks,
/// lines and comments around the point, in quotes of each kind or without. It does not need to be a
/// query that anybody understands.
final class NamesInSql {
  private static final String UESCAPE = "UESCAPE";

  private final String sql;
  private final Set<String> found = new HashSet<>();
  private int at;

  private NamesInSql(String sql) {
    this.sql = sql;
  }

  /// Each name with the one before it, as `schema.table`, in small letters.
  static Set<String> of(String sql) {
    if (sql.indexOf('.') < 0) {
      return Set.of();
    }
    var names = new NamesInSql(sql);
    names.read();
    return names.found;
  }

  private void read() {
    String before = "";
    boolean point = false;
    for (skipBlanks(); at < sql.length(); skipBlanks()) {
      char c = sql.charAt(at);
      if (c == '.' && !before.isEmpty()) {
        point = true;
        at++;
        continue;
      }
      String name = name(c);
      if (point && !name.isEmpty()) {
        found.add(before + "." + name);
      }
      before = name;
      point = false;
    }
  }

  /// The name that begins here; empty for everything else, which is passed over.
  private String name(char c) {
    if (c == '\'') {
      quoted(c);
      return "";
    }
    if (c == '"' || c == '`') {
      return quoted(c);
    }
    if (c == '[') {
      return quoted(']');
    }
    if ((c == 'U' || c == 'u') && sql.startsWith("&\"", at + 1)) {
      at += 2;
      return unescaped(quoted('"'));
    }
    int from = at;
    while (at < sql.length() && Character.isJavaIdentifierPart(sql.charAt(at))) {
      at++;
    }
    if (at == from) {
      at++;
      return "";
    }
    return sql.substring(from, at).toLowerCase(Locale.ROOT);
  }

  /// What stands between here and a quote that is not doubled.
  private String quoted(char end) {
    var text = new StringBuilder();
    at++;
    while (at < sql.length()) {
      char c = sql.charAt(at++);
      if (c == end) {
        if (at >= sql.length() || sql.charAt(at) != end) {
          break;
        }
        at++;
      }
      text.append(c);
    }
    return text.toString().toLowerCase(Locale.ROOT);
  }

  /// Of a name in the form `U&"..."`, with or without `UESCAPE` behind it.
  private String unescaped(String name) {
    skipBlanks();
    String escape = "\\";
    if (sql.regionMatches(true, at, UESCAPE, 0, UESCAPE.length())) {
      at += UESCAPE.length();
      skipBlanks();
      escape = at < sql.length() && sql.charAt(at) == '\'' ? quoted('\'') : escape;
    }
    return Pattern.compile(Pattern.quote(escape) + "([0-9a-f]{4})")
        .matcher(name)
        .replaceAll(code ->
            Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(code.group(1), 16))))
        .replace(escape + escape, escape)
        .toLowerCase(Locale.ROOT);
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
        int end = sql.indexOf("*/", at + 2);
        at = end < 0 ? sql.length() : end + 2;
      } else {
        return;
      }
    }
  }
}
