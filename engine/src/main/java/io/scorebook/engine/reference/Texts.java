package io.scorebook.engine.reference;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.calcite.linq4j.function.SemiStrict;
import org.jspecify.annotations.Nullable;

/// Functions of texts, whose characters are code points; compiled expressions call them. NULL of
/// any NULL.
@SemiStrict
public final class Texts {
  /// The dialect of DuckDB's patterns, which has no look-ahead and no back-reference.
  private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

  private Texts() {}

  public static Long length(String text) {
    return (long) text.codePointCount(0, text.length());
  }

  public static String upper(String text) {
    return text.codePoints()
        .map(c -> c == 'ß' ? 'ẞ' : Character.toUpperCase(c))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  public static String lower(String text) {
    return text.codePoints()
        .map(Character::toLowerCase)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  public static String trim(String text, String characters) {
    return ltrim(rtrim(text, characters), characters);
  }

  public static String ltrim(String text, String characters) {
    int from = 0;
    while (from < text.length() && characters.indexOf(text.codePointAt(from)) >= 0) {
      from += Character.charCount(text.codePointAt(from));
    }
    return text.substring(from);
  }

  public static String rtrim(String text, String characters) {
    int to = text.length();
    while (to > 0 && characters.indexOf(text.codePointBefore(to)) >= 0) {
      to -= Character.charCount(text.codePointBefore(to));
    }
    return text.substring(0, to);
  }

  /// The first characters; of a negative count all but so many of the last.
  public static String left(String text, Long count) {
    long length = length(text);
    return between(text, 0, count < 0 ? length + count : count);
  }

  /// The last characters; of a negative count all but so many of the first.
  public static String right(String text, Long count) {
    long length = length(text);
    return between(text, count < 0 ? -count : length - count, length);
  }

  public static String substringFrom(String text, Long start) {
    return between(text, start - 1, length(text));
  }

  /// The characters at the places from the start on; there are none before place 1.
  public static String substring(String text, Long start, Long count) {
    if (count < 0) {
      throw new ArithmeticException("negative substring length");
    }
    return between(text, start - 1, start - 1 + count);
  }

  private static String between(String text, long from, long to) {
    long length = length(text);
    int first = Math.toIntExact(Math.clamp(from, 0, length));
    int last = Math.toIntExact(Math.clamp(to, first, length));
    return text.substring(text.offsetByCodePoints(0, first), text.offsetByCodePoints(0, last));
  }

  public static String replace(String text, String from, String to) {
    return from.isEmpty() ? text : text.replace(from, to);
  }

  /// The part between delimiters, the last being -1; empty where there is none.
  public static String splitPart(String text, String delimiter, Long part) {
    if (part == 0) {
      throw new ArithmeticException("there is no part 0 of a text");
    }
    String[] parts =
        delimiter.isEmpty()
            ? new String[] {text}
            : text.split(java.util.regex.Pattern.quote(delimiter), -1);
    long at = part > 0 ? part - 1 : parts.length + part;
    return at < 0 || at >= parts.length ? "" : parts[(int) at];
  }

  /// From 1; 0 where it is not there.
  public static Long position(String text, String part) {
    int at = text.indexOf(part);
    return at < 0 ? 0L : text.codePointCount(0, at) + 1L;
  }

  public static Boolean contains(String text, String part) {
    return text.contains(part);
  }

  public static Boolean startsWith(String text, String prefix) {
    return text.startsWith(prefix);
  }

  public static Boolean endsWith(String text, String suffix) {
    return text.endsWith(suffix);
  }

  public static Boolean regexpLike(String text, String pattern) {
    return matcher(text, pattern).find();
  }

  public static Long regexpCount(String text, String pattern) {
    Matcher matcher = matcher(text, pattern);
    long count = 0;
    while (matcher.find()) {
      count++;
    }
    return count;
  }

  public static @Nullable String regexpExtract(String text, String pattern) {
    Matcher matcher = matcher(text, pattern);
    return matcher.find() ? matcher.group() : null;
  }

  private static Matcher matcher(String text, String pattern) {
    return PATTERNS.computeIfAbsent(pattern, Texts::compile).matcher(text);
  }

  private static Pattern compile(String pattern) {
    try {
      return Pattern.compile(pattern);
    } catch (com.google.re2j.PatternSyntaxException e) {
      throw new ArithmeticException("invalid pattern: " + e.getMessage());
    }
  }
}
