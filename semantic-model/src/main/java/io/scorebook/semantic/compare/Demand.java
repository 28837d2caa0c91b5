package io.scorebook.semantic.compare;

import java.util.Optional;
import java.util.regex.Pattern;

/// The version that the changes of a model or a product ask for.
///
/// @param of `model shop`, `product standings`
/// @param level the strongest of its changes
/// @param least the lowest version that says so
/// @param isMet whether the version is that, or higher
public record Demand(
    String of, String before, String after, Level level, String least, boolean isMet) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,9})\\.(\\d{1,9})\\.(\\d{1,9})");

  /// @param level the strongest change; absent where there is none, and nothing is asked for
  public static Optional<Demand> of(String of, String before, String after, Optional<Level> level) {
    return level.map(asked -> {
      int[] old = parts(before);
      int[] now = parts(after);
      int[] least =
          switch (asked) {
            case MAJOR -> new int[] {old[0] + 1, 0, 0};
            case MINOR -> new int[] {old[0], old[1] + 1, 0};
            case PATCH -> new int[] {old[0], old[1], old[2] + 1};
          };
      return new Demand(
          of,
          before,
          after,
          asked,
          "%d.%d.%d".formatted(least[0], least[1], least[2]),
          java.util.Arrays.compare(now, least) >= 0);
    });
  }

  private static int[] parts(String version) {
    var matcher = FORM.matcher(version);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("Invalid version: " + version);
    }
    return new int[] {
      Integer.parseInt(matcher.group(1)),
      Integer.parseInt(matcher.group(2)),
      Integer.parseInt(matcher.group(3))
    };
  }
}
