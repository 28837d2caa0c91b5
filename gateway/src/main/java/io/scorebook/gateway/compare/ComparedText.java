package io.scorebook.gateway.compare;

import io.scorebook.engine.compare.ValueChange;
import io.scorebook.engine.compare.ValueChange.Difference;
import io.scorebook.engine.compare.ValueChange.Example;
import io.scorebook.engine.compare.ValueChange.Groups;
import io.scorebook.engine.compare.ValueChange.Value;
import io.scorebook.gateway.wire.Values;
import io.scorebook.semantic.compare.Change;
import io.scorebook.semantic.compare.Demand;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// In words, the breaking changes first.
public final class ComparedText {
  private ComparedText() {}

  public static String of(Compared compared) {
    var text = new StringBuilder();
    for (Change change : compared.comparison().changes()) {
      text.append("%s: %s%n".formatted(change.at(), change));
      boolean isInTheMessage =
          switch (change.what()) {
            case RENAMED, ADDED, REMOVED -> true;
            case RETYPED, GRAIN, FORMULA, REACH, ACCESS, STATUS, WORDS -> false;
          };
      if (!isInTheMessage && change.through().isEmpty()) {
        change.before().ifPresent(was -> text.append("    was  %s%n".formatted(was)));
        change.after().ifPresent(is -> text.append("    is   %s%n".formatted(is)));
      }
    }
    for (Demand demand : compared.comparison().demands()) {
      text.append(
          "%s: %s changes; %s -> %s%s%n"
              .formatted(
                  demand.of(),
                  demand.level().word(),
                  demand.before(),
                  demand.after(),
                  demand.isMet() ? "" : ", should be %s or above".formatted(demand.least())));
    }
    compared.values().ifPresent(values -> values(values, text));
    if (compared.comparison().changes().isEmpty()) {
      text.append("No change%n".formatted());
    }
    return text.toString();
  }

  private static void values(Compared.Values values, StringBuilder text) {
    if (values.changes().isEmpty()) {
      return;
    }
    if (values.snapshots().isEmpty()) {
      text.append("Values: no table of the domain has data in this home%n".formatted());
      return;
    }
    text.append(
        "Values over %s%n"
            .formatted(
                values.snapshots().entrySet().stream()
                    .map(one -> "snapshot %d of %s".formatted(one.getValue(), one.getKey()))
                    .collect(Collectors.joining(", "))));
    for (ValueChange change : values.changes()) {
      text.append("  %s: in total %s%n".formatted(change.metric(), words(change.total())));
      change.groups().ifPresent(groups -> groups(groups, text));
    }
  }

  private static void groups(Groups groups, StringBuilder text) {
    String by = String.join(", ", groups.keys());
    if (groups.refused().isPresent()) {
      text.append("    by %s: %s%n".formatted(by, groups.refused().get()));
      return;
    }
    text.append(
        "    by %s: %,d of %,d groups differ%n".formatted(by, groups.different(), groups.count()));
    for (Example example : groups.examples()) {
      text.append(
          "      %s: %s%n"
              .formatted(
                  example.keys().stream().map(ComparedText::word).collect(Collectors.joining(", ")),
                  words(example.values())));
    }
  }

  private static String words(Difference difference) {
    return "%s -> %s".formatted(word(difference.before()), word(difference.after()));
  }

  private static String word(Value value) {
    return switch (value) {
      case Value.Known(var known) -> word(known);
      case Value.Refused(String why) -> "(%s)".formatted(why);
    };
  }

  private static String word(@Nullable Object value) {
    return value == null ? "NULL" : Values.text(value);
  }
}
