package io.scorebook.engine.agreement.random;

import io.scorebook.engine.agreement.random.Memory.Row;
import io.scorebook.engine.agreement.random.World.Source;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Runs, windows and conversions: rows of an entity, one after the other.
final class Sequences {
  private static final Comparator<List<@Nullable Object>> LISTS =
      (left, right) -> {
        for (int i = 0; i < left.size(); i++) {
          int order = Values.ORDER.compare(left.get(i), right.get(i));
          if (order != 0) {
            return order;
          }
        }
        return 0;
      };

  private final Memory memory;

  Sequences(Memory memory) {
    this.memory = memory;
  }

  /// A run or window with its value; the ends are values of the first order field.
  record Found(
      @Nullable Object value,
      @Nullable Object start,
      @Nullable Object end,
      List<@Nullable Object> entity) {}

  /// The rows of each entity in order, by entity, of which NULL is one. The primary key makes the
  /// order total.
  static List<List<Row>> byEntity(
      Source source, List<Row> rows, List<String> entity, List<String> order) {
    var entities = new TreeMap<List<@Nullable Object>, List<Row>>(LISTS);
    for (Row row : rows) {
      entities.computeIfAbsent(fields(row, entity), _ -> new ArrayList<>()).add(row);
    }
    List<String> names = List.copyOf(order);
    for (List<Row> ofEntity : entities.values()) {
      ofEntity.sort(
          Comparator.<Row, List<@Nullable Object>>comparing(row -> fields(row, names), LISTS)
              .thenComparing(row -> row.columns(source.primaryKey()), LISTS));
    }
    return List.copyOf(entities.values());
  }

  private static List<@Nullable Object> fields(Row row, List<String> names) {
    return names.stream().map(row::field).toList();
  }

  /// NULL without rows; of equal runs the earliest, of equal entities the smallest.
  Found streak(Measure.Streak metric, Source source, List<Row> rows) {
    Found best = new Found(null, null, null, List.of());
    int count = 0;
    for (List<Row> entity : byEntity(source, rows, metric.entity(), metric.order())) {
      var runs = new ArrayList<List<Row>>();
      var run = new ArrayList<Row>();
      for (Row row : entity) {
        Boolean fits = memory.holds(row, metric.condition());
        if (fits == null && metric.onNull().equals("skip")) {
          continue;
        }
        if (Boolean.TRUE.equals(fits)) {
          run.add(row);
        } else {
          runs.add(List.copyOf(run));
          run.clear();
        }
      }
      runs.add(List.copyOf(run));
      count +=
          (int) runs.stream().filter(r -> r.size() >= metric.atLeast() && !r.isEmpty()).count();
      List<List<Row>> chosen = metric.mode().equals("current") ? List.of(runs.getLast()) : runs;
      for (List<Row> candidate : chosen) {
        var length = BigDecimal.valueOf(candidate.size());
        if (best.value() == null || length.compareTo((BigDecimal) best.value()) > 0) {
          best =
              found(
                  Values.stored(length),
                  candidate,
                  metric.order(),
                  fields(entity.getFirst(), metric.entity()));
        }
      }
    }
    return metric.mode().equals("count") && best.value() != null
        ? new Found(Values.stored(count), null, null, List.of())
        : best;
  }

  private static Found found(
      @Nullable Object value, List<Row> rows, List<String> order, List<@Nullable Object> entity) {
    return rows.isEmpty()
        ? new Found(value, null, null, List.of())
        : new Found(
            value,
            rows.getFirst().field(order.getFirst()),
            rows.getLast().field(order.getFirst()),
            entity);
  }

  Found window(Measure.Window metric, Source source, List<Row> rows) {
    Found best = new Found(null, null, null, List.of());
    for (List<Row> entity : byEntity(source, rows, metric.entity(), metric.order())) {
      for (int first = 0; first + metric.rows() <= entity.size(); first++) {
        List<Row> window = entity.subList(first, first + metric.rows());
        Object value = aggregate(metric.aggregate(), window);
        if (value == null) {
          continue;
        }
        int order = best.value() == null ? 0 : Values.compare(value, best.value());
        if (best.value() == null || (metric.best() ? order > 0 : order < 0)) {
          best = found(value, window, metric.order(), fields(entity.getFirst(), metric.entity()));
        }
      }
    }
    return best;
  }

  @Nullable Object aggregate(Formula.Aggregate aggregate, List<Row> rows) {
    var values = new ArrayList<@Nullable Object>();
    for (Row row : rows) {
      if (aggregate.filter().isEmpty()
          || Boolean.TRUE.equals(memory.holds(row, aggregate.filter().get()))) {
        values.add(memory.operand(row, aggregate.operand()));
      }
    }
    return Values.aggregate(aggregate.function(), aggregate.distinct(), values);
  }

  /// The events among `counted`, and what follows them among `all`.
  @Nullable Object conversion(
      Measure.Conversion metric, Source source, List<Row> all, List<Row> counted) {
    int events = 0;
    int followed = 0;
    int converted = 0;
    for (List<Row> entity : byEntity(source, all, metric.entity(), metric.order())) {
      for (int at = 0; at < entity.size(); at++) {
        Row event = entity.get(at);
        if (!counted.contains(event) || !Boolean.TRUE.equals(memory.holds(event, metric.event()))) {
          continue;
        }
        List<Row> within = within(metric, entity, at);
        events++;
        followed += within.isEmpty() ? 0 : 1;
        converted +=
            within.stream().anyMatch(row -> Boolean.TRUE.equals(memory.holds(row, metric.then())))
                ? 1
                : 0;
      }
    }
    Object count = Values.stored(converted);
    return metric.rate()
        ? Values.arithmetic('/', count, Values.stored(metric.followed() ? followed : events))
        : count;
  }

  private static List<Row> within(Measure.Conversion metric, List<Row> entity, int at) {
    List<Row> later = entity.subList(at + 1, entity.size());
    int count = metric.within().count();
    if (metric.within().rows()) {
      return later.subList(0, Math.min(count, later.size()));
    }
    String day = metric.order().getFirst();
    return Stream.of(entity.get(at).field(day))
        .filter(LocalDate.class::isInstance)
        .map(LocalDate.class::cast)
        .flatMap(from ->
            later.stream()
                .filter(row ->
                    row.field(day) instanceof LocalDate to && !to.isAfter(from.plusDays(count))))
        .toList();
  }
}
