package io.scorebook.engine.agreement.random;

import io.scorebook.engine.agreement.random.World.Source;
import io.scorebook.semantic.question.Filter;
import io.scorebook.semantic.question.Question;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Which questions have an answer, by the words of the model guide.
final class Legality {
  /// From which periods a step of a unit leads to another such period.
  private static final Map<String, Set<String>> STEPS =
      Map.of(
          "day", Set.of("day"),
          "week", Set.of("day", "week"),
          "month", Set.of("day", "month"),
          "quarter", Set.of("day", "month", "quarter"),
          "year", Set.of("day", "month", "quarter", "year"));

  private final World world;
  private final Reach reach;
  private final BruteForce brute;
  private List<String> filled = List.of();

  Legality(World world, BruteForce brute) {
    this.world = world;
    this.brute = brute;
    this.reach = brute.reach();
  }

  /// Why a question is to be refused; empty where it must be answered.
  Optional<String> refusal(Question question) {
    List<Filter> filters = question.filters().stream().flatMap(Place::apart).toList();
    for (Filter filter : question.filters()) {
      long onMetrics =
          Place.fields(filter)
              .filter(name ->
                  brute.isOnMetrics(new Filter.Comparison(name, Filter.Op.IS_NULL, List.of())))
              .count();
      if (onMetrics > 0 && onMetrics < Place.fields(filter).count()) {
        return Optional.of("a filter on metrics and dimensions");
      }
    }
    List<Filter> before = filters.stream().filter(f -> !brute.isOnMetrics(f)).toList();
    List<String> dimensions = BruteForce.dimensions(question);
    Set<Source> facts = brute.facts(question);
    Optional<String> unseen =
        Stream.concat(dimensions.stream(), before.stream().flatMap(Place::fields))
            .map(name -> Place.Key.of(name).dimension())
            .flatMap(name -> unseen(name, facts).stream())
            .findFirst();
    if (unseen.isPresent()) {
      return unseen;
    }
    List<List<Place.Key>> sets =
        question.groupingSets().orElse(List.of(dimensions)).stream()
            .map(set -> set.stream().map(Place.Key::of).toList())
            .toList();
    Optional<String> periods = periods(question, facts, before, sets);
    if (periods.isPresent()) {
      return periods;
    }
    return brute.used(question).stream()
        .flatMap(name -> refusal(brute.base(name), sets, before).stream())
        .findFirst();
  }

  /// What cannot be filled, or told to be incomplete.
  private Optional<String> periods(
      Question question, Set<Source> facts, List<Filter> before, List<List<Place.Key>> sets) {
    Periods of = brute.periods(facts, before);
    filled = List.of();
    for (String name : question.fill()) {
      if (!BruteForce.dimensions(question).contains(name)) {
        return Optional.of("filling what is no dimension of the question");
      }
      Place.Key key = Place.Key.of(name);
      Optional<String> time = of.time(List.of(key));
      if (time.isEmpty()) {
        return Optional.of("filling what is no period");
      }
      if (before.stream().anyMatch(f -> of.touches(time.get(), f) && !of.isOn(time.get(), f))) {
        return Optional.of("a filter on time and something else");
      }
      for (List<Place.Key> set : sets) {
        if (set.contains(key)) {
          if (set.stream().filter(k -> question.fill().contains(k.name())).count() > 1) {
            return Optional.of("filling two dimensions of a set");
          }
          if (of.isCalendar(key)
              && set.stream()
                  .anyMatch(k ->
                      !k.equals(key)
                          && of.time(List.of(k)).filter(time.get()::equals).isPresent())) {
            return Optional.of("filling a calendar beside its periods");
          }
        }
      }
    }
    filled = question.fill();
    if (question.partial()) {
      List<Place.Key> keys = BruteForce.dimensions(question).stream().map(Place.Key::of).toList();
      Optional<String> time = of.time(keys);
      if (time.isEmpty()) {
        return Optional.of("telling incomplete periods of no time, or of two");
      }
      if (before.stream().anyMatch(f -> of.touches(time.get(), f) && !of.isOn(time.get(), f))) {
        return Optional.of("a filter on time and something else");
      }
    }
    return Optional.empty();
  }

  /// Whether a set has a filled calendar over a time.
  private boolean fillsCalendar(
      Formula formula, String time, List<List<Place.Key>> sets, Optional<String> but) {
    Source fact = reach.facts(formula).iterator().next();
    return sets.stream()
        .flatMap(List::stream)
        .filter(key -> filled.contains(key.name()))
        .filter(key -> brute.kinds().isTime(fact, key.dimension(), time))
        .filter(key -> !reach.named(fact, key.dimension()).equals(reach.named(fact, time)))
        .anyMatch(key ->
            but.isEmpty()
                || !reach.named(fact, key.dimension()).equals(reach.named(fact, but.get())));
  }

