package io.scorebook.gateway.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.scorebook.gateway.session.Ask;
import io.scorebook.gateway.wire.Json;
import io.scorebook.gateway.wire.QuestionForm;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The words of a question with `?` in place of every value: what was asked, and nothing of what is
/// in the rows. It does not need to be a question that anybody understands.
final class WithoutValues {
  private static final int LONGEST = 4000;
  private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"]|\"\")*)\"");
  private static final Pattern DOLLARS = Pattern.compile("\\$(?:\\p{Alpha}\\w*|)\\$");
  private static final TextNode UNKNOWN = TextNode.valueOf("?");

  private WithoutValues() {}

  static String text(Ask ask) {
    String text =
        switch (ask) {
          case Ask.Metrics metrics -> metrics(metrics);
          case Ask.Sql sql -> sql(sql.sql());
        };
    return cut(text);
  }

  /// No longer than is kept.
  static String cut(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
  }

  private static String metrics(Ask.Metrics ask) {
    JsonNode question = Json.parse(QuestionForm.write(ask));
    hide(question.path("filters"));
    return Json.text(question);
  }

  private static void hide(JsonNode node) {
    switch (node) {
      case ObjectNode object -> {
        for (String key : java.util.List.of("value", "values")) {
          if (object.has(key)) {
            object.set(key, UNKNOWN);
          }
        }
        object.forEach(WithoutValues::hide);
      }
      case ArrayNode array -> array.forEach(WithoutValues::hide);
      default -> {} // a name
    }
  }

  /// Of a text without values, without names in quotes that nobody knows, too.
  static String withoutNames(String sql, Predicate<String> known) {
    return QUOTED
        .matcher(sql)
        .replaceAll(
            found -> Matcher.quoteReplacement(known.test(found.group(1)) ? found.group() : "?"));
  }

  /// Texts, numbers and comments go, by the rules of SQL's lexer alone: names and words stay. A
  /// quote that does not end hides the rest.
  static String sql(String sql) {
    var kept = new StringBuilder();
    int at = 0;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (c == '\'') {
        at = endOfQuoted(sql, at);
        kept.append('?');
      } else if (c == '"') {
        int end = endOfQuoted(sql, at);
        // A value in the wrong quotes looks like a name, but does not end with what it began.
        kept.append(end <= sql.length() && isClosed(sql, at, end) ? sql.substring(at, end) : "?");
        at = end;
      } else if (sql.startsWith("--", at)) {
        int line = sql.indexOf('\n', at);
        at = line < 0 ? sql.length() : line;
      } else if (sql.startsWith("/*", at)) {
        int end = sql.indexOf("*/", at + 2);
        at = end < 0 ? sql.length() : end + 2;
        kept.append(' ');
      } else if (isNumber(sql, at)) {
        at = endOfNumber(sql, at);
        kept.append('?');
      } else if (c == '$' && DOLLARS.matcher(sql).region(at, sql.length()).lookingAt()) {
        at = endOfDollars(sql, at);
        kept.append('?');
      } else if (Character.isJavaIdentifierStart(c)) {
        int end = at;
        while (end < sql.length() && Character.isJavaIdentifierPart(sql.charAt(end))) {
          end++;
        }
        kept.append(sql, at, end);
        boolean escapes = end - at == 1 && (c == 'e' || c == 'E') && sql.startsWith("'", end);
        at = escapes ? endOfEscaped(sql, end) : end;
        kept.append(escapes ? "?" : "");
      } else {
        kept.append(c);
        at++;
      }
    }
    return kept.toString().strip().replaceAll("\\s+", " ");
  }

  /// Of `$tag$ ... $tag$`, PostgreSQL's other way to write a text.
  private static int endOfDollars(String sql, int from) {
    int begin = sql.indexOf('$', from + 1) + 1;
    String tag = sql.substring(from, begin);
    int end = sql.indexOf(tag, begin);
    return end < 0 ? sql.length() : end + tag.length();
  }

  /// Of `E'...'`, in which a backslash takes the next sign with it.
  private static int endOfEscaped(String sql, int from) {
    int at = from + 1;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (c == '\\') {
        at += 2;
      } else if (c != '\'') {
        at++;
      } else if (sql.startsWith("''", at)) {
        at += 2;
      } else {
        return at + 1;
      }
    }
    return sql.length();
  }

  private static boolean isClosed(String sql, int from, int end) {
    return end - from >= 2 && sql.charAt(end - 1) == sql.charAt(from);
  }

  private static int endOfQuoted(String sql, int from) {
    char quote = sql.charAt(from);
    int at = from + 1;
    while (at < sql.length()) {
      if (sql.charAt(at) == quote) {
        if (at + 1 < sql.length() && sql.charAt(at + 1) == quote) {
          at += 2;
          continue;
        }
        return at + 1;
      }
      at++;
    }
    return sql.length();
  }

  private static boolean isNumber(String sql, int at) {
    char c = sql.charAt(at);
    return isDigit(c) || c == '.' && at + 1 < sql.length() && isDigit(sql.charAt(at + 1));
  }

  /// With all letters that stick to it, as an exponent's.
  private static int endOfNumber(String sql, int from) {
    int at = from;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      boolean sign =
          (c == '+' || c == '-') && Character.toLowerCase(sql.charAt(at - 1)) == 'e' && at > from;
      if (!sign && c != '.' && !Character.isLetterOrDigit(c)) {
        break;
      }
      at++;
    }
    return at;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
