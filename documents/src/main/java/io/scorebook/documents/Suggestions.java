package io.scorebook.documents;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;

/// "Did you mean ...?" for a name that was not found.
public final class Suggestions {
  private static final int MOST = 3;

  /// A reader takes in no longer list.
  private static final int LISTED = 12;

  private Suggestions() {}

  /// The known names that a writer of `name` may have meant, the nearest first, at most three.
  public static List<String> similar(String name, Collection<String> known) {
    String wanted = name.toLowerCase(Locale.ROOT);
    int tolerance =
        wanted.length() < 4 ? 1 : Math.max(2, wanted.length() / 3); // 2: a transposition
    var distance = new LevenshteinDistance(tolerance);
    return known.stream()
        .distinct()
        .filter(candidate -> nearness(distance, wanted, candidate) <= tolerance)
        .sorted(
            Comparator.comparingInt((String candidate) -> nearness(distance, wanted, candidate))
                .thenComparing(Comparator.naturalOrder()))
        .limit(MOST)
        .toList();
  }

  /// The clause for a message, `did you mean 'wins'?`, or the list of what there is where nothing
  /// is near.
  public static String clause(String name, Collection<String> known) {
    List<String> similar = similar(name, known);
    if (!similar.isEmpty()) {
      return "did you mean " + quoted(similar) + "?";
    }
    List<String> sorted = known.stream().distinct().sorted().toList();
    return sorted.isEmpty()
        ? "there is none"
        : sorted.size() <= LISTED
            ? "there is " + quoted(sorted)
            : "there is %s and %d more"
                .formatted(quoted(sorted.subList(0, LISTED)), sorted.size() - LISTED);
  }

  private static String quoted(List<String> names) {
    return names.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
  }

  /// A misspelling, or the beginning of a longer name.
  private static int nearness(LevenshteinDistance distance, String wanted, String candidate) {
    String lower = candidate.toLowerCase(Locale.ROOT);
    if (wanted.length() >= 3 && (lower.startsWith(wanted) || wanted.startsWith(lower))) {
      return 1;
    }
    int edits = distance.apply(wanted, lower);
    return edits < 0 ? Integer.MAX_VALUE : edits;
  }
}
