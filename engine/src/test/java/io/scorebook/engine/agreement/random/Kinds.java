package io.scorebook.engine.agreement.random;

import io.scorebook.engine.agreement.random.Memory.Row;
import io.scorebook.engine.agreement.random.World.Source;
import io.scorebook.semantic.question.Filter;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The value of a metric in a group, by the words of the model guide.
final class Kinds {
  private final World world;
  private final Reach reach;
  private final Memory memory;
  private final Sequences sequences;

  /// The groups of the set in hand, among which ranks are taken.
  private List<Place> groups = List.of();

  Kinds(World world, Reach reach, Memory memory) {
    this.world = world;
    this.reach = reach;
    this.memory = memory;
    this.sequences = new Sequences(memory);
  }

  /// The periods that are filled; none where nothing is asked to be.
  private @Nullable Spine spine;

  void fill(@Nullable Spine spine) {
    this.spine = spine;
  }

  /// Whether a place is shown though it may have no rows; of a metric along some time.
  private @Nullable Spine filling(Place place, String time) {
    Spine filling = spine;
    return filling != null
            && filling.has(place)
            && filling.isOn(time, filling.filled(place.keys()).orElseThrow().dimension())
        ? filling
        : null;
  }

  void among(List<Place> groups) {
    this.groups = groups;
  }

  /// What an aggregate or a metric of a kind has for its value: the arithmetic stays above.
  private interface View {
    @Nullable Object of(Formula leaf, Place place);
  }

  @Nullable Object value(Measure measure, Place place) {
    return switch (measure.meaning()) {
      case Measure.Plain m -> value(m.formula(), place, this::plain);
      case Measure.Streak m -> run(m, place).value();
      case Measure.Window m -> run(m, place).value();
      case Measure.Cumulative m -> value(m.formula(), place, cumulative(m));
      case Measure.Rolling m -> value(m.formula(), place, rolling(m));
      case Measure.Prior m -> value(m.formula(), place, prior(m));
      case Measure.SemiAdditive m -> value(m.formula(), place, semiAdditive(m));
      case Measure.Fixed m -> value(m.formula(), place, fixed(m));
      case Measure.Nested m -> nested(m, place);
      case Measure.Rank m -> rank(m, place);
      case Measure.Conversion m -> {
        Source source = world.source(m.dataset());
        yield sequences.conversion(
            m, source, place.withKeys(_ -> false).rows(memory, source), place.rows(memory, source));
      }
    };
  }

  Sequences.Found run(Measure.Meaning meaning, Place place) {
    return switch (meaning) {
      case Measure.Streak m -> {
        Source source = world.source(m.dataset());
        yield sequences.streak(m, source, place.rows(memory, source));
      }
      case Measure.Window m -> {
        Source source = world.source(m.dataset());
        yield sequences.window(m, source, place.rows(memory, source));
      }
      default -> throw new IllegalArgumentException("no sequence: " + meaning);
    };
  }

  private @Nullable Object value(Formula formula, Place place, View view) {
    return switch (formula) {
      case Formula.Constant(BigDecimal constant) -> Values.stored(constant);
      case Formula.Aggregate aggregate -> view.of(aggregate, place);
      case Formula.Reached reached -> view.of(reached, place);
      case Formula.Named named ->
          measure(named).meaning() instanceof Measure.Plain(Formula inner)
              ? value(inner, place, view)
              : view.of(named, place);
      case Formula.Arithmetic(char operator, Formula left, Formula right) ->
          Values.arithmetic(operator, value(left, place, view), value(right, place, view));
    };
  }

  private Measure measure(Formula.Named named) {
    return world.measure(named.name()).orElseThrow();
  }

  private @Nullable Object plain(Formula leaf, Place place) {
    return switch (leaf) {
      case Formula.Aggregate aggregate ->
          sequences.aggregate(aggregate, place.rows(memory, reach.fact(aggregate)));
      case Formula.Reached reached ->
          sequences.aggregate(reached.aggregate(), ends(reached, place));
      case Formula.Named named -> value(measure(named), place);
      case Formula.Constant _, Formula.Arithmetic _ -> throw new IllegalArgumentException();
    };
  }

  /// The rows that those of the group lead to, each once.
  private List<Row> ends(Formula.Reached reached, Place place) {
    Source fact = world.source(reached.fact());
    List<World.Link> links = reach.paths(fact, reach.fact(reached.aggregate()).name()).getFirst();
    return place.rows(memory, fact).stream()
        .map(row -> memory.end(row, links))
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }

