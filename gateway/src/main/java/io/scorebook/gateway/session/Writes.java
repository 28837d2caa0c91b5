package io.scorebook.gateway.session;

import java.util.Locale;
import java.util.Set;

/// Statements that would change something. They are refused at every door in the same way, whether
/// or not a parser of queries knows them.
public final class Writes {
  private static final Set<String> WORDS =
      Set.of(
          "alter",
          "analyze",
          "call",
          "checkpoint",
          "cluster",
          "comment",
          "create",
          "delete",
          "do",
          "drop",
          "grant",
          "import",
          "insert",
          "load",
          "lock",
          "merge",
          "notify",
          "reassign",
          "refresh",
          "reindex",
          "replace",
          "revoke",
          "security",
          "truncate",
          "update",
          "upsert",
          "vacuum");

  private Writes() {}

  /// Whether a statement begins with this word, in any case.
  public static boolean beginWith(String word) {
    return WORDS.contains(word.toLowerCase(Locale.ROOT));
  }

  /// @throws ProblemException where the statement would change something
  static void refuse(String sql) {
    String word = first(sql);
    if (beginWith(word)) {
      throw new ProblemException(
          ErrorCode.READ_ONLY,
          "Cannot run %s: products are read here, and published with the command line"
              .formatted(word.toUpperCase(Locale.ROOT)));
    }
  }

  /// The first word behind blanks and comments; empty where there is none.
  private static String first(String sql) {
    int at = 0;
    while (at < sql.length() && !Character.isLetter(sql.charAt(at))) {
      if (sql.startsWith("--", at)) {
        int end = sql.indexOf('\n', at);
        at = end < 0 ? sql.length() : end;
      } else if (sql.startsWith("/*", at)) {
        int end = sql.indexOf("*/", at + 2);
        at = end < 0 ? sql.length() : end + 2;
      } else if (Character.isWhitespace(sql.charAt(at)) || sql.charAt(at) == ';') {
        at++;
      } else {
        return "";
      }
    }
    int end = at;
    while (end < sql.length() && Character.isLetter(sql.charAt(end))) {
      end++;
    }
    return sql.substring(at, end);
  }
}
