package io.scorebook.engine.agreement.random;

import io.scorebook.engine.agreement.random.World.Source;
import io.scorebook.semantic.question.Filter;
import io.scorebook.semantic.question.Question;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The groups of a question that has all periods of a key, by the words of the guide: day by day.
final class Spine {
  private final World world;
  private final Reach reach;
  private final Memory memory;
  private final List<String> fill;
  private final Set<Source> facts;
  private final List<Filter> filters;
  private final Map<List<Object>, Map<Place, Optional<LocalDate>>> known = new HashMap<>();

  /// @param filters of the question, on dimensions
  Spine(
      World world,
      Reach reach,
      Memory memory,
      Question question,
      Set<Source> facts,
      List<Filter> filters) {
    this.world = world;
    this.reach = reach;
    this.memory = memory;
    this.fill = question.fill();
    this.facts = facts;
    this.filters = filters;
  }

  /// The key of a set whose periods all are there.
  Optional<Place.Key> filled(List<Place.Key> keys) {
    return keys.stream().filter(key -> fill.contains(key.name())).findFirst();
  }

  boolean has(Place place) {
    return all(place).containsKey(place);
  }

  /// The last day of the place's period; empty for a calendar's.
  Optional<LocalDate> lastDay(Place place) {
    return Objects.requireNonNull(all(place).get(place));
  }

  /// All places with the keys and filters of this one, with the last days of their periods.
  Map<Place, Optional<LocalDate>> all(Place like) {
    if (filled(like.keys()).isEmpty()) {
      return Map.of();
    }
    return known.computeIfAbsent(
        List.of(like.keys(), like.filters()), _ -> make(like.keys(), like.filters()));
  }

  boolean isCalendar(Place.Key key) {
    return isCalendar(key.dimension());
  }

  private boolean isCalendar(String dimension) {
    return world.calendars().keySet().stream().anyMatch(name -> same(dimension, name));
  }

  /// The time that a key is of, for all of the facts: itself or what it is a calendar of.
  Optional<String> time(String dimension) {
    return facts.stream().allMatch(fact -> time(fact, dimension).isPresent())
        ? time(fact(), dimension)
        : Optional.empty();
  }

  private Optional<String> time(Source fact, String dimension) {
    Optional<String> calendar =
        world.calendars().entrySet().stream()
            .filter(entry -> same(fact, dimension, entry.getKey()))
            .map(Map.Entry::getValue)
            .findFirst();
    Reach.Route route = reach.named(fact, dimension).getFirst();
    return calendar.isPresent() || route.end().type(route.field().name()) != Table.Type.DATE
        ? calendar
        : world.calendars().values().stream()
            .filter(name -> same(fact, dimension, name))
            .findFirst()
            .or(() -> Optional.of(dimension));
  }

  private Source fact() {
    return facts.iterator().next();
  }

  private boolean same(String one, String other) {
    return same(fact(), one, other);
  }

  private boolean same(Source fact, String one, String other) {
    return reach.named(fact, one).equals(reach.named(fact, other));
  }

  boolean isOn(String time, String dimension) {
    return time(dimension).filter(found -> same(found, time)).isPresent();
  }

  /// Whether a filter is on a time and nothing else.
  boolean isOn(String time, Filter filter) {
    return Place.fields(filter).allMatch(name -> isOn(time, Place.Key.of(name).dimension()));
  }