  private Source fact(Formula leaf) {
    return reach.facts(leaf).iterator().next();
  }

  /// Whether a dimension is the time, or a calendar over it.
  boolean isTime(Source fact, String dimension, String time) {
    List<Reach.Route> route = reach.named(fact, dimension);
    return Stream.concat(
            Stream.of(time),
            world.calendars().entrySet().stream()
                .filter(c -> c.getValue().equals(time))
                .map(java.util.Map.Entry::getKey))
        .anyMatch(name -> reach.named(fact, name).equals(route));
  }

  private Predicate<Place.Key> timeKeys(Source fact, String time) {
    return key -> isTime(fact, key.dimension(), time);
  }

  private Predicate<Filter> timeFilters(Source fact, String time) {
    return filter ->
        Place.fields(filter).anyMatch(name -> isTime(fact, Place.Key.of(name).dimension(), time));
  }

  private List<Row> timed(Place place, Source fact, String time) {
    return place.rows(memory, fact).stream()
        .filter(row -> memory.dimension(row, time) != null)
        .toList();
  }

  private LocalDate day(Row row, String time) {
    return (LocalDate) Objects.requireNonNull(memory.dimension(row, time));
  }

  /// All rows with a time, whatever the period, that the filters but those on time leave.
  private List<Row> everywhen(Place place, Source fact, String time) {
    return timed(
        place.withKeys(timeKeys(fact, time).negate()).withFilters(timeFilters(fact, time).negate()),
        fact,
        time);
  }

  private View cumulative(Measure.Cumulative metric) {
    return (leaf, place) -> {
      Source fact = fact(leaf);
      String time = metric.time();
      List<Row> shown = timed(place, fact, time);
      if (shown.isEmpty()) {
        Spine filling = place.rows(memory, fact).isEmpty() ? filling(place, time) : null;
        return filling == null
            ? null
            : sequences.aggregate(
                (Formula.Aggregate) leaf,
                untilEmpty(filling, metric, place, everywhen(place, fact, time)));
      }
      Row last = shown.stream().max(Comparator.comparing(row -> day(row, time))).orElseThrow();
      List<Row> seen =
          everywhen(place, fact, time).stream()
              .filter(row -> !day(row, time).isAfter(day(last, time)))
              .filter(row ->
                  metric
                      .restart()
                      .map(restart ->
                          Objects.equals(period(row, time, restart), period(last, time, restart)))
                      .orElse(true))
              .toList();
      return sequences.aggregate((Formula.Aggregate) leaf, seen);
    };
  }

  private @Nullable Object period(Row row, String time, String period) {
    return Place.GRAINS.contains(period)
        ? Place.first(day(row, time), period)
        : memory.dimension(row, period);
  }

  /// The rows that a row on the last day of an empty period would see.
  private List<Row> untilEmpty(
      Spine filling, Measure.Cumulative metric, Place place, List<Row> rows) {
    List<Row> before =
        rows.stream().filter(row -> isBefore(filling, place, row, metric.time())).toList();
    if (metric.restart().isEmpty()) {
      return before;
    }
    String restart = metric.restart().get();
    if (Place.GRAINS.contains(restart)) {
      LocalDate begin = Place.first(filling.lastDay(place).orElseThrow(), restart);
      return before.stream().filter(row -> !day(row, metric.time()).isBefore(begin)).toList();
    }
    Object now =
        place.keys().stream()
            .filter(filling::isCalendar)
            .map(key -> place.values().get(place.keys().indexOf(key)))
            .findFirst()
            .orElseGet(() ->
                before.stream()
                    .map(row -> memory.dimension(row, restart))
                    .filter(Objects::nonNull)
                    .max(Values::compare)
                    .orElse(null));
    return before.stream()
        .filter(row -> Objects.equals(memory.dimension(row, restart), now))
        .toList();
  }

  private boolean isBefore(Spine filling, Place place, Row row, String time) {
    Place.Key filled = filling.filled(place.keys()).orElseThrow();
    if (filling.isCalendar(filled)) {
      Object of = memory.dimension(row, filled.dimension());
      Object value = place.values().get(place.keys().indexOf(filled));
      return of != null && value != null && Values.compare(of, value) <= 0;
    }
    return !day(row, time).isAfter(filling.lastDay(place).orElseThrow());
  }

