package io.scorebook.domains.expected;

import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The keys by which one block of hand-written SQL is grouped.
record Grouping(List<String> keys) {
  private static final Set<String> GRAINS = Set.of("day", "week", "month", "quarter", "year");
  private static final Set<String> PLAYER = Set.of("player", "player_id");

  /// `()`, or names with commas between them.
  static Grouping parse(String text) {
    return new Grouping(text.equals("()") ? List.of() : List.of(text.split(", ", -1)));
  }

  /// The question with these keys as its dimensions.
  String into(String question) {
    String dimensions = keys.stream().map("\"%s\""::formatted).collect(Collectors.joining(", "));
    return "{\"dimensions\": [%s], %s".formatted(dimensions, question.substring(1));
  }

  String expand(String sql) {
    return sql.replace("${keys}", each(i -> column(keys.get(i - 1)) + " as k" + i + ", "))
        .replace("${k}", each(i -> "k" + i + ", "))
        .replace("${, k}", each(i -> ", k" + i + " nulls last"))
        .replace(
            "${either}",
            each(i -> "coalesce(of_teams.k%1$d, of_players.k%1$d) as k%1$d, ".formatted(i)))
        .replace(
            "${match}",
            "true"
                + each(
                    i -> " and of_teams.k%1$d is not distinct from of_players.k%1$d".formatted(i)))
        .replace("${untimed}", "true" + equal(key -> !key.equals("season") && !isOfDate(key)))
        .replace("${kept}", "true" + equal(key -> key.equals("team") || key.equals("season")))
        .replace("${others}", each(i -> PLAYER.contains(keys.get(i - 1)) ? "" : "k" + i + ", "));
  }

  /// Those of the keys are equal in a row of `looked`, which has the columns under their own names.
  private String equal(Predicate<String> chosen) {
    return each(i -> {
      String key = keys.get(i - 1);
      return chosen.test(key)
          ? " and shown.k%d is not distinct from looked.%s".formatted(i, key)
          : "";
    });
  }

  private static boolean isOfDate(String key) {
    return key.equals("date") || key.startsWith("date.");
  }

  private String each(IntFunction<String> text) {
    return IntStream.rangeClosed(1, keys.size()).mapToObj(text).collect(Collectors.joining());
  }

  private static String column(String key) {
    int dot = key.indexOf('.');
    if (dot < 0) {
      return key;
    }
    String grain =
        Stream.of(key.substring(dot + 1)).filter(GRAINS::contains).findFirst().orElseThrow();
    return "cast(date_trunc('%s', %s) as date)".formatted(grain, key.substring(0, dot));
  }

  @Override
  public String toString() {
    return keys.isEmpty() ? "nothing" : String.join(", ", keys);
  }
}
