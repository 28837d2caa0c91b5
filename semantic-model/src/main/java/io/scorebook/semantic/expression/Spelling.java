package io.scorebook.semantic.expression;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// SQL as people and tools write it, in the spelling that the parser reads:
///
/// | written | read |
/// |---|---|
/// | `date` as a name (so `time`, `timestamp`) | `"date"` |
/// | `MEASURE(m)` | `"MEASURE"(m)` |
/// | `LOCALTIMESTAMP` | `CURRENT_TIMESTAMP` |
/// | `INTERVAL '30 days'` | `INTERVAL '30' DAY` |
/// | `INTERVAL '365' DAY` | `INTERVAL '365' DAY(3)` |
/// | `SELECT TOP 10 ...` | `SELECT ... LIMIT 10` |
/// | `` `team` ``, `[team]` | `"team"` |
/// | `LIMIT '10'`, `LIMIT NULL`, `OFFSET NULL` | `LIMIT 10`, `LIMIT ALL`, `OFFSET 0` |
/// | `E'it\'s'` | `'it''s'` |
/// | `a + b::text` | `a + CAST(b AS text)` |
/// | `'{a,b}'::text[]`, `ARRAY[a]::text[]` | `'{a,b}'`, `ARRAY[a]` |
/// | `FETCH FIRST ROW ONLY` | `FETCH FIRST 1 ROW ONLY` |
/// | `;` at the end | |
///
/// Places in the one text are places in the other.
public final class Spelling {
  private static final Set<String> LITERAL_WORDS = Set.of("DATE", "TIME", "TIMESTAMP");
  private static final Set<String> CASTS = Set.of("CAST", "TRY_CAST", "SAFE_CAST");
  private static final Set<String> SET_OPERATORS = Set.of("UNION", "INTERSECT", "EXCEPT", "MINUS");
  private static final Set<String> CONSTRUCTORS = Set.of("ARRAY", "MAP", "MULTISET", "PERIOD");
  private static final Set<String> LIMITS = Set.of("LIMIT", "OFFSET", "FETCH");
  private static final Pattern AMOUNT =
      Pattern.compile(
          "'\\s*([+-]?)\\s*(\\d+)\\s*(second|sec|minute|min|hour|hr|day|week|month|mon|quarter|year|yr)s?\\s*'",
          Pattern.CASE_INSENSITIVE);
  private static final Map<String, String> SHORT_UNITS =
      Map.of("SEC", "SECOND", "MIN", "MINUTE", "HR", "HOUR", "MON", "MONTH", "YR", "YEAR");
  private static final Pattern DIGITS = Pattern.compile("'[+-]?(\\d{3,})'");
  private static final Pattern NUMBER = Pattern.compile("'(\\d+)'");
  private static final Pattern UNIT =
      Pattern.compile("(second|minute|hour|day|month|year)s?", Pattern.CASE_INSENSITIVE);

  private final String original;
  private final List<Token> tokens;
  private final List<Change> changes = new ArrayList<>();

  /// What was read as a number of rows.
  private final Set<Token> paged = new HashSet<>();

  private final StringBuilder text = new StringBuilder();

  /// @param start offset in the original
  private record Change(int start, int end, String text) {}

  private Spelling(String original) {
    this.original = original;
    this.tokens = Token.of(original);
  }

  public static Spelling of(String sql) {
    var spelling = new Spelling(sql);
    spelling.respell();
    spelling.apply();
    return spelling;
  }

  /// What the parser reads.
  public String text() {
    return text.toString();
  }