  private View rolling(Measure.Rolling metric) {
    return (leaf, place) -> {
      Source fact = fact(leaf);
      String time = metric.time();
      List<Row> all = everywhen(place, fact, time);
      var values = new ArrayList<@Nullable Object>();
      Spine filling = place.rows(memory, fact).isEmpty() ? filling(place, time) : null;
      if (filling != null) {
        return ofEmpty(metric, (Formula.Aggregate) leaf, place, fact, all, filling);
      }
      for (List<Row> shown :
          Sequences.byEntity(fact, timed(place, fact, time), metric.entity(), metric.order())) {
        List<Row> seen = new ArrayList<>();
        for (List<Row> rows : Sequences.byEntity(fact, all, metric.entity(), metric.order())) {
          if (rows.contains(shown.getFirst())) {
            seen.addAll(
                metric.span().rows()
                    ? lastRows(metric, rows, shown)
                    : lastDays(metric, rows, shown));
          }
        }
        values.add(
            metric.span().rows() && seen.size() < metric.span().count()
                ? null
                : sequences.aggregate((Formula.Aggregate) leaf, seen));
      }
      if (metric.combine().isPresent()) {
        return Values.aggregate(
            metric.combine().get().toUpperCase(java.util.Locale.ROOT), false, values);
      }
      return values.size() == 1 ? values.getFirst() : null;
    };
  }

  private @Nullable Object ofEmpty(
      Measure.Rolling metric,
      Formula.Aggregate leaf,
      Place place,
      Source fact,
      List<Row> all,
      Spine filling) {
    var values = new ArrayList<@Nullable Object>();
    if (metric.entity().isEmpty()) {
      LocalDate end = filling.lastDay(place).orElseThrow();
      return sequences.aggregate(leaf, within(metric, all, end));
    }
    for (List<Row> rows : Sequences.byEntity(fact, all, metric.entity(), metric.order())) {
      List<Row> seen;
      if (metric.span().rows()) {
        int last = -1;
        for (int i = 0; i < rows.size(); i++) {
          last = isBefore(filling, place, rows.get(i), metric.time()) ? i : last;
        }
        seen = rows.subList(Math.max(0, last + 1 - metric.span().count()), last + 1);
      } else {
        seen = within(metric, rows, filling.lastDay(place).orElseThrow());
      }
      values.add(
          metric.span().rows() && seen.size() < metric.span().count()
              ? null
              : sequences.aggregate(leaf, seen));
    }
    if (metric.combine().isPresent()) {
      return Values.aggregate(
          metric.combine().get().toUpperCase(java.util.Locale.ROOT), false, values);
    }
    return values.size() == 1 ? values.getFirst() : null;
  }

  private List<Row> within(Measure.Rolling metric, List<Row> rows, LocalDate end) {
    return rows.stream()
        .filter(row -> !day(row, metric.time()).isAfter(end))
        .filter(row -> day(row, metric.time()).isAfter(end.minusDays(metric.span().count())))
        .toList();
  }

  private static List<Row> lastRows(Measure.Rolling metric, List<Row> rows, List<Row> shown) {
    int end = rows.indexOf(shown.getLast()) + 1;
    return rows.subList(Math.max(0, end - metric.span().count()), end);
  }

  private List<Row> lastDays(Measure.Rolling metric, List<Row> rows, List<Row> shown) {
    LocalDate end =
        shown.stream()
            .map(row -> day(row, metric.time()))
            .max(Comparator.naturalOrder())
            .orElseThrow();
    return within(metric, rows, end);
  }

  private View prior(Measure.Prior metric) {
    return (leaf, place) -> {
      Source fact = fact(leaf);
      Place.Key period =
          place.keys().stream().filter(timeKeys(fact, metric.time())).findFirst().orElseThrow();
      Object value = place.values().get(place.keys().indexOf(period));
      if (value == null) {
        return null;
      }
      Object before = back(metric, value);
      var values = new ArrayList<@Nullable Object>(place.values());
      values.set(place.keys().indexOf(period), before);
      Place there =
          new Place(place.keys(), values, place.filters())
              .withFilters(timeFilters(fact, metric.time()).negate());
      return there.rows(memory, fact).isEmpty() && filling(there, metric.time()) == null
          ? null
          : plain(leaf, there);
    };
  }

