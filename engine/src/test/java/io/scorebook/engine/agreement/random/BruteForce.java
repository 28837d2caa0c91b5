package io.scorebook.engine.agreement.random;

import io.scorebook.engine.agreement.random.World.Source;
import io.scorebook.semantic.question.Filter;
import io.scorebook.semantic.question.Question;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Answers questions over rows in memory: every group and every metric on its own, by nested loops.
/// It knows neither planner nor SQL.
final class BruteForce {
  private final World world;
  private final Reach reach;
  private final Memory memory;
  private final Kinds kinds;

  BruteForce(World world) {
    this.world = world;
    this.reach = new Reach(world);
    this.memory = new Memory(world, reach);
    this.kinds = new Kinds(world, reach, memory);
  }

  /// Dimensions, `grouping` where there are sets, metrics, evidence; in the order asked for.
  List<List<@Nullable Object>> answer(Question question) {
    var rows = new ArrayList<Map<String, @Nullable Object>>();
    List<String> dimensions = dimensions(question);
    List<Filter> filters = question.filters().stream().flatMap(Place::apart).toList();
    List<Filter> before = filters.stream().filter(f -> !isOnMetrics(f)).toList();
    Optional<Spine> spine =
        question.fill().isEmpty()
            ? Optional.empty()
            : Optional.of(new Spine(world, reach, memory, question, facts(question), before));
    kinds.fill(spine.orElse(null));
    var periods = new Periods(world, reach, memory, facts(question), before);
    for (List<String> set : question.groupingSets().orElse(List.of(dimensions))) {
      List<Place.Key> keys = dimensions.stream().filter(set::contains).map(Place.Key::of).toList();
      var all = new LinkedHashSet<>(groups(keys, before, facts(question)));
      spine.ifPresent(of -> all.addAll(of.all(new Place(keys, List.of(), before)).keySet()));
      List<Place> groups = List.copyOf(all);
      kinds.among(groups);
      for (Place group : groups) {
        Map<String, @Nullable Object> row = row(question, dimensions, group);
        if (question.partial()) {
          row.put("period_partial", periods.isPartial(group));
        }
        rows.add(row);
      }
    }
    Comparator<Map<String, @Nullable Object>> order = (_, _) -> 0;
    for (Question.Order by : question.orderBy()) {
      order = order.thenComparing(row -> row.get(by.field()), order(by.descending()));
    }
    for (String dimension : dimensions) {
      order = order.thenComparing(row -> row.get(dimension), order(false));
    }
    order = order.thenComparing(row -> row.get("grouping"), order(false));
    Stream<Map<String, @Nullable Object>> shown =
        rows.stream()
            .filter(row ->
                filters.stream()
                    .filter(this::isOnMetrics)
                    .allMatch(f -> Boolean.TRUE.equals(Place.holds(f, row::get))))
            .sorted(order)
            .skip(question.offset())
            .limit(question.limit().orElse(Long.MAX_VALUE));
    List<String> columns = columns(question);
    return shown
        .<List<@Nullable Object>>map(row -> columns.stream().map(row::get).toList())
        .toList();
  }

  private static Comparator<@Nullable Object> order(boolean descending) {
    return Comparator.nullsLast(descending ? (a, b) -> Values.compare(b, a) : Values::compare);
  }

  static List<String> dimensions(Question question) {
    return question.dimensions().isEmpty()
        ? question.groupingSets().stream()
            .flatMap(List::stream)
            .flatMap(List::stream)
            .distinct()
            .toList()
        : question.dimensions();
  }

  private List<String> columns(Question question) {
    var columns = new ArrayList<>(dimensions(question));
    if (question.groupingSets().isPresent()) {
      columns.add("grouping");
    }
    columns.addAll(question.metrics());
    for (String metric : question.evidence()) {
      columns.add(metric + "_start");
      columns.add(metric + "_end");
      if (!entityIsKey(question, world.measure(metric).orElseThrow())) {
        columns.add(metric + "_entity");
      }
    }
    if (question.partial()) {
      columns.add("period_partial");
    }
    return columns;
  }

  /// Whether every group is of one entity, so that its evidence need not name it.
  private boolean entityIsKey(Question question, Measure measure) {
    Source fact = reach.facts(measure).iterator().next();
    return question.groupingSets().orElse(List.of(dimensions(question))).stream()
        .allMatch(set ->
            set.stream()
                .anyMatch(name ->
                    entity(measure).size() == 1
                        && reach.names(fact, entity(measure).getFirst(), name)));
  }

