package io.scorebook.gateway.session;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A pattern of SQL's LIKE, by which clients choose among names: `%`, `_`, and a backslash before
/// either. A name is looked at in no more steps than it and the pattern are long, multiplied: by a
/// regular expression a pattern of many `%` would take for ever.
public final class LikePattern implements Predicate<String> {
  /// @param c absent for any
  private record Step(@Nullable Integer c, boolean isMany) {
    private static final Step MANY = new Step(null, true);
    private static final Step ONE = new Step(null, false);

    boolean takes(int other) {
      return c == null || c == other;
    }
  }

  private final List<Step> steps;

  private LikePattern(List<Step> steps) {
    this.steps = List.copyOf(steps);
  }

  /// @param pattern without one all names match
  public static LikePattern of(@Nullable String pattern) {
    if (pattern == null) {
      return new LikePattern(List.of(Step.MANY));
    }
    int[] characters = pattern.codePoints().toArray();
    var steps = new ArrayList<Step>();
    for (int i = 0; i < characters.length; i++) {
      int c = characters[i];
      if (c == '\\' && i + 1 < characters.length) {
        i++;
        steps.add(new Step(characters[i], false));
      } else if (c == '%') {
        steps.add(Step.MANY);
      } else {
        steps.add(c == '_' ? Step.ONE : new Step(c, false));
      }
    }
    return new LikePattern(steps);
  }

  @Override
  public boolean test(String name) {
    int[] characters = name.codePoints().toArray();
    int step = 0;
    int at = 0;
    int many = -1; // the last % that was met ...
    int behind = 0; // ... and where what it takes ends
    while (at < characters.length) {
      if (step < steps.size() && steps.get(step).isMany()) {
        many = step;
        behind = at;
        step++;
      } else if (step < steps.size() && steps.get(step).takes(characters[at])) {
        step++;
        at++;
      } else if (many >= 0) {
        behind++;
        at = behind;
        step = many + 1;
      } else {
        return false;
      }
    }
    return steps.subList(step, steps.size()).stream().allMatch(Step::isMany);
  }
}