  private static Object back(Measure.Prior metric, Object value) {
    int periods = metric.periods();
    return switch (metric.unit()) {
      case "day" -> ((LocalDate) value).minusDays(periods);
      case "week" -> ((LocalDate) value).minusWeeks(periods);
      case "month" -> ((LocalDate) value).minusMonths(periods);
      case "quarter" -> ((LocalDate) value).minusMonths(3L * periods);
      case "year" -> ((LocalDate) value).minusYears(periods);
      default ->
          Objects.requireNonNull(
              Values.stored(((BigDecimal) value).subtract(BigDecimal.valueOf(periods))));
    };
  }

  private View semiAdditive(Measure.SemiAdditive metric) {
    return (leaf, asked) -> {
      Source fact = fact(leaf);
      Spine filling = filling(asked, metric.time());
      Place place =
          filling == null || !asked.rows(memory, fact).isEmpty()
              ? asked
              : lastWithRows(filling, asked, fact, metric.time());
      var taken = new ArrayList<Row>();
      for (List<Row> rows :
          Sequences.byEntity(fact, timed(place, fact, metric.time()), metric.entity(), List.of())) {
        Comparator<LocalDate> order =
            metric.last() ? Comparator.naturalOrder() : Comparator.reverseOrder();
        LocalDate day = rows.stream().map(row -> day(row, metric.time())).max(order).orElseThrow();
        rows.stream().filter(row -> day(row, metric.time()).equals(day)).forEach(taken::add);
      }
      return sequences.aggregate((Formula.Aggregate) leaf, taken);
    };
  }

  /// The last period before that has rows; the place itself where there is none.
  private Place lastWithRows(Spine filling, Place empty, Source fact, String time) {
    Place.Key filled = filling.filled(empty.keys()).orElseThrow();
    Object now = empty.values().get(empty.keys().indexOf(filled));
    Place others =
        empty
            .withKeys(key -> !filling.isOn(time, key.dimension()))
            .withFilters(timeFilters(fact, time).negate());
    return others.rows(memory, fact).stream()
        .map(row -> filled.of(memory, row))
        .filter(value -> value != null && now != null && Values.compare(value, now) <= 0)
        .max(Values::compare)
        .map(value -> others.with(filled, value))
        .orElse(empty);
  }

  private View fixed(Measure.Fixed metric) {
    return (leaf, place) -> {
      Source fact = fact(leaf);
      Predicate<String> kept = name -> isNamed(metric, fact, name) == metric.keep();
      Place coarse =
          place
              .withKeys(key -> kept.test(key.dimension()))
              .withFilters(filter ->
                  Place.fields(filter).map(name -> Place.Key.of(name).dimension()).allMatch(kept));
      return plain(leaf, coarse);
    };
  }

  boolean isNamed(Measure.Fixed metric, Source fact, String dimension) {
    return metric.dimensions().stream()
        .anyMatch(name -> reach.named(fact, name).equals(reach.named(fact, dimension)));
  }

  private @Nullable Object nested(Measure.Nested metric, Place place) {
    var finer = new LinkedHashSet<Place>();
    for (Source fact : reach.facts(metric.formula())) {
      for (Row row : place.rows(memory, fact)) {
        Place at = place;
        for (String name : metric.include()) {
          Place.Key key = Place.Key.of(name);
          at = at.with(key, key.of(memory, row));
        }
        finer.add(at);
      }
    }
    Spine filling = spine;
    // What has no rows has no finer values, and none of them is filled.
    spine = null;
    List<@Nullable Object> values =
        finer.stream()
            .<@Nullable Object>map(at -> value(metric.formula(), at, this::plain))
            .toList();
    spine = filling;
    return Values.aggregate(metric.aggregate().toUpperCase(java.util.Locale.ROOT), false, values);
  }

  private @Nullable Object rank(Measure.Rank metric, Place place) {
    Source fact = world.source(metric.dataset());
    boolean named =
        metric.entity().stream()
            .allMatch(field ->
                place.keys().stream()
                    .anyMatch(
                        key -> key.grain().isEmpty() && reach.names(fact, field, key.dimension())));
    Object value = value(metric.formula(), place, this::plain);
    if (!named || value == null) {
      return null;
    }
    Predicate<Place.Key> other = key -> !reach.determines(fact, metric.entity(), key.dimension());
    int better = 0;
    for (Place peer : groups) {
      Object theirs =
          peer.withKeys(other).values().equals(place.withKeys(other).values())
              ? value(metric.formula(), peer, this::plain)
              : null;
      if (theirs != null) {
        int order = Values.compare(theirs, value);
        better += metric.descending() ? (order > 0 ? 1 : 0) : order < 0 ? 1 : 0;
      }
    }
    return Values.stored(better + 1);
  }
}