  private void respell() {
    var callers = new ArrayList<String>();
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      int bracket = bracketed(i);
      if (bracket > 0) {
        String name = original.substring(token.end(), tokens.get(bracket).start());
        changes.add(
            new Change(
                token.start(), tokens.get(bracket).end(), '"' + name.replace("\"", "\"\"") + '"'));
        i = bracket;
        continue;
      }
      switch (token.text()) {
        case "(" -> callers.add(i == 0 ? "" : tokens.get(i - 1).text().toUpperCase(Locale.ROOT));
        case ")" -> {
          if (!callers.isEmpty()) {
            callers.removeLast();
          }
        }
        default -> word(i, token, !callers.isEmpty() && CASTS.contains(callers.getLast()));
      }
    }
    for (int i = tokens.size() - 1; i >= 0 && tokens.get(i).is(";"); i--) {
      replace(tokens.get(i), " ");
    }
    casts();
  }

  /// Where a name in brackets ends, as SQL Server has names; 0 where none begins. No value here has
  /// elements, so brackets have no other meaning, but behind ARRAY and the like.
  private int bracketed(int i) {
    if (!tokens.get(i).is("[")
        || kind(i + 1) != Token.Kind.WORD
        || (i > 0 && CONSTRUCTORS.contains(tokens.get(i - 1).text().toUpperCase(Locale.ROOT)))) {
      return 0;
    }
    for (int end = i + 2; end < tokens.size(); end++) {
      Token token = tokens.get(end);
      if (token.is("]")) {
        return end;
      }
      if (token.kind() != Token.Kind.WORD && token.kind() != Token.Kind.NUMBER && !token.is("-")) {
        return 0;
      }
    }
    return 0;
  }

  private void casts() {
    var spelling = new CastSpelling(tokens);
    for (int i = 1; i + 1 < tokens.size(); i++) {
      if (!tokens.get(i).is("::") || paged.contains(tokens.get(i))) {
        continue;
      }
      Token sign = tokens.get(i);
      int type = spelling.endOfType(i + 1);
      if (is(type + 1, "[") && is(type + 2, "]")) {
        arrayType(i, type + 2);
        continue;
      }
      int end = tokens.get(type).end();
      spelling
          .startOfValue(i - 1)
          .ifPresent(start -> {
            int at = tokens.get(start).start();
            changes.add(new Change(at, at, "CAST("));
            replace(sign, " AS ");
            changes.add(new Change(end, end, ")"));
          });
    }
  }

  /// The elements of an array say themselves what they are.
  private void arrayType(int sign, int end) {
    if (kind(sign - 1) == Token.Kind.STRING || is(sign - 1, "]")) {
      changes.add(new Change(tokens.get(sign).start(), tokens.get(end).end(), ""));
    }
  }

  private void word(int i, Token token, boolean inCast) {
    if (token.kind() == Token.Kind.BACKTICKED) {
      String name = token.text().substring(1, Math.max(1, token.text().length() - 1));
      replace(token, '"' + name.replace("``", "`").replace("\"", "\"\"") + '"');
    }
    if (token.kind() == Token.Kind.ESCAPED) {
      Escapes.plain(token.text()).ifPresent(plain -> replace(token, plain));
    }
    if (token.kind() != Token.Kind.WORD) {
      return;
    }
    boolean call = is(i + 1, "(");
    if (LITERAL_WORDS.contains(token.text().toUpperCase(Locale.ROOT))) {
      boolean isType = is(i - 1, "::") || (inCast && is(i - 1, "AS")) || is(i + 1, "ZONE");
      if (!call && !isType && kind(i + 1) != Token.Kind.STRING) {
        replace(token, '"' + token.text() + '"');
      }
    } else if (token.is("LOCALTIMESTAMP") && !call && !is(i - 1, ".")) {
      replace(token, "CURRENT_TIMESTAMP"); // all times are of one zone
    } else if (token.is("MEASURE") && call) {
      replace(token, '"' + token.text() + '"');
    } else if (token.is("INTERVAL") && kind(i + 1) == Token.Kind.STRING) {
      interval(tokens.get(i + 1), i + 2 < tokens.size() ? tokens.get(i + 2) : null, is(i + 3, "("));
    } else if (token.is("FETCH")
        && (is(i + 1, "FIRST") || is(i + 1, "NEXT"))
        && (is(i + 2, "ROW") || is(i + 2, "ROWS"))) {
      changes.add(new Change(tokens.get(i + 1).end(), tokens.get(i + 1).end(), " 1"));
    } else if (token.is("TOP")) {
      top(i);
    } else if ((token.is("LIMIT") || token.is("OFFSET")) && !is(i - 1, ".")) {
      page(i);
    }
  }

  private void interval(Token amount, @Nullable Token next, boolean precise) {
    Matcher whole = AMOUNT.matcher(amount.text());
    boolean hasUnit = next != null && UNIT.matcher(next.text()).matches();
    if (whole.matches() && !hasUnit) {
      String written = whole.group(3).toUpperCase(Locale.ROOT);
      String unit = SHORT_UNITS.getOrDefault(written, written);
      String digits = whole.group(2);
      replace(amount, "'%s%s' %s%s".formatted(whole.group(1), digits, unit, precision(digits)));
      return;
    }
    Matcher number = DIGITS.matcher(amount.text());
    if (next != null && hasUnit && number.matches() && !precise) {
      changes.add(new Change(next.end(), next.end(), precision(number.group(1))));
    }
  }

  private static String precision(String digits) {
    return digits.length() > 2 ? "(" + digits.length() + ")" : "";
  }

  /// What drivers put in for a parameter of LIMIT or OFFSET: a number as a text, in brackets and
  /// with a type or without; or NULL while they ask for the columns alone, which is no limit, as in
  /// PostgreSQL.
  private void page(int i) {
    int at = i + 1;
    boolean brackets = is(at, "(") || is(at, "CAST");
    at += is(at, "CAST") ? 2 : is(at, "(") ? 1 : 0;
    Optional<String> rows = rows(i, at);
    if (rows.isEmpty()) {
      return;
    }
    int end = at;
    if (is(end + 1, "::") || (brackets && is(end + 1, "AS"))) {
      end += 2;
      while (brackets && kind(end + 1) == Token.Kind.WORD) {
        end++;
      }
    }
    end += brackets ? 1 : 0;
    if (end < tokens.size() && (!brackets || is(end, ")"))) {
      changes.add(new Change(tokens.get(i + 1).start(), tokens.get(end).end(), rows.get()));
      for (int inside = at; inside < end; inside++) {
        paged.add(tokens.get(inside));
      }
    }
  }

  private Optional<String> rows(int limit, int at) {
    if (is(at, "NULL")) {
      return Optional.of(is(limit, "LIMIT") ? "ALL" : "0");
    }
    if (kind(at) == Token.Kind.NUMBER && at > limit + 1) {
      return Optional.of(tokens.get(at).text());
    }
    return kind(at) == Token.Kind.STRING
        ? Optional.of(NUMBER.matcher(tokens.get(at).text()))
            .filter(Matcher::matches)
            .map(number -> number.group(1))
        : Optional.empty();
  }

  /// `SELECT [DISTINCT] TOP n`, where nothing else limits the same SELECT.
  private void top(int i) {
    boolean first =
        is(i - 1, "SELECT") || ((is(i - 1, "DISTINCT") || is(i - 1, "ALL")) && is(i - 2, "SELECT"));
    boolean brackets = is(i + 1, "(") && is(i + 3, ")");
    int number = brackets ? i + 2 : i + 1;
    int behind = brackets ? i + 4 : i + 2;
    if (!first
        || kind(number) != Token.Kind.NUMBER
        || is(behind, "PERCENT")
        || is(behind, "WITH")
        || is(behind, ",")
        || is(behind, "FROM")) {
      return;
    }
    endOfSelect(behind)
        .ifPresent(end -> {
          changes.add(new Change(tokens.get(i).start(), tokens.get(behind - 1).end(), ""));
          changes.add(new Change(end, end, " LIMIT " + tokens.get(number).text()));
        });
  }

  private Optional<Integer> endOfSelect(int from) {
    int depth = 0;
    int end = tokens.get(from - 1).end();
    for (int i = from; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
      if (depth < 0 || token.is(";")) {
        break;
      }
      String word = token.text().toUpperCase(Locale.ROOT);
      if (depth == 0
          && token.kind() == Token.Kind.WORD
          && (SET_OPERATORS.contains(word) || LIMITS.contains(word))) {
        return Optional.empty();
      }
      end = token.end();
    }
    return Optional.of(end);
  }

  private boolean is(int index, String word) {
    return index >= 0 && index < tokens.size() && tokens.get(index).is(word);
  }

  private Token.@Nullable Kind kind(int index) {
    return index < tokens.size() ? tokens.get(index).kind() : null;
  }

  private void replace(Token token, String by) {
    changes.add(new Change(token.start(), token.end(), by));
  }

  private void apply() {
    changes.sort(Comparator.comparingInt(Change::start).thenComparingInt(Change::end));
    int at = 0;
    for (Change change : changes) {
      text.append(original, at, change.start()).append(change.text());
      at = change.end();
    }
    text.append(original, at, original.length());
  }

  /// Line and column in the original, counted from 1, of a place in the text.
  public SqlParserPos original(SqlParserPos place) {
    if (changes.isEmpty() || place.getLineNum() < 1) {
      return place;
    }
    int offset = Lines.offset(text(), place.getLineNum(), place.getColumnNum());
    int shift = 0;
    for (Change change : changes) {
      int start = change.start() + shift;
      int longer = change.text().length() - (change.end() - change.start());
      if (offset < start + change.text().length()) {
        offset = Math.min(offset, start);
        break;
      }
      shift += longer;
    }
    return Lines.at(original, offset - shift);
  }
}
