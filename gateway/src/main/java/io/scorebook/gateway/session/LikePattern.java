package io.scorebook.gateway.session;

import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A pattern of SQL's LIKE, by which clients choose among names: `%`, `_`, and a backslash before
/// either.
public final class LikePattern implements Predicate<String> {
  private final Pattern regex;

  private LikePattern(Pattern regex) {
    this.regex = regex;
  }

  /// @param pattern without one all names match
  public static LikePattern of(@Nullable String pattern) {
    if (pattern == null) {
      return new LikePattern(Pattern.compile(".*", Pattern.DOTALL));
    }
    var regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '\\' && i + 1 < pattern.length()) {
        i++;
        regex.append(Pattern.quote(String.valueOf(pattern.charAt(i))));
      } else if (c == '%') {
        regex.append(".*");
      } else if (c == '_') {
        regex.append('.');
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return new LikePattern(Pattern.compile(regex.toString(), Pattern.DOTALL));
  }

  @Override
  public boolean test(String name) {
    return regex.matcher(name).matches();
  }
}
