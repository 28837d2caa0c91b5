package io.scorebook.gateway.cli;

import io.scorebook.semantic.question.Filter;
import io.scorebook.semantic.question.Filter.Op;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Conditions and grouping sets as a command line writes them.
final class Conditions {
  private static final Pattern COMPARISON =
      Pattern.compile("\\s*([\\w.]+)\\s*(<=|>=|!=|<>|=|<|>)\\s*(.+?)\\s*", Pattern.DOTALL);
  private static final Pattern LIST =
      Pattern.compile(
          "\\s*([\\w.]+)\\s+(not\\s+in|notIn|in)\\s*\\((.*)\\)\\s*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern NULL =
      Pattern.compile(
          "\\s*([\\w.]+)\\s+(is\\s+not\\s+null|is\\s+null|isNotNull|isNull)\\s*",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern WORD =
      Pattern.compile(
          "\\s*([\\w.]+)\\s+(contains|startsWith)\\s+(.+?)\\s*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern ITEM = Pattern.compile("\\s*('(?:[^']|'')*'|[^,']+?)\\s*(,|$)");
  private static final Pattern SET = Pattern.compile("\\s*\\(([^()]*)\\)\\s*(,|$)");

  private Conditions() {}

  /// `season>=2018`, `team in (BOS,GSW)`, `player startsWith 'Le'`, `points is not null`.
  ///
  /// @throws IllegalArgumentException for what is none of these
  static Filter filter(String text) {
    Matcher nulls = NULL.matcher(text);
    if (nulls.matches()) {
      boolean not = nulls.group(2).toLowerCase(java.util.Locale.ROOT).contains("not");
      return new Filter.Comparison(nulls.group(1), not ? Op.IS_NOT_NULL : Op.IS_NULL, List.of());
    }
    Matcher list = LIST.matcher(text);
    if (list.matches()) {
      boolean not = list.group(2).toLowerCase(java.util.Locale.ROOT).startsWith("not");
      return new Filter.Comparison(
          list.group(1), not ? Op.NOT_IN : Op.IN, items(text, list.group(3)));
    }
    Matcher word = WORD.matcher(text);
    if (word.matches()) {
      Op op = word.group(2).equalsIgnoreCase("contains") ? Op.CONTAINS : Op.STARTS_WITH;
      return new Filter.Comparison(
          word.group(1), op, List.<@Nullable Object>of(unquoted(word.group(3))));
    }
    Matcher comparison = COMPARISON.matcher(text);
    if (comparison.matches()) {
      String symbol = comparison.group(2).equals("<>") ? "!=" : comparison.group(2);
      return new Filter.Comparison(
          comparison.group(1),
          Op.find(symbol).orElseThrow(),
          List.<@Nullable Object>of(value(comparison.group(3))));
    }
    throw new IllegalArgumentException(
        ("Cannot read the condition '%s'; write it as season>=2018, team=BOS, team in (BOS,GSW),"
                + " player startsWith 'Le' or points is not null")
            .formatted(text));
  }

  private static List<@Nullable Object> items(String text, String list) {
    var values = new ArrayList<@Nullable Object>();
    Matcher item = ITEM.matcher(list);
    int at = 0;
    while (at < list.length() && item.region(at, list.length()).lookingAt()) {
      values.add(value(item.group(1)));
      at = item.end();
    }
    if (at < list.length() || values.isEmpty() || list.stripTrailing().endsWith(",")) {
      throw new IllegalArgumentException(
          "Cannot read the list in the condition '%s'".formatted(text));
    }
    return values;
  }

  /// A number, a boolean, or a text with or without quotes; a number in quotes is a text.
  private static Object value(String text) {
    if (text.startsWith("'")) {
      return unquoted(text);
    } else if (text.matches("[+-]?\\d+")) {
      var number = new BigInteger(text);
      return number.bitLength() < 64 ? (Object) number.longValue() : number;
    } else if (text.matches("[+-]?\\d+\\.\\d+")) {
      return new BigDecimal(text);
    } else if (text.equals("true") || text.equals("false")) {
      return Boolean.valueOf(text);
    }
    return text;
  }

  private static String unquoted(String text) {
    if (!text.startsWith("'")) {
      return text;
    }
    if (text.length() < 2 || !text.matches("(?s)'(?:[^']|'')*'")) {
      throw new IllegalArgumentException(
          "Cannot read the text %s: a quote is open".formatted(text));
    }
    return text.substring(1, text.length() - 1).replace("''", "'");
  }

  /// `(team,season),(team),()`.
  ///
  /// @throws IllegalArgumentException for what is no list of sets
  static List<List<String>> groupingSets(String text) {
    var sets = new ArrayList<List<String>>();
    Matcher set = SET.matcher(text);
    int at = 0;
    while (at < text.length() && set.region(at, text.length()).lookingAt()) {
      sets.add(
          set.group(1).isBlank()
              ? List.of()
              : java.util.Arrays.stream(set.group(1).split(",", -1)).map(String::strip).toList());
      at = set.end();
    }
    if (at < text.length() || sets.isEmpty() || text.stripTrailing().endsWith(",")) {
      throw new IllegalArgumentException(
          "Cannot read the grouping sets '%s'; write them as (team,season),(team),()"
              .formatted(text));
    }
    return sets;
  }
}