  private Map<Place, Optional<LocalDate>> make(List<Place.Key> keys, List<Filter> before) {
    Place.Key filled = filled(keys).orElseThrow();
    String time = time(filled.dimension()).orElseThrow();
    boolean ofNumbers = isCalendar(filled);
    var all = new Place(List.of(), List.of(), before);
    List<Filter> onTime = before.stream().filter(filter -> isOn(time, filter)).toList();
    List<String> calendars =
        Stream.concat(
                keys.stream().map(Place.Key::dimension),
                onTime.stream().flatMap(Place::fields).map(n -> Place.Key.of(n).dimension()))
            .filter(this::isCalendar)
            .filter(name -> isOn(time, name))
            .filter(name -> !(ofNumbers && same(name, filled.dimension())))
            .map(name ->
                world.calendars().keySet().stream()
                    .filter(calendar -> same(name, calendar))
                    .findFirst()
                    .orElseThrow())
            .distinct()
            .toList();
    // From when to when each of the calendars' values reaches.
    var ranges = new LinkedHashMap<List<@Nullable Object>, long[]>();
    for (Source fact : facts) {
      for (Memory.Row row : all.rows(memory, fact)) {
        Object value = memory.dimension(row, ofNumbers ? filled.dimension() : time);
        if (value != null) {
          List<@Nullable Object> of =
              calendars.stream().<@Nullable Object>map(c -> memory.dimension(row, c)).toList();
          long at = number(value);
          long[] range = ranges.computeIfAbsent(of, _ -> new long[] {at, at});
          range[0] = Math.min(range[0], at);
          range[1] = Math.max(range[1], at);
        }
      }
    }
    if (calendars.isEmpty()) {
      reachToFilters(ranges, filled, time, ofNumbers);
    }
    var periods = new LinkedHashMap<List<@Nullable Object>, Optional<LocalDate>>();
    List<Place.Key> timeKeys = keys.stream().filter(k -> isOn(time, k.dimension())).toList();
    ranges.forEach((values, range) -> {
      for (long at = range[0]; at <= range[1]; at++) {
        long now = at;
        Place.Lookup lookup =
            name -> {
              Place.Key key = Place.Key.of(name);
              if (isCalendar(key)) {
                int i =
                    calendars.indexOf(
                        calendars.stream()
                            .filter(c -> same(c, key.dimension()))
                            .findFirst()
                            .orElse(""));
                return i >= 0 ? values.get(i) : BigDecimal.valueOf(now);
              }
              LocalDate day = LocalDate.ofEpochDay(now);
              return key.grain().<Object>map(g -> Place.first(day, g)).orElse(day);
            };
        boolean shown =
            onTime.stream()
                .filter(filter ->
                    !ofNumbers
                        || Place.fields(filter)
                            .allMatch(name -> isCalendar(Place.Key.of(name).dimension())))
                .allMatch(filter -> Boolean.TRUE.equals(Place.holds(filter, lookup)));
        if (shown) {
          List<@Nullable Object> period =
              timeKeys.stream().<@Nullable Object>map(k -> lookup.value(k.name())).toList();
          if (!period.contains(null)) {
            periods.put(
                period, ofNumbers ? Optional.empty() : Optional.of(LocalDate.ofEpochDay(at)));
          }
        }
      }
    });
    return withGroups(keys, before, timeKeys, periods);
  }

  private static long number(Object value) {
    return value instanceof LocalDate day
        ? day.toEpochDay()
        : Values.stored(value) instanceof BigDecimal number ? number.longValueExact() : 0;
  }

