package io.scorebook.semantic.expression;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/// Where `value::type` begins and ends. PostgreSQL's cast binds closer than any operator, the
/// parser's own less close than a comparison; so it is read as CAST(value AS type).
final class CastSpelling {
  /// Words before a bracket that call nothing.
  private static final Set<String> KEYWORDS =
      Set.of(
          "ALL",
          "AND",
          "ANY",
          "AS",
          "BETWEEN",
          "BY",
          "CASE",
          "DISTINCT",
          "ELSE",
          "EXCEPT",
          "EXISTS",
          "FROM",
          "HAVING",
          "IN",
          "INTERSECT",
          "JOIN",
          "LIKE",
          "LIMIT",
          "NOT",
          "OFFSET",
          "ON",
          "OR",
          "SELECT",
          "SETS",
          "SOME",
          "THEN",
          "UNION",
          "USING",
          "VALUES",
          "WHEN",
          "WHERE");

  /// Words whose brackets follow those of a call.
  private static final Set<String> BEHIND_CALLS = Set.of("OVER", "FILTER");

  private static final Set<String> LITERALS = Set.of("DATE", "TIME", "TIMESTAMP", "INTERVAL");

  private final List<Token> tokens;
  private final Map<Integer, Integer> starts = new HashMap<>();

  CastSpelling(List<Token> tokens) {
    this.tokens = tokens;
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).is("::")) {
        int end = endOfType(i + 1);
        startOfValue(i - 1).ifPresent(start -> starts.put(end, start));
      }
    }
  }

  /// The first token of the value that ends with a token; empty where there is no value.
  OptionalInt startOfValue(int end) {
    if (end < 0) {
      return OptionalInt.empty();
    }
    Integer cast = starts.get(end);
    if (cast != null) {
      return OptionalInt.of(cast);
    }
    Token token = tokens.get(end);
    if (token.is(")")) {
      return brackets(end);
    }
    return switch (token.kind()) {
      case STRING -> OptionalInt.of(end > 0 && isLiteralWord(end - 1) ? end - 1 : end);
      case NUMBER, ESCAPED -> OptionalInt.of(end);
      case WORD -> token.is("END") ? startOfCase(end) : OptionalInt.of(name(end));
      case QUOTED, BACKTICKED -> OptionalInt.of(name(end));
      case SYMBOL -> OptionalInt.empty();
    };
  }

  private boolean isLiteralWord(int index) {
    return LITERALS.contains(word(index));
  }

  private OptionalInt brackets(int end) {
    int depth = 0;
    int open = end;
    for (; open >= 0; open--) {
      depth += tokens.get(open).is(")") ? 1 : tokens.get(open).is("(") ? -1 : 0;
      if (depth == 0) {
        break;
      }
    }
    if (open < 0) {
      return OptionalInt.empty();
    }
    if (open == 0) {
      return OptionalInt.of(0);
    }
    if (BEHIND_CALLS.contains(word(open - 1))) {
      return startOfValue(open - 2);
    }
    boolean called =
        switch (tokens.get(open - 1).kind()) {
          case WORD -> !KEYWORDS.contains(word(open - 1));
          case QUOTED, BACKTICKED -> true;
          case NUMBER, STRING, ESCAPED, SYMBOL -> false;
        };
    return OptionalInt.of(called ? name(open - 1) : open);
  }

  private OptionalInt startOfCase(int end) {
    Deque<Integer> ends = new ArrayDeque<>();
    for (int i = end; i >= 0; i--) {
      if (tokens.get(i).is("END")) {
        ends.push(i);
      } else if (tokens.get(i).is("CASE")) {
        ends.pop();
        if (ends.isEmpty()) {
          return OptionalInt.of(i);
        }
      }
    }
    return OptionalInt.empty();
  }

  /// `a.b.c`
  private int name(int end) {
    int start = end;
    while (start > 1 && tokens.get(start - 1).is(".")) {
      start -= 2;
    }
    return start;
  }

  /// The last token of a type: `double precision`, `timestamp with time zone`, `varchar(10)`.
  int endOfType(int start) {
    int end = start;
    if ((word(start).equals("DOUBLE") && word(start + 1).equals("PRECISION"))
        || (word(start).equals("CHARACTER") && word(start + 1).equals("VARYING"))) {
      end = start + 1;
    }
    if (word(end + 1).equals("(")) {
      while (end + 1 < tokens.size() && !tokens.get(end).is(")")) {
        end++;
      }
    }
    if ((word(end + 1).equals("WITH") || word(end + 1).equals("WITHOUT"))
        && word(end + 2).equals("TIME")
        && word(end + 3).equals("ZONE")) {
      end += 3;
    }
    return Math.min(end, tokens.size() - 1);
  }

  private String word(int index) {
    return index >= 0 && index < tokens.size()
        ? tokens.get(index).text().toUpperCase(Locale.ROOT)
        : "";
  }
}
