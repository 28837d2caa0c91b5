package io.scorebook.semantic.expression;

import io.scorebook.documents.Suggestions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the parser and the validator say against SQL, in the words of those who wrote it.
public final class SqlWords {
  private static final Pattern AT = Pattern.compile(" at line \\d+, column \\d+");
  private static final Pattern MET = Pattern.compile("Encountered:? \"(.*?)\"(?: .*|\\.|$)");
  private static final Pattern TOP =
      Pattern.compile(
          "\\bTOP\\s*\\(?\\s*[\\d.]+\\s*\\)?\\s*(?:PERCENT|WITH\\s+TIES)\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern ZONE =
      Pattern.compile("\\bAT\\s+TIME\\s+ZONE\\b", Pattern.CASE_INSENSITIVE);
  private static final Pattern DISTINCT_ON =
      Pattern.compile("\\bDISTINCT\\s+ON\\s*\\(", Pattern.CASE_INSENSITIVE);
  private static final Pattern LIKE_ANY =
      Pattern.compile("\\bI?LIKE\\s+(ANY|ALL|SOME)\\b", Pattern.CASE_INSENSITIVE);
  private static final Pattern COLLATE = Pattern.compile("\\bCOLLATE\\b", Pattern.CASE_INSENSITIVE);
  private static final Pattern NOT_GROUPED =
      Pattern.compile("Expression '(.+)' is not being grouped.*");
  private static final Pattern INTERVAL =
      Pattern.compile("\\bINTERVAL\\s*'", Pattern.CASE_INSENSITIVE);
  private static final Pattern CAST =
      Pattern.compile("Cast function cannot convert value of type (\\w+).* to type (\\w+).*");
  private static final Pattern NO_FUNCTION =
      Pattern.compile("No match found for function signature ([^(]+)\\((.*)\\)");
  private static final Pattern WRONG_TYPES =
      Pattern.compile("Cannot apply '([^']*)' to arguments of type '(.*?)'\\. Supported.*");
  private static final Pattern WRONG_NUMBER =
      Pattern.compile(
          "Invalid number of arguments to function '([^']+)'\\. Was expecting (\\d+) arguments");
  private static final Pattern TYPE = Pattern.compile("<([^<>(]+)");

  /// What only those know who know how it is done here.
  private static final Pattern INTERNAL =
      Pattern.compile(
          "org\\.apache|\\bRe[lx][A-Z]|Logical[A-Z]|Sql[A-Z]|[Ee]xception|\\bnull\\b|while converting"
              + "|<[A-Z_]+>|RecordType|MEASURE|\\$");

  private SqlWords() {}

  /// Why a text cannot be parsed.
  ///
  /// @param sql the text as it was written
  public static String syntax(@Nullable String message, String sql) {
    if (TOP.matcher(sql).find()) {
      return "TOP is read with a number of rows alone; write LIMIT, or QUALIFY PERCENT_RANK() OVER (ORDER BY ...) <= 0.1";
    }
    String line = AT.matcher(firstLine(message)).replaceFirst("");
    if (line.contains("\"TIME\"") || line.contains("\"AT\"")) {
      if (ZONE.matcher(sql).find()) {
        return "AT TIME ZONE is not read; leave it out: times are of UTC";
      }
    }
    if (line.contains("'ON'") && DISTINCT_ON.matcher(sql).find()) {
      return "DISTINCT ON is not read; write QUALIFY ROW_NUMBER() OVER (PARTITION BY ... ORDER BY ...) = 1";
    }
    if (line.contains("'LIKE'") && LIKE_ANY.matcher(sql).find()) {
      return "LIKE ANY is not read; write name LIKE 'A%' OR name LIKE 'B%'";
    }
    if (COLLATE.matcher(sql).find()) {
      return "COLLATE is not read; leave it out: texts are in the order of their code points";
    }
    if (line.contains("Encountered \"\\'") && INTERVAL.matcher(sql).find()) {
      return "an interval is read as one whole number and its unit; write INTERVAL '1 day' + INTERVAL '2 hours'";
    }
    Matcher met = MET.matcher(line);
    if (!met.find()) {
      return safe(line);
    }
    String word = met.group(1).replace("\\", "").strip().split("\\s+", 2)[0];
    return switch (word) {
      case "<EOF>" -> "it ends where more must follow";
      case "'", "\"" -> "a quote is opened and not closed";
      case "" -> "it cannot go on so";
      default -> "it cannot go on with '%s'".formatted(word);
    };
  }

  /// A function that there is not, or not of such values.
  ///
  /// @param suggestions names that may have been meant
  public record NoFunction(String name, String message, List<String> suggestions) {}

  /// The function that a message is about; empty where something else is wrong.
  public static Optional<NoFunction> function(@Nullable String message) {
    Matcher unknown = NO_FUNCTION.matcher(firstLine(message));
    if (!unknown.lookingAt()) {
      return Optional.empty();
    }
    String name = unknown.group(1).strip().toUpperCase(Locale.ROOT);
    return Optional.of(
        Functions.names().contains(name)
            ? new NoFunction(
                name,
                "Cannot use the function '%s' of %s; CAST what is not of the right type"
                    .formatted(name, types(unknown.group(2))),
                List.of())
            : new NoFunction(
                name,
                "Cannot find the function '%s'; %s"
                    .formatted(name, Suggestions.clause(name, Functions.names())),
                Suggestions.similar(name, Functions.names())));
  }

  /// Why a text that is SQL means nothing; a sentence of its own where it begins with "Cannot".
  public static String meaning(@Nullable String message) {
    String line = firstLine(message);
    Optional<NoFunction> function = function(line);
    if (function.isPresent()) {
      return function.get().message();
    }
    if (line.equals("subQuery")) {
      return "Cannot use IN or a subquery at this place; select it in a subquery, and group or order around it";
    }
    Matcher types = WRONG_TYPES.matcher(line);
    if (types.lookingAt()) {
      return types.group(1).contains("SCALAR_QUERY")
          ? "Cannot use a query of several columns as one value; select one column"
          : types.group(1).equals("ITEM")
              ? "Cannot take a part of a value with brackets; there are functions such as SUBSTRING"
              : "Cannot use '%s' of %s; %s"
                  .formatted(
                      types.group(1),
                      types(types.group(2)),
                      instead(types.group(1), types(types.group(2))));
    }
    Matcher cast = CAST.matcher(line);
    if (cast.matches()) {
      return "Cannot cast a %s to %s%s"
          .formatted(
              cast.group(1),
              cast.group(2),
              cast.group(1).equals("BOOLEAN")
                  ? "; write CASE WHEN x THEN 1 WHEN NOT x THEN 0 END"
                  : "");
    }
    Matcher alone = NOT_GROUPED.matcher(line);
    if (alone.matches()) {
      return "Cannot use '%s' beside groups: add it to GROUP BY, or write AGGREGATE(%s) of a metric"
          .formatted(alone.group(1), alone.group(1));
    }
    Matcher number = WRONG_NUMBER.matcher(line);
    if (number.lookingAt()) {
      return "Cannot use '%s' with other than %s argument%s"
          .formatted(number.group(1), number.group(2), number.group(2).equals("1") ? "" : "s");
    }
    return safe(line);
  }

  private static String instead(String operator, String types) {
    return switch (operator + " " + types) {
      case "+ DATE and INTEGER", "+ INTEGER and DATE", "+ DATE and BIGINT", "+ BIGINT and DATE" ->
          "write DATEADD(day, 5, date) or date + INTERVAL '5' DAY";
      case "- DATE and INTEGER", "- DATE and BIGINT" ->
          "write DATEADD(day, -5, date) or date - INTERVAL '5' DAY";
      case "- DATE and DATE",
          "- TIMESTAMP and TIMESTAMP",
          "- TIMESTAMP and DATE",
          "- DATE and TIMESTAMP" ->
          "write DATEDIFF(day, start, end), or of another unit";
      case "+ DATE and TIME", "+ TIME and DATE" ->
          "write CAST(date AS TIMESTAMP) + INTERVAL '10' HOUR";
      default -> "CAST what is not of the right type";
    };
  }

  private static String types(String written) {
    List<String> types =
        TYPE.matcher(written)
            .results()
            .map((MatchResult type) -> type.group(1).strip())
            .filter(type -> !type.startsWith("INTERVAL"))
            .toList();
    return types.isEmpty() ? "nothing" : String.join(" and ", types);
  }

  private static String safe(String message) {
    return message.isBlank() || INTERNAL.matcher(message).find()
        ? "it is no SQL that is understood here; see the functions and forms that there are"
        : message.replace("`", "");
  }

  private static String firstLine(@Nullable String message) {
    return message == null ? "" : message.lines().findFirst().orElse("");
  }
}
