package io.scorebook.semantic.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a question has to group by for a metric to have a value.
final class Requirements {
  private final CompiledModel model;

  Requirements(CompiledModel model) {
    this.model = model;
  }

  /// Of each list the question must name one.
  List<List<String>> of(CompiledMetric metric) {
    return metric.leaves().values().stream().flatMap(this::of).distinct().toList();
  }

  private Stream<List<String>> of(Leaf leaf) {
    return switch (leaf) {
      case Leaf.Aggregate _,
          Leaf.AdHoc _,
          Leaf.Reached _,
          Leaf.Sequence _,
          Leaf.Conversion _,
          Leaf.Last _,
          Leaf.Nested _ ->
          Stream.empty();
      case Leaf.LookBack(Leaf.Aggregate base, TimeFrame frame) ->
          frame.entity().isEmpty() || frame.combine().isPresent()
              ? Stream.empty()
              : frame.entity().stream()
                  .map(field -> Entities.dimensions(model, base.fact(), List.of(field)));
      case Leaf.Earlier(Leaf base, var metric) ->
          Stream.concat(Stream.of(periods(metric.time(), metric.unit())), of(base));
      case Leaf.Regrained(Leaf base, _) -> of(base);
      case Leaf.Ranked(var fact, CompiledMetric inner, var metric) ->
          Stream.concat(
              metric.entity().stream()
                  .map(field -> Entities.dimensions(model, fact, List.of(field))),
              of(inner).stream());
    };
  }

  /// The keys by which a step of the unit leads from one period to another.
  static List<String> periods(String time, String unit) {
    Optional<Grain> grain = Grain.find(unit);
    return grain.isEmpty()
        ? List.of(unit)
        : Arrays.stream(Grain.values())
            .filter(other -> grain.get().isMadeOf(other))
            .map(other -> time + "." + other.title())
            .toList();
  }
}
