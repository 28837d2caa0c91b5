package io.scorebook.engine.agreement.random;

import io.scorebook.semantic.question.Filter;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A group of a question: the values of its keys, and the filters on dimensions, which all hold.
record Place(List<Key> keys, List<@Nullable Object> values, List<Filter> filters) {

  static final List<String> GRAINS = List.of("day", "week", "month", "quarter", "year");

  /// @param name as the question writes it
  record Key(String name, String dimension, Optional<String> grain) {
    static Key of(String name) {
      int dot = name.lastIndexOf('.');
      return dot > 0 && GRAINS.contains(name.substring(dot + 1))
          ? new Key(name, name.substring(0, dot), Optional.of(name.substring(dot + 1)))
          : new Key(name, name, Optional.empty());
    }

    @Nullable Object of(Memory memory, Memory.Row row) {
      Object value = memory.dimension(row, dimension);
      return value == null || grain.isEmpty() ? value : first((LocalDate) value, grain.get());
    }
  }

  /// The first day of the period that a day lies in; a week begins on Monday.
  static LocalDate first(LocalDate day, String grain) {
    return switch (grain) {
      case "day" -> day;
      case "week" -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case "month" -> day.withDayOfMonth(1);
      case "quarter" -> LocalDate.of(day.getYear(), (day.getMonthValue() - 1) / 3 * 3 + 1, 1);
      case "year" -> LocalDate.of(day.getYear(), 1, 1);
      default -> throw new IllegalArgumentException(grain);
    };
  }

  Place withFilters(Predicate<Filter> kept) {
    return new Place(keys, values, filters.stream().filter(kept).toList());
  }

  /// Without the keys that are not kept.
  Place withKeys(Predicate<Key> kept) {
    var keys = new ArrayList<Key>();
    var values = new ArrayList<@Nullable Object>();
    for (int i = 0; i < this.keys.size(); i++) {
      if (kept.test(this.keys.get(i))) {
        keys.add(this.keys.get(i));
        values.add(this.values.get(i));
      }
    }
    return new Place(keys, values, filters);
  }

  Place with(Key key, @Nullable Object value) {
    var keys = new ArrayList<>(this.keys);
    var values = new ArrayList<@Nullable Object>(this.values);
    keys.add(key);
    values.add(value);
    return new Place(keys, values, filters);
  }

  List<Memory.Row> rows(Memory memory, World.Source fact) {
    return memory.rows(fact).stream().filter(row -> has(memory, row)).toList();
  }

  private boolean has(Memory memory, Memory.Row row) {
    for (int i = 0; i < keys.size(); i++) {
      if (!Objects.equals(keys.get(i).of(memory, row), values.get(i))) {
        return false;
      }
    }
    return filters.stream()
        .allMatch(
            filter -> Boolean.TRUE.equals(holds(filter, name -> Key.of(name).of(memory, row))));
  }

  /// Gives the name in a filter its value.
  interface Lookup {
    @Nullable Object value(String name);
  }

  static @Nullable Boolean holds(Filter filter, Lookup lookup) {
    return switch (filter) {
      case Filter.And(List<Filter> of) ->
          Memory.several(true, of.stream().map(f -> holds(f, lookup)).toList());
      case Filter.Or(List<Filter> of) ->
          Memory.several(false, of.stream().map(f -> holds(f, lookup)).toList());
      case Filter.Not(Filter of) -> Memory.not(holds(of, lookup));
      case Filter.Comparison comparison -> holds(comparison, lookup.value(comparison.field()));
    };
  }

  private static @Nullable Boolean holds(Filter.Comparison comparison, @Nullable Object value) {
    List<@Nullable Object> values = comparison.values().stream().map(Values::stored).toList();
    return switch (comparison.op()) {
      case IS_NULL -> value == null;
      case IS_NOT_NULL -> value != null;
      case IN ->
          Memory.several(false, values.stream().map(v -> Memory.compare("=", value, v)).toList());
      case NOT_IN ->
          Memory.several(true, values.stream().map(v -> Memory.compare("!=", value, v)).toList());
      case CONTAINS ->
          value == null
              ? null
              : Boolean.valueOf(((String) value).contains(String.valueOf(values.getFirst())));
      case STARTS_WITH ->
          value == null
              ? null
              : Boolean.valueOf(((String) value).startsWith(String.valueOf(values.getFirst())));
      case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
          Memory.compare(comparison.op().symbol(), value, values.getFirst());
    };
  }

  /// The names in a filter.
  static Stream<String> fields(Filter filter) {
    return switch (filter) {
      case Filter.And(List<Filter> of) -> of.stream().flatMap(Place::fields);
      case Filter.Or(List<Filter> of) -> of.stream().flatMap(Place::fields);
      case Filter.Not(Filter of) -> fields(of);
      case Filter.Comparison comparison -> Stream.of(comparison.field());
    };
  }

  /// Filters that hold together, each apart.
  static Stream<Filter> apart(Filter filter) {
    return filter instanceof Filter.And(List<Filter> of)
        ? of.stream().flatMap(Place::apart)
        : Stream.of(filter);
  }
}