  private Optional<String> unseen(String name, Set<Source> facts) {
    Optional<Reach.Route> first = Optional.empty();
    for (Source fact : facts) {
      List<Reach.Route> routes = reach.named(fact, name);
      if (routes.size() != 1) {
        return Optional.of(routes.isEmpty() ? "a dimension not reached" : "an ambiguous dimension");
      }
      Reach.Route route = routes.getFirst();
      if (first.isPresent()
          && !(first.get().end().equals(route.end()) && first.get().field().equals(route.field()))
          && !world.conformed().contains(name)) {
        return Optional.of("a dimension that is not conformed");
      }
      first = first.or(() -> Optional.of(route));
    }
    return Optional.empty();
  }

  private Optional<String> refusal(
      Measure measure, List<List<Place.Key>> sets, List<Filter> filters) {
    return switch (measure.meaning()) {
      case Measure.Plain m -> inner(m.formula(), sets, filters);
      case Measure.Streak _, Measure.Window _, Measure.Conversion _, Measure.SemiAdditive _ ->
          Optional.empty();
      case Measure.Nested m -> {
        // Its finer groups are those that have rows: nothing is filled there.
        List<String> kept = filled;
        filled = List.of();
        Optional<String> refused = inner(m.formula(), sets, filters);
        filled = kept;
        yield refused;
      }
      case Measure.Cumulative m ->
          mixed(m.formula(), m.time(), filters)
              .or(() ->
                  m.restart().isPresent() && fillsCalendar(m.formula(), m.time(), sets, m.restart())
                      ? Optional.of("filling a calendar without its days")
                      : Optional.empty());
      case Measure.Rolling m ->
          mixed(m.formula(), m.time(), filters)
              .or(() ->
                  !m.span().rows() && fillsCalendar(m.formula(), m.time(), sets, Optional.empty())
                      ? Optional.of("filling a calendar without its days")
                      : Optional.empty())
              .or(() ->
                  m.entity().isEmpty()
                          || m.combine().isPresent()
                          || sets.stream().allMatch(set -> names(m.dataset(), m.entity(), set))
                      ? Optional.empty()
                      : Optional.of("rolling without its entity"));
      case Measure.Prior m ->
          mixed(m.formula(), m.time(), filters)
              .or(() -> {
                Source fact = reach.facts(m.formula()).iterator().next();
                return sets.stream().allMatch(set -> steps(m, fact, set))
                    ? inner(
                        m.formula(),
                        sets,
                        filters.stream().filter(f -> !isOnTime(fact, f, m.time())).toList())
                    : Optional.of("prior without its period");
              });
      case Measure.Fixed m -> {
        Source fact = reach.facts(m.formula()).iterator().next();
        for (Filter filter : filters) {
          long named =
              Place.fields(filter)
                  .filter(name -> brute.kinds().isNamed(m, fact, Place.Key.of(name).dimension()))
                  .count();
          if (named > 0 && named < Place.fields(filter).count()) {
            yield Optional.of("a filter half in the grain");
          }
        }
        yield inner(
            m.formula(),
            sets,
            filters.stream()
                .filter(f ->
                    Place.fields(f)
                        .allMatch(name ->
                            brute.kinds().isNamed(m, fact, Place.Key.of(name).dimension())
                                == m.keep()))
                .toList());
      }
      case Measure.Rank m ->
          sets.stream().anyMatch(set -> names(m.dataset(), m.entity(), set))
              ? inner(m.formula(), sets, filters)
              : Optional.of("rank without its entity");
    };
  }

  private Optional<String> inner(
      Formula formula, List<List<Place.Key>> sets, List<Filter> filters) {
    return formula
        .leaves()
        .flatMap(leaf ->
            leaf instanceof Formula.Named(String name)
                ? refusal(world.measure(name).orElseThrow(), sets, filters).stream()
                : Stream.empty())
        .findFirst();
  }

  private boolean names(String dataset, List<String> entity, List<Place.Key> set) {
    return entity.stream()
        .allMatch(field ->
            set.stream()
                .anyMatch(key ->
                    key.grain().isEmpty()
                        && reach.names(world.source(dataset), field, key.dimension())));
  }

  private boolean isOnTime(Source fact, Filter filter, String time) {
    return Place.fields(filter)
        .anyMatch(name -> brute.kinds().isTime(fact, Place.Key.of(name).dimension(), time));
  }

  private Optional<String> mixed(Formula formula, String time, List<Filter> filters) {
    Source fact = reach.facts(formula).iterator().next();
    return filters.stream()
            .anyMatch(filter ->
                isOnTime(fact, filter, time)
                    && !Place.fields(filter)
                        .allMatch(name ->
                            brute.kinds().isTime(fact, Place.Key.of(name).dimension(), time)))
        ? Optional.of("a filter on time and something else")
        : Optional.empty();
  }

  private boolean steps(Measure.Prior metric, Source fact, List<Place.Key> set) {
    List<Place.Key> periods =
        set.stream()
            .filter(key -> brute.kinds().isTime(fact, key.dimension(), metric.time()))
            .toList();
    if (periods.size() != 1) {
      return false;
    }
    Place.Key period = periods.getFirst();
    boolean isTime = reach.named(fact, period.dimension()).equals(reach.named(fact, metric.time()));
    return STEPS.containsKey(metric.unit())
        ? isTime && STEPS.get(metric.unit()).contains(period.grain().orElse("day"))
        : !isTime && reach.named(fact, period.dimension()).equals(reach.named(fact, metric.unit()));
  }
}
