package io.scorebook.engine.compare;

import io.scorebook.catalog.registry.Port;
import io.scorebook.engine.answer.Answer;
import io.scorebook.engine.answer.Answers;
import io.scorebook.engine.answer.EngineException;
import io.scorebook.engine.answer.Limits;
import io.scorebook.engine.answer.Outcome;
import io.scorebook.engine.answer.PinnedTables;
import io.scorebook.engine.compare.ValueChange.Difference;
import io.scorebook.engine.compare.ValueChange.Example;
import io.scorebook.engine.compare.ValueChange.Groups;
import io.scorebook.engine.compare.ValueChange.Value;
import io.scorebook.engine.domain.Domain;
import io.scorebook.semantic.compare.Change;
import io.scorebook.semantic.compare.Comparison;
import io.scorebook.semantic.plan.Issue;
import io.scorebook.semantic.plan.MetricDescription;
import io.scorebook.semantic.question.Question;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What changed metrics come to under both versions, over the newest snapshots of one home, chosen
/// once for all.
public final class ValueComparison {
  /// So many groups are held side by side; beyond them it is refused.
  private static final int MAX_GROUPS = 1_000_000;

  private static final int EXAMPLES = 5;

  private final Answers answers;
  private final Supplier<Limits> limits;
  private final Domain before;
  private final Domain after;
  private final PinnedTables tables;

  /// @param limits of each question
  /// @throws EngineException where the catalog or the store fails
  public ValueComparison(Answers answers, Domain before, Domain after, Supplier<Limits> limits) {
    this.answers = answers;
    this.limits = limits;
    this.before = before;
    this.after = after;
    Set<String> names =
        Stream.of(before, after)
            .flatMap(domain -> domain.contracts().inLoadOrder().stream())
            .map(contract -> contract.table().namespace() + "." + contract.table().name())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    this.tables = answers.pin(names, limits.get());
  }

  /// The snapshots that were looked at.
  public SortedMap<String, Long> snapshots() {
    return tables.snapshots();
  }

  /// The values of each metric that has another formula.
  public List<ValueChange> compare(Comparison comparison) {
    return comparison.changes().stream()
        .filter(
            change -> change.kind() == Change.Kind.METRIC && change.what() == Change.What.FORMULA)
        .map(Change::name)
        .distinct()
        .map(this::compare)
        .toList();
  }

  private ValueChange compare(String metric) {
    List<String> keys = keys(metric);
    return new ValueChange(
        metric,
        new Difference(total(before, metric), total(after, metric)),
        keys.isEmpty() ? Optional.empty() : Optional.of(groups(metric, keys)));
  }

  /// The dimensions of the first product that has the metric; else those that it has to be grouped
  /// by; else its first dimension.
  private List<String> keys(String metric) {
    Optional<MetricDescription> was = before.planner().describe(metric);
    Optional<MetricDescription> is = after.planner().describe(metric);
    if (was.isEmpty() || is.isEmpty()) {
      return List.of();
    }
    for (var port : after.ports()) {
      if (port.port().content() instanceof Port.MetricQuery query
          && query.metrics().stream().anyMatch(metric::equalsIgnoreCase)
          && !query.dimensions().isEmpty()) {
        return query.dimensions();
      }
    }
    List<String> required = is.get().requires().stream().map(List::getFirst).distinct().toList();
    return required.isEmpty()
        ? is.get().dimensions().stream()
            .filter(name -> was.get().dimensions().contains(name))
            .limit(1)
            .toList()
        : required;
  }

  private Value total(Domain domain, String metric) {
    return read(
        domain,
        metric,
        List.of(),
        rows -> {
          Value total = new Value.Refused("it has no rows");
          while (rows.rows().next()) {
            total = new Value.Known(rows.rows().value(0));
          }
          return total;
        },
        Value.Refused::new);
  }

  private Groups groups(String metric, List<String> keys) {
    var values = new LinkedHashMap<List<@Nullable Object>, @Nullable Value[]>();
    for (int side = 0; side < 2; side++) {
      int at = side;
      Optional<String> refused =
          read(
              at == 0 ? before : after,
              metric,
              keys,
              answer -> collect(answer, keys.size(), at, values),
              Optional::of);
      if (refused.isPresent()) {
        return new Groups(keys, 0, 0, List.of(), refused);
      }
    }
    var examples = new ArrayList<Example>();
    long different = 0;
    for (Map.Entry<List<@Nullable Object>, @Nullable Value[]> group : values.entrySet()) {
      Value none = new Value.Refused("no such group");
      Value was = Objects.requireNonNullElse(group.getValue()[0], none);
      Value is = Objects.requireNonNullElse(group.getValue()[1], none);
      if (!isSame(was, is)) {
        different++;
        if (examples.size() < EXAMPLES) {
          examples.add(new Example(group.getKey(), new Difference(was, is)));
        }
      }
    }
    return new Groups(keys, values.size(), different, examples, Optional.empty());
  }

  private static Optional<String> collect(
      Answer answer, int keys, int side, Map<List<@Nullable Object>, @Nullable Value[]> into) {
    while (answer.rows().next()) {
      var group = new ArrayList<@Nullable Object>();
      for (int i = 0; i < keys; i++) {
        group.add(answer.rows().value(i));
      }
      into.computeIfAbsent(group, _ -> new @Nullable Value[2])[side] =
          new Value.Known(answer.rows().value(keys));
      if (into.size() > MAX_GROUPS) {
        return Optional.of("there are more than %,d groups".formatted(MAX_GROUPS));
      }
    }
    return Optional.empty();
  }

  private interface Reader<T> {
    T read(Answer answer);
  }

  private <T> T read(
      Domain domain,
      String metric,
      List<String> keys,
      Reader<T> reader,
      java.util.function.Function<String, T> refused) {
    try {
      Outcome outcome =
          answers.answer(domain, Question.of(List.of(metric), keys), tables, limits.get());
      return switch (outcome) {
        case Outcome.Refused(var issues) ->
            refused.apply(issues.stream().map(Issue::message).collect(Collectors.joining("; ")));
        case Outcome.Answered(var answer) -> {
          try (answer) {
            yield reader.read(answer);
          }
        }
      };
    } catch (EngineException e) {
      return refused.apply(String.valueOf(e.getMessage()));
    }
  }

  /// Whether two values are the same: numbers by their size, those with a floating point in nine
  /// digits.
  static boolean isSame(Value was, Value is) {
    return switch (was) {
      case Value.Refused _ -> is instanceof Value.Refused;
      case Value.Known(var one) -> is instanceof Value.Known(var other) && isSame(one, other);
    };
  }

  private static boolean isSame(@Nullable Object one, @Nullable Object other) {
    if (!(one instanceof Number some) || !(other instanceof Number another)) {
      return Objects.equals(one, other);
    }
    BigDecimal a = exact(some);
    BigDecimal b = exact(another);
    boolean isRough = one instanceof Double || other instanceof Double;
    return isRough
        ? a.subtract(b).abs().compareTo(a.abs().max(b.abs()).movePointLeft(9)) <= 0
        : a.compareTo(b) == 0;
  }

  private static BigDecimal exact(Number number) {
    return switch (number) {
      case BigDecimal decimal -> decimal;
      case BigInteger integer -> new BigDecimal(integer);
      case Double real -> BigDecimal.valueOf(real);
      default -> BigDecimal.valueOf(number.longValue());
    };
  }
}
