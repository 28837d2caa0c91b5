package io.scorebook.gateway.modeltest;

import io.scorebook.documents.Value.Scalar;
import io.scorebook.engine.rehearsal.Rehearsed;
import io.scorebook.gateway.modeltest.MetricTest.Expected;
import io.scorebook.gateway.wire.Values;
import io.scorebook.semantic.plan.Plan.OutputColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Holds the rows of an answer against those expected.
///
/// Columns are found by their names, in any order. Rows are held against each other in order where
/// the question says one, else in any.
final class Comparison {
  private final List<String> columns;
  private final List<List<Scalar>> expected;
  private final List<List<@Nullable Object>> answered = new ArrayList<>();

  private Comparison(Expected.Rows expected, Rehearsed.Answered answer, int[] places) {
    this.columns = expected.columns();
    this.expected = expected.rows();
    for (@Nullable Object[] row : answer.rows()) {
      var picked = new ArrayList<@Nullable Object>();
      Arrays.stream(places).forEach(place -> picked.add(row[place]));
      answered.add(picked);
    }
  }

  /// What differs, in lines to print; empty where nothing does.
  static Optional<List<String>> difference(Expected.Rows expected, Rehearsed.Answered answer) {
    if (expected.columns().isEmpty() && expected.rows().isEmpty()) {
      return answer.rows().isEmpty()
          ? Optional.empty()
          : Optional.of(List.of("expected no rows, answered %d".formatted(answer.rows().size())));
    }
    List<String> names =
        answer.columns().stream().map(OutputColumn::name).map(Comparison::lower).toList();
    List<String> wanted = expected.columns().stream().map(Comparison::lower).toList();
    if (!names.stream().sorted().toList().equals(wanted.stream().sorted().toList())) {
      return Optional.of(
          List.of(
              "expected the columns %s".formatted(String.join(", ", expected.columns())),
              "answered the columns "
                  + String.join(", ", answer.columns().stream().map(OutputColumn::name).toList())));
    }
    int[] places = wanted.stream().mapToInt(names::indexOf).toArray();
    var comparison = new Comparison(expected, answer, places);
    List<Pair> pairs = answer.isOrdered() ? comparison.inOrder() : comparison.inAnyOrder();
    return pairs.stream().allMatch(Pair::agrees)
        ? Optional.empty()
        : Optional.of(comparison.sideBySide(pairs));
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /// A row of each side, or -1 where the other side has none for it.
  private record Pair(int expected, int answered, boolean agrees) {}

  private boolean agree(int left, int right) {
    return Agreement.holds(expected.get(left), answered.get(right));
  }

  /// The longest agreeing rows in the order of both; what is between them is paired as it comes.
  private List<Pair> inOrder() {
    int[][] length = new int[expected.size() + 1][answered.size() + 1];
    for (int left = expected.size() - 1; left >= 0; left--) {
      for (int right = answered.size() - 1; right >= 0; right--) {
        length[left][right] =
            agree(left, right)
                ? length[left + 1][right + 1] + 1
                : Math.max(length[left + 1][right], length[left][right + 1]);
      }
    }
    var pairs = new ArrayList<Pair>();
    int left = 0;
    int right = 0;
    List<Integer> missing = new ArrayList<>();
    List<Integer> surplus = new ArrayList<>();
    while (left < expected.size() && right < answered.size()) {
      if (agree(left, right)) {
        addLeftover(missing, surplus, pairs);
        pairs.add(new Pair(left++, right++, true));
      } else if (length[left + 1][right] >= length[left][right + 1]) {
        missing.add(left++);
      } else {
        surplus.add(right++);
      }
    }
    while (left < expected.size()) {
      missing.add(left++);
    }
    while (right < answered.size()) {
      surplus.add(right++);
    }
    addLeftover(missing, surplus, pairs);
    return pairs;
  }

  private List<Pair> inAnyOrder() {
    List<Integer> missing = new ArrayList<>();
    List<Integer> surplus = new ArrayList<>();
    for (int right = 0; right < answered.size(); right++) {
      surplus.add(right);
    }
    var pairs = new ArrayList<Pair>();
    for (int row = 0; row < expected.size(); row++) {
      int left = row;
      Optional<Integer> found = surplus.stream().filter(right -> agree(left, right)).findFirst();
      found.ifPresent(right -> {
        pairs.add(new Pair(left, right, true));
        surplus.remove(right);
      });
      if (found.isEmpty()) {
        missing.add(left);
      }
    }
    addLeftover(missing, surplus, pairs);
    return pairs;
  }

  private static void addLeftover(List<Integer> missing, List<Integer> surplus, List<Pair> pairs) {
    for (int i = 0; i < Math.max(missing.size(), surplus.size()); i++) {
      pairs.add(
          new Pair(
              i < missing.size() ? missing.get(i) : -1,
              i < surplus.size() ? surplus.get(i) : -1,
              false));
    }
    missing.clear();
    surplus.clear();
  }

  private List<String> sideBySide(List<Pair> pairs) {
    var left = new Side(columns);
    var right = new Side(columns);
    for (Pair pair : pairs) {
      left.add(
          pair.expected() < 0
              ? List.of()
              : expected.get(pair.expected()).stream()
                  .map(scalar -> scalar.isNull() ? "NULL" : scalar.text())
                  .toList());
      right.add(
          pair.answered() < 0
              ? List.of()
              : answered.get(pair.answered()).stream()
                  .map(value -> value == null ? "NULL" : Values.text(value))
                  .toList());
    }
    var lines = new ArrayList<String>();
    String gap = " ".repeat(Math.max(0, left.width() - "expected".length()));
    lines.add("  expected" + gap + "   | answered");
    for (int i = 0; i <= pairs.size(); i++) {
      String mark = i == 0 || pairs.get(i - 1).agrees() ? "  " : "! ";
      lines.add((mark + left.line(i) + "   | " + right.line(i)).stripTrailing());
    }
    return lines;
  }
}