  /// The last period is there to its end, and what filters compare the time with is reached.
  private void reachToFilters(
      Map<List<@Nullable Object>, long[]> ranges,
      Place.Key filled,
      String time,
      boolean ofNumbers) {
    long[] range = ranges.get(List.<@Nullable Object>of());
    Long first = null;
    Long last = null;
    for (Filter filter : filters) {
      if (filter instanceof Filter.Comparison(String field, Filter.Op op, var values)
          && values.size() == 1) {
        Place.Key key = Place.Key.of(field);
        boolean compared =
            ofNumbers ? same(key.dimension(), filled.dimension()) : same(key.dimension(), time);
        if (compared) {
          Object value = Objects.requireNonNull(Values.stored(values.getFirst()));
          LocalDate day = value instanceof LocalDate d ? d : null;
          long begin = number(value);
          long end =
              day == null
                  ? begin
                  : switch (key.grain().orElse("day")) {
                    case "week" -> day.plusDays(6).toEpochDay();
                    case "month" -> day.plusMonths(1).toEpochDay() - 1;
                    case "quarter" -> day.plusMonths(3).toEpochDay() - 1;
                    case "year" -> day.plusYears(1).toEpochDay() - 1;
                    default -> day.toEpochDay();
                  };
          boolean isFirst =
              op == Filter.Op.GREATER
                  || op == Filter.Op.GREATER_OR_EQUAL
                  || op == Filter.Op.EQUAL
                  || op == Filter.Op.IN;
          boolean isLast =
              op == Filter.Op.LESS
                  || op == Filter.Op.LESS_OR_EQUAL
                  || op == Filter.Op.EQUAL
                  || op == Filter.Op.IN;
          first = isFirst && (first == null || begin > first) ? Long.valueOf(begin) : first;
          last = isLast && (last == null || end < last) ? Long.valueOf(end) : last;
        }
      }
    }
    if (range == null && (first == null || last == null)) {
      return;
    }
    long from = range == null ? Objects.requireNonNull(first) : range[0];
    long to = range == null ? Objects.requireNonNull(last) : range[1];
    if (first != null) {
      from = Math.min(from, first);
      to = Math.max(to, first);
    }
    if (last != null) {
      from = Math.min(from, last);
      to = Math.max(to, last);
    }
    if (!ofNumbers) {
      LocalDate day = LocalDate.ofEpochDay(to);
      while (Place.first(day.plusDays(1), filled.grain().orElse("day"))
          .equals(Place.first(day, filled.grain().orElse("day")))) {
        day = day.plusDays(1);
      }
      to = day.toEpochDay();
    }
    ranges.put(List.of(), new long[] {from, to});
  }

  /// Each group of the other keys, with the periods of its own calendar.
  private Map<Place, Optional<LocalDate>> withGroups(
      List<Place.Key> keys,
      List<Filter> before,
      List<Place.Key> timeKeys,
      Map<List<@Nullable Object>, Optional<LocalDate>> periods) {
    List<Place.Key> others = keys.stream().filter(key -> !timeKeys.contains(key)).toList();
    List<Place.Key> shared =
        timeKeys.stream().filter(k -> isCalendar(k) && !fill.contains(k.name())).toList();
    var groups = new LinkedHashSet<List<@Nullable Object>>();
    var all = new Place(List.of(), List.of(), before);
    for (Source fact : facts) {
      for (Memory.Row row : all.rows(memory, fact)) {
        groups.add(
            Stream.concat(others.stream(), shared.stream())
                .<@Nullable Object>map(key -> key.of(memory, row))
                .toList());
      }
    }
    var places = new LinkedHashMap<Place, Optional<LocalDate>>();
    periods.forEach((period, last) -> {
      if (others.isEmpty()) {
        places.put(place(keys, timeKeys, period, others, List.of(), before), last);
      } else {
        for (List<@Nullable Object> group : groups) {
          boolean together = true;
          for (int i = 0; i < shared.size(); i++) {
            together &=
                Objects.equals(
                    group.get(others.size() + i), period.get(timeKeys.indexOf(shared.get(i))));
          }
          if (together) {
            places.put(place(keys, timeKeys, period, others, group, before), last);
          }
        }
      }
    });
    return places;
  }

  private static Place place(
      List<Place.Key> keys,
      List<Place.Key> timeKeys,
      List<@Nullable Object> period,
      List<Place.Key> others,
      List<@Nullable Object> group,
      List<Filter> before) {
    var values = new ArrayList<@Nullable Object>();
    for (Place.Key key : keys) {
      int at = timeKeys.indexOf(key);
      values.add(at >= 0 ? period.get(at) : group.get(others.indexOf(key)));
    }
    return new Place(keys, values, before);
  }
}
