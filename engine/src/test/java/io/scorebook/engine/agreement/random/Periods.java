package io.scorebook.engine.agreement.random;

import io.scorebook.engine.agreement.random.World.Source;
import io.scorebook.semantic.question.Filter;
import io.scorebook.semantic.question.Question;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which periods are incomplete, by the words of the guide.
final class Periods {
  private final Memory memory;
  private final Set<Source> facts;
  private final List<Filter> filters;
  private final Spine times;

  Periods(World world, Reach reach, Memory memory, Set<Source> facts, List<Filter> filters) {
    this.memory = memory;
    this.facts = facts;
    this.filters = filters;
    this.times =
        new Spine(world, reach, memory, Question.of(List.of(), List.of()), facts, List.of());
  }

  /// The keys of a place that are periods.
  List<Place.Key> of(List<Place.Key> keys) {
    return keys.stream().filter(key -> times.time(key.dimension()).isPresent()).toList();
  }

  /// The time that keys are periods of, if it is just one.
  Optional<String> time(List<Place.Key> keys) {
    List<String> all =
        of(keys).stream().flatMap(key -> times.time(key.dimension()).stream()).toList();
    return !all.isEmpty() && all.stream().allMatch(time -> times.isOn(all.getFirst(), time))
        ? Optional.of(all.getFirst())
        : Optional.empty();
  }

  boolean isOn(String time, Filter filter) {
    return times.isOn(time, filter);
  }

  boolean isCalendar(Place.Key key) {
    return times.isCalendar(key);
  }

  boolean touches(String time, Filter filter) {
    return Place.fields(filter).anyMatch(name -> times.isOn(time, Place.Key.of(name).dimension()));
  }

  @Nullable Boolean isPartial(Place place) {
    List<Place.Key> keys = of(place.keys());
    Place period = place.withKeys(keys::contains);
    if (keys.isEmpty() || period.values().contains(null)) {
      return null;
    }
    String time = times.time(keys.getFirst().dimension()).orElseThrow();
    return isOpen(period, time) || isCut(period, time);
  }

  private boolean isOpen(Place period, String time) {
    for (int i = 0; i < period.keys().size(); i++) {
      Place.Key key = period.keys().get(i);
      Object value = Objects.requireNonNull(period.values().get(i));
      boolean over = true;
      for (Source fact : facts) {
        Optional<Object> reached =
            memory.rows(fact).stream()
                .<@Nullable Object>map(
                    row -> memory.dimension(row, times.isCalendar(key) ? key.dimension() : time))
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .max(Values::compare);
        over &=
            reached.isPresent()
                && (times.isCalendar(key)
                    ? Values.compare(value, reached.get()) < 0
                    : !days((LocalDate) value, key).getLast().isAfter((LocalDate) reached.get()));
      }
      if (over) {
        return false;
      }
    }
    return true;
  }

  private static List<LocalDate> days(LocalDate first, Place.Key key) {
    String grain = key.grain().orElse("day");
    var days = new ArrayList<LocalDate>();
    for (LocalDate day = first; Place.first(day, grain).equals(first); day = day.plusDays(1)) {
      days.add(day);
    }
    return days;
  }

  private boolean isCut(Place period, String time) {
    List<Filter> onTime = filters.stream().filter(filter -> times.isOn(time, filter)).toList();
    boolean byRows = period.keys().stream().anyMatch(times::isCalendar);
    if (!byRows) {
      List<LocalDate> days = days((LocalDate) first(period), period.keys().getFirst());
      List<LocalDate> common =
          days.stream()
              .filter(day -> {
                boolean in = true;
                for (int i = 0; i < period.keys().size(); i++) {
                  in &= at(day, period.keys().get(i)).equals(period.values().get(i));
                }
                return in;
              })
              .toList();
      for (Filter filter : onTime) {
        if (isEdged(filter)
            && !(holds(filter, common.getFirst()) && holds(filter, common.getLast()))) {
          return true;
        }
      }
      byRows = !onTime.stream().allMatch(this::isEdged);
    }
    return byRows
        && facts.stream()
            .flatMap(fact ->
                new Place(period.keys(), period.values(), List.of()).rows(memory, fact).stream())
            .anyMatch(row ->
                !onTime.stream()
                    .allMatch(filter ->
                        Boolean.TRUE.equals(
                            Place.holds(filter, name -> Place.Key.of(name).of(memory, row)))));
  }

  private static Object first(Place period) {
    return Objects.requireNonNull(period.values().getFirst());
  }

  private static LocalDate at(LocalDate day, Place.Key key) {
    return key.grain().map(grain -> Place.first(day, grain)).orElse(day);
  }

  private static boolean holds(Filter filter, LocalDate day) {
    return Boolean.TRUE.equals(Place.holds(filter, name -> at(day, Place.Key.of(name))));
  }

  /// A plain comparison of the time itself holds between where it holds at both ends.
  private boolean isEdged(Filter filter) {
    return filter instanceof Filter.Comparison(String field, Filter.Op op, var values)
        && !times.isCalendar(Place.Key.of(field))
        && switch (op) {
          case EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, IS_NOT_NULL -> true;
          case IN -> values.size() == 1;
          case NOT_EQUAL, NOT_IN, IS_NULL, CONTAINS, STARTS_WITH -> false;
        };
  }
}
