package io.scorebook.engine.answer;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One case that contradicts a claim.
///
/// @param values by the names of their columns
/// @param rows how many rows it stands for; 0 where it is no matter of rows
public record Counterexample(Map<String, @Nullable Object> values, long rows) {
  public Counterexample {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /// As `game_id = 7, player_id = NULL (2 rows)`.
  @Override
  public String toString() {
    String text =
        values.entrySet().stream()
            .map(value ->
                "%s = %s"
                    .formatted(
                        value.getKey(), value.getValue() == null ? "NULL" : value.getValue()))
            .collect(Collectors.joining(", "));
    return switch ((int) Math.min(rows, 2)) {
      case 0 -> text;
      case 1 -> text + " (1 row)";
      default -> "%s (%d rows)".formatted(text, rows);
    };
  }
}
