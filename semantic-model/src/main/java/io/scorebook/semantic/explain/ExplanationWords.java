package io.scorebook.semantic.explain;

import io.scorebook.semantic.explain.Explanation.Definition;
import io.scorebook.semantic.explain.Explanation.Effect;
import io.scorebook.semantic.explain.Explanation.Filter;
import io.scorebook.semantic.explain.Explanation.Join;
import io.scorebook.semantic.explain.Explanation.Leaf;
import io.scorebook.semantic.explain.Explanation.Part;
import io.scorebook.semantic.explain.Explanation.Reach;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// An explanation in words, for an analyst.
public final class ExplanationWords {
  private final List<String> lines = new ArrayList<>();
  private final Function<Join, String> known;

  private ExplanationWords(Function<Join, String> known) {
    this.known = known;
  }

  /// @param known what the data says of a join's far side, to stand behind what the model says;
  ///   empty for nothing
  public static String of(Explanation explanation, Function<Join, String> known) {
    var words = new ExplanationWords(known);
    if (!explanation.definitions().isEmpty()) {
      words.lines.add("Metrics");
      explanation.definitions().forEach(words::definition);
    }
    explanation.parts().forEach(words::part);
    if (explanation.parts().isEmpty()) {
      words.lines.add("Nothing is asked of the model: no row can come out, whatever the data");
    }
    return String.join("\n", words.lines) + "\n";
  }

  private void definition(Definition definition) {
    add(1, definition.name() + ": " + definition.meaning());
    definition.description().ifPresent(text -> add(2, "described as: " + text));
    add(2, "%s = %s".formatted(definition.name(), definition.expression()));
    if (!definition.madeOf().isEmpty()) {
      add(2, "made of " + String.join(", ", definition.madeOf()));
    }
    definition.leaves().forEach(leaf -> add(2, "computes " + leaf(leaf)));
  }

  private static String leaf(Leaf leaf) {
    return "%s, of rows of %s%s"
        .formatted(
            leaf.aggregate(),
            leaf.fact(),
            leaf.filter().map(filter -> " where " + filter).orElse(""));
  }

  private void part(Part part) {
    lines.add("");
    lines.add(
        part.metrics().isEmpty()
            ? "Rows of " + String.join(", ", part.facts())
            : "Computed: " + String.join(", ", part.metrics()));
    if (part.groupingSets().size() > 1) {
      add(
          1,
          "grouped by "
              + part.groupingSets().stream()
                  .map(set -> "(" + String.join(", ", set) + ")")
                  .collect(Collectors.joining(", "))
              + ": each set gives rows of its own, from the facts' rows");
    } else if (!part.groupBy().isEmpty()) {
      add(1, "grouped by " + String.join(", ", part.groupBy()));
    } else if (!part.metrics().isEmpty()) {
      add(1, "not grouped: one row");
    }
    part.reaches().forEach(this::reach);
    part.filters().forEach(filter -> add(1, "where " + filter(filter)));
    part.rewrites().forEach(rewrite -> add(1, "note: " + rewrite.what()));
  }

  private void reach(Reach reach) {
    add(1, "%s, from %s: %s".formatted(reach.name(), reach.fact(), reach.path()));
    for (Join join : reach.joins()) {
      String evidence = known.apply(join);
      add(2, join(join) + (evidence.isEmpty() ? "" : ", " + evidence));
    }
    reach.rejected().forEach(other -> add(2, "not %s: %s".formatted(other.path(), other.reason())));
  }

  private static String join(Join join) {
    return "many %s to one %s by (%s) = (%s), %s"
        .formatted(
            join.from(),
            join.to(),
            String.join(", ", join.fromColumns()),
            String.join(", ", join.toColumns()),
            switch (join.declared()) {
              case PRIMARY_KEY -> "declared as the primary key";
              case UNIQUE_KEY -> "declared as a unique key";
              case RELATIONSHIP -> "declared by the relationship alone";
            });
  }

  private static String filter(Filter filter) {
    String exceptions =
        filter.exceptions().entrySet().stream()
            .map(other -> "; for %s %s".formatted(other.getKey(), effect(other.getValue())))
            .collect(Collectors.joining());
    return "%s: chooses %s%s".formatted(filter.condition(), effect(filter.effect()), exceptions);
  }

  private static String effect(Effect effect) {
    return switch (effect) {
      case ROWS -> "rows";
      case GROUPS -> "groups, after all is computed";
      case PERIODS -> "the periods that are shown";
      case NOTHING -> "nothing";
    };
  }

  private void add(int depth, String line) {
    lines.add("  ".repeat(depth) + line);
  }
}
