package io.scorebook.engine.compare;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a changed metric comes to before and after, over the same data.
///
/// @param total over all rows
/// @param groups by keys; empty where no keys were found by which both can be asked
public record ValueChange(String metric, Difference total, Optional<Groups> groups) {

  /// Two values.
  public record Difference(Value before, Value after) {}

  /// A value, or why there is none.
  public sealed interface Value {
    /// @param value as [io.scorebook.engine.answer.Rows] gives it
    record Known(@Nullable Object value) implements Value {}

    record Refused(String why) implements Value {}
  }

  /// @param keys what was grouped by
  /// @param count groups that there are in either
  /// @param different those of which the value differs, or which are in one only
  /// @param examples the first of the different ones
  /// @param refused why they could not be compared; empty where they were
  public record Groups(
      List<String> keys,
      long count,
      long different,
      List<Example> examples,
      Optional<String> refused) {
    public Groups {
      keys = List.copyOf(keys);
      examples = List.copyOf(examples);
    }
  }

  /// A group and its values.
  public record Example(List<@Nullable Object> keys, Difference values) {}
}