  private static List<String> entity(Measure measure) {
    return switch (measure.meaning()) {
      case Measure.Streak m -> m.entity();
      case Measure.Window m -> m.entity();
      default -> throw new IllegalArgumentException("no sequence: " + measure);
    };
  }

  private Map<String, @Nullable Object> row(
      Question question, List<String> dimensions, Place group) {
    var row = new LinkedHashMap<String, @Nullable Object>();
    long grouping = 0;
    for (String dimension : dimensions) {
      int at = group.keys().indexOf(Place.Key.of(dimension));
      grouping = grouping * 2 + (at < 0 ? 1 : 0);
      row.put(dimension, at < 0 ? null : group.values().get(at));
    }
    row.put("grouping", Values.stored(grouping));
    for (String name : used(question)) {
      row.put(name, value(name, group));
    }
    for (String name : question.evidence()) {
      Measure measure = world.measure(name).orElseThrow();
      Sequences.Found found = kinds.run(measure.meaning(), group);
      row.put(name + "_start", found.start());
      row.put(name + "_end", found.end());
      row.put(name + "_entity", shown(measure, found.entity()));
    }
    return row;
  }

  /// The entity by its key; by a name where the key leads to a dataset that has one unique one.
  private @Nullable Object shown(Measure measure, List<@Nullable Object> entity) {
    if (entity.isEmpty()) {
      return null;
    }
    if (entity.size() > 1) {
      return entity.contains(null)
          ? null
          : String.join("/", entity.stream().map(String::valueOf).toList());
    }
    Source fact = reach.facts(measure).iterator().next();
    String field = entity(measure).getFirst();
    List<String> names =
        reach.names(fact).stream()
            .filter(name -> reach.names(fact, field, name))
            .filter(name -> !reach.named(fact, name).getFirst().links().isEmpty())
            .toList();
    if (names.size() != 1) {
      return entity.getFirst();
    }
    return memory.rows(fact).stream()
        .filter(row -> java.util.Objects.equals(row.field(field), entity.getFirst()))
        .findFirst()
        .map(row -> memory.dimension(row, names.getFirst()))
        .orElse(null);
  }

  private @Nullable Object value(String name, Place group) {
    Optional<Measure> measure = world.measure(name);
    if (measure.isPresent()) {
      return kinds.value(measure.get(), group);
    }
    Measure base = base(name);
    Measure.Target target = base.target().orElseThrow();
    Object value = kinds.value(base, group);
    return name.endsWith("_on_target")
        ? Memory.compare(target.atLeast() ? ">=" : "<=", value, target.value())
        : Values.stored(target.value());
  }

  /// The metric itself, or the one that a target is of.
  Measure base(String name) {
    return world
        .measure(name)
        .orElseGet(
            () -> world.measure(name.replaceFirst("_on_target$|_target$", "")).orElseThrow());
  }

  private boolean isMetric(String name) {
    return world.measure(name.replaceFirst("_on_target$|_target$", "")).isPresent();
  }

  boolean isOnMetrics(Filter filter) {
    return Place.fields(filter).anyMatch(this::isMetric);
  }

  /// The metrics that are shown, and those that are filtered or ordered by.
  Set<String> used(Question question) {
    var used = new LinkedHashSet<>(question.metrics());
    question.filters().stream().flatMap(Place::fields).filter(this::isMetric).forEach(used::add);
    question.orderBy().stream()
        .map(Question.Order::field)
        .filter(this::isMetric)
        .forEach(used::add);
    return used;
  }

  Set<Source> facts(Question question) {
    var facts = new LinkedHashSet<Source>();
    used(question).forEach(name -> facts.addAll(reach.facts(base(name))));
    return facts;
  }

  /// A group for each key that any of the facts has; without keys just one.
  private List<Place> groups(List<Place.Key> keys, List<Filter> before, Set<Source> facts) {
    var all = new Place(List.of(), List.of(), before);
    if (keys.isEmpty()) {
      return List.of(all);
    }
    var groups = new LinkedHashSet<Place>();
    for (Source fact : facts) {
      for (Memory.Row row : all.rows(memory, fact)) {
        Place group = all;
        for (Place.Key key : keys) {
          group = group.with(key, key.of(memory, row));
        }
        groups.add(group);
      }
    }
    return List.copyOf(groups);
  }

  Reach reach() {
    return reach;
  }

  Periods periods(Set<Source> facts, List<Filter> before) {
    return new Periods(world, reach, memory, facts, before);
  }

  Kinds kinds() {
    return kinds;
  }
}
