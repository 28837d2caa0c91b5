package io.scorebook.engine.agreement.random;

import io.scorebook.engine.agreement.random.World.Field;
import io.scorebook.engine.agreement.random.World.Link;
import io.scorebook.engine.agreement.random.World.Source;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What a dataset sees of the others, along relationships.
final class Reach {
  private final World world;

  Reach(World world) {
    this.world = world;
  }

  /// A field, and the relationships that lead to it.
  record Route(List<Link> links, Source end, Field field) {}

  /// All that a dimension's name may mean for a dataset: `name`, `dataset.name` or
  /// `relationship.name`. One is the meaning, none is unknown, more are ambiguous.
  List<Route> named(Source from, String name) {
    List<Route> plain = seen(from, name);
    int dot = name.indexOf('.');
    if (!plain.isEmpty() || dot < 0) {
      return plain;
    }
    String before = name.substring(0, dot);
    String after = name.substring(dot + 1);
    if (world.sources().stream().anyMatch(s -> s.name().equals(before))) {
      Source end = world.source(before);
      return end.fields().stream()
          .filter(f -> f.isDimension() && f.name().equals(after))
          .flatMap(f -> paths(from, before).stream().map(path -> new Route(path, end, f)))
          .toList();
    }
    return world.links().stream()
        .filter(l -> l.from().equals(from.name()) && l.name().equals(before))
        .flatMap(l -> named(world.source(l.to()), after).stream().map(r -> behind(l, r)))
        .toList();
  }

  /// A dataset's own dimension wins; of names that come from elsewhere none does.
  private List<Route> seen(Source from, String name) {
    for (Field field : from.fields()) {
      if (field.isDimension() && field.name().equals(name)) {
        return List.of(new Route(List.of(), from, field));
      }
    }
    var found = new ArrayList<Route>();
    for (Link link : world.links()) {
      if (link.from().equals(from.name())) {
        String there = link.exposes().map(names -> names.getOrDefault(name, "")).orElse(name);
        seen(world.source(link.to()), there).forEach(route -> found.add(behind(link, route)));
      }
    }
    return found;
  }

  private static Route behind(Link link, Route route) {
    return new Route(
        Stream.concat(Stream.of(link), route.links().stream()).toList(),
        route.end(),
        route.field());
  }

  List<List<Link>> paths(Source from, String to) {
    if (from.name().equals(to)) {
      return List.of(List.of());
    }
    var found = new ArrayList<List<Link>>();
    for (Link link : world.links()) {
      if (link.from().equals(from.name())) {
        for (List<Link> beyond : paths(world.source(link.to()), to)) {
          found.add(Stream.concat(Stream.of(link), beyond.stream()).toList());
        }
      }
    }
    return found;
  }

  /// All names that a question about a dataset may try, without grains.
  Set<String> names(Source from) {
    var names = new LinkedHashSet<String>();
    from.fields().stream().filter(Field::isDimension).forEach(f -> names.add(f.name()));
    for (Link link : world.links()) {
      if (link.from().equals(from.name())) {
        Set<String> beyond = names(world.source(link.to()));
        link.exposes()
            .ifPresentOrElse(
                exposes ->
                    exposes.forEach((seen, there) -> {
                      if (beyond.contains(there)) {
                        names.add(seen);
                      }
                    }),
                () -> names.addAll(beyond));
      }
    }
    return names;
  }

  /// The dataset whose rows an aggregate is over: the one that reaches all others.
  Source fact(Formula.Aggregate aggregate) {
    List<String> datasets = aggregate.datasets().toList();
    return datasets.stream()
        .map(world::source)
        .filter(s -> datasets.stream().allMatch(other -> paths(s, other).size() == 1))
        .findFirst()
        .orElseThrow();
  }

  /// The datasets whose rows a metric is of.
  Set<Source> facts(Measure measure) {
    var facts = new LinkedHashSet<Source>();
    switch (measure.meaning()) {
      case Measure.Plain m -> facts.addAll(facts(m.formula()));
      case Measure.Cumulative m -> facts.addAll(facts(m.formula()));
      case Measure.Rolling m -> facts.addAll(facts(m.formula()));
      case Measure.Prior m -> facts.addAll(facts(m.formula()));
      case Measure.SemiAdditive m -> facts.addAll(facts(m.formula()));
      case Measure.Fixed m -> facts.addAll(facts(m.formula()));
      case Measure.Nested m -> facts.addAll(facts(m.formula()));
      case Measure.Rank m -> facts.addAll(facts(m.formula()));
      case Measure.Streak m -> facts.add(world.source(m.dataset()));
      case Measure.Window m -> facts.add(world.source(m.dataset()));
      case Measure.Conversion m -> facts.add(world.source(m.dataset()));
    }
    return facts;
  }

  Set<Source> facts(Formula formula) {
    var facts = new LinkedHashSet<Source>();
    formula
        .leaves()
        .forEach(leaf -> {
          switch (leaf) {
            case Formula.Aggregate aggregate -> facts.add(fact(aggregate));
            case Formula.Reached reached -> facts.add(world.source(reached.fact()));
            case Formula.Named(String name) ->
                facts.addAll(facts(world.measure(name).orElseThrow()));
            case Formula.Constant _, Formula.Arithmetic _ -> {}
          }
        });
    return facts;
  }

  /// Whether a dimension tells the entities of a dataset apart: it is the entity's own field, or
  /// the unique key of what the entity's column leads to.
  boolean names(Source fact, String entityField, String dimension) {
    List<Route> routes = named(fact, dimension);
    if (routes.size() != 1) {
      return false;
    }
    Route route = routes.getFirst();
    String column = fact.field(entityField).column();
    if (route.links().isEmpty()) {
      return route.field().column().equals(column);
    }
    return route.links().size() == 1
        && route.links().getFirst().fromColumns().equals(List.of(column))
        && route.end().isUnique(route.field().column());
  }

  /// Whether the entity determines a dimension: it is of the entity's columns, or lies behind a
  /// relationship by them.
  boolean determines(Source fact, List<String> entity, String dimension) {
    Route route = named(fact, dimension).getFirst();
    List<String> needed =
        route.links().isEmpty()
            ? List.of(route.field().column())
            : route.links().getFirst().fromColumns();
    List<String> columns = entity.stream().map(field -> fact.field(field).column()).toList();
    return columns.containsAll(needed);
  }
}
