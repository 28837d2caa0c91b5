package io.scorebook.engine.agreement.random;

import io.scorebook.engine.agreement.random.World.Source;
import io.scorebook.semantic.question.Filter;
import io.scorebook.semantic.question.Filter.Op;
import io.scorebook.semantic.question.Question;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes questions about a model, most of which have an answer.
final class QuestionMaker {
  private final World world;
  private final BruteForce brute;
  private final Legality legality;
  private final Random random;

  /// How often periods are filled.
  private final double filling;

  QuestionMaker(World world, BruteForce brute, long seed) {
    this.world = world;
    this.brute = brute;
    this.legality = new Legality(world, brute);
    this.random = new Random(seed);
    this.filling = seed % 2 == 0 ? 0.4 : 0;
  }

  Question make() {
    Question question = attempt();
    boolean legal = chance(0.85);
    for (int i = 0; i < 30 && legal && legality.refusal(question).isPresent(); i++) {
      question = attempt();
    }
    return question;
  }

  /// A question that must be answered.
  Question makeLegal() {
    Question question = attempt();
    while (legality.refusal(question).isPresent()) {
      question = attempt();
    }
    return question;
  }

  private boolean chance(double p) {
    return random.nextDouble() < p;
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private Question attempt() {
    var metrics = new LinkedHashSet<String>();
    int count = 1 + random.nextInt(chance(0.3) ? 4 : 2);
    for (int i = 0; i < count; i++) {
      Measure measure = one(world.measures());
      metrics.add(
          measure.target().isPresent() && chance(0.3)
              ? measure.name() + one(List.of("_target", "_on_target"))
              : measure.name());
    }
    List<String> names = names(metrics);
    var dimensions = new LinkedHashSet<String>();
    int keys = random.nextInt(4);
    for (int i = 0; i < keys && !names.isEmpty(); i++) {
      dimensions.add(key(one(names)));
    }
    metrics.forEach(name -> suggest(brute.base(name), dimensions));
    List<String> ofKeys = List.copyOf(dimensions);
    Optional<List<List<String>>> sets =
        chance(0.25) && !ofKeys.isEmpty() ? Optional.of(sets(ofKeys)) : Optional.empty();
    var filters = new ArrayList<Filter>();
    while (chance(0.4)) {
      filters.add(chance(0.7) && !names.isEmpty() ? onDimensions(names, 0) : onMetric(metrics));
    }
    var order = new ArrayList<Question.Order>();
    while (chance(0.3)) {
      List<String> candidates =
          Stream.concat(ofKeys.stream(), metrics.stream())
              .filter(name -> order.stream().noneMatch(o -> o.field().equals(name)))
              .toList();
      if (!candidates.isEmpty()) {
        order.add(new Question.Order(one(candidates), chance(0.5)));
      }
    }
    List<String> evidence =
        metrics.stream()
            .filter(name -> world.measure(name).filter(QuestionMaker::hasEvidence).isPresent())
            .filter(_ -> chance(0.4))
            .toList();
    return new Question(
        List.copyOf(metrics),
        sets.isPresent() && chance(0.5) ? List.of() : ofKeys,
        filters,
        sets,
        evidence,
        order,
        chance(0.2) ? OptionalLong.of(random.nextInt(6)) : OptionalLong.empty(),
        chance(0.05) ? random.nextInt(3) : 0,
        ofKeys.stream()
            .filter(name -> name.startsWith("day") || name.equals("season"))
            .filter(_ -> chance(filling))
            .limit(chance(0.9) ? 1 : 2)
            .toList(),
        chance(filling / 2));
  }

  private static boolean hasEvidence(Measure measure) {
    return switch (measure.meaning()) {
      case Measure.Streak streak -> !streak.mode().equals("count");
      case Measure.Window _ -> true;
      default -> false;
    };
  }

  /// What a metric cannot do without.
  private void suggest(Measure measure, Set<String> dimensions) {
    if (chance(0.1)) {
      return;
    }
    switch (measure.meaning()) {
      case Measure.Prior prior -> {
        dimensions.removeIf(name -> name.startsWith("day") || name.equals("season"));
        dimensions.add(
            switch (prior.unit()) {
              case "season" -> "season";
              case "week" -> one(List.of("day.week", "day.day", "day"));
              case "day" -> "day.day";
              case "month" -> one(List.of("day.month", "day.month", "day"));
              case "quarter" -> one(List.of("day.month", "day.quarter", "day"));
              default -> one(List.of("day.month", "day.year", "day.year", "day"));
            });
      }
      case Measure.Rolling rolling -> {
        if (rolling.combine().isEmpty()) {
          entity(world.source(rolling.dataset()), rolling.entity(), dimensions);
        }
      }
      case Measure.Rank rank -> entity(world.source(rank.dataset()), rank.entity(), dimensions);
      case Measure.Plain plain ->
          plain
              .formula()
              .leaves()
              .forEach(leaf -> {
                if (leaf instanceof Formula.Named(String name)) {
                  suggest(world.measure(name).orElseThrow(), dimensions);
                }
              });
      case Measure.Streak _,
          Measure.Window _,
          Measure.Cumulative _,
          Measure.SemiAdditive _,
          Measure.Fixed _,
          Measure.Nested _,
          Measure.Conversion _ -> {}
    }
  }

  private void entity(Source fact, List<String> fields, Set<String> dimensions) {
    for (String field : fields) {
      List<String> names =
          brute.reach().names(fact).stream()
              .filter(name -> brute.reach().names(fact, field, name))
              .toList();
      if (!names.isEmpty()) {
        dimensions.add(one(names));
      }
    }
  }

  /// Names to try: mostly those that all facts see.
  private List<String> names(Set<String> metrics) {
    List<Set<String>> all =
        metrics.stream()
            .flatMap(name -> brute.reach().facts(brute.base(name)).stream())
            .distinct()
            .map(brute.reach()::names)
            .toList();
    boolean shared = chance(0.9);
    return all.stream()
        .flatMap(Set::stream)
        .distinct()
        .filter(name -> !shared || all.stream().allMatch(names -> names.contains(name)))
        .map(name -> chance(0.08) ? qualified(name) : name)
        .toList();
  }

  /// The name with its dataset, or with the relationship that leads there.
  private String qualified(String name) {
    if (chance(0.7)) {
      List<String> paths =
          world.links().stream()
              .filter(l -> brute.reach().names(world.source(l.to())).contains(name))
              .map(l -> l.name() + "." + name)
              .toList();
      if (!paths.isEmpty()) {
        return one(paths);
      }
    }
    return world.sources().stream()
        .filter(s -> s.fields().stream().anyMatch(f -> f.isDimension() && f.name().equals(name)))
        .map(s -> s.name() + "." + name)
        .findFirst()
        .orElse(name);
  }

  private String key(String name) {
    if (name.endsWith(".day")) {
      return name + "." + one(Place.GRAINS);
    }
    return name.equals("day") && chance(0.8) ? name + "." + one(Place.GRAINS) : name;
  }

  private List<List<String>> sets(List<String> keys) {
    var sets = new LinkedHashSet<Set<String>>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      var set = new LinkedHashSet<String>();
      keys.stream().filter(_ -> chance(0.5)).forEach(set::add);
      sets.add(set);
    }
    var missing = new LinkedHashSet<>(keys);
    sets.forEach(missing::removeAll);
    if (!missing.isEmpty()) {
      sets.add(missing);
    }
    return sets.stream()
        .map(set -> {
          var shuffled = new ArrayList<>(set);
          Collections.shuffle(shuffled, random);
          return List.<String>copyOf(shuffled);
        })
        .toList();
  }

  private Filter onDimensions(List<String> names, int depth) {
    if (depth < 2 && chance(0.25)) {
      String name = one(names);
      // Mostly of one dimension, so that it does not mix what metrics keep apart.
      List<String> these = chance(0.7) ? List.of(name) : names;
      List<Filter> inner = List.of(onDimensions(these, depth + 1), onDimensions(these, depth + 1));
      return switch (random.nextInt(3)) {
        case 0 -> new Filter.Or(inner);
        case 1 -> new Filter.And(inner);
        default -> new Filter.Not(inner.getFirst());
      };
    }
    String name = key(one(names));
    List<Object> values = values(name);
    if (values.isEmpty() || chance(0.1)) {
      return new Filter.Comparison(name, chance(0.4) ? Op.IS_NULL : Op.IS_NOT_NULL, List.of());
    }
    Object value = one(values);
    if (value instanceof String text && chance(0.2)) {
      return new Filter.Comparison(
          name,
          chance(0.5) ? Op.CONTAINS : Op.STARTS_WITH,
          List.of(text.substring(0, Math.min(1, text.length()))));
    }
    if (chance(0.25)) {
      return new Filter.Comparison(
          name, chance(0.6) ? Op.IN : Op.NOT_IN, Stream.of(value, one(values)).distinct().toList());
    }
    return new Filter.Comparison(
        name,
        value instanceof Boolean
            ? one(List.of(Op.EQUAL, Op.NOT_EQUAL))
            : one(
                List.of(
                    Op.EQUAL,
                    Op.NOT_EQUAL,
                    Op.LESS,
                    Op.LESS_OR_EQUAL,
                    Op.GREATER,
                    Op.GREATER_OR_EQUAL,
                    Op.GREATER_OR_EQUAL)),
        List.of(value));
  }

  /// Values that a dimension has somewhere.
  private List<Object> values(String name) {
    Place.Key key = Place.Key.of(name);
    var values = new LinkedHashSet<Object>();
    for (Source source : world.sources()) {
      List<Reach.Route> routes = brute.reach().named(source, key.dimension());
      if (routes.size() == 1) {
        Reach.Route route = routes.getFirst();
        int column = route.end().table().place(route.field().column());
        for (List<@Nullable Object> row : route.end().table().rows()) {
          Object value = row.get(column);
          if (value instanceof LocalDate day && key.grain().isPresent()) {
            values.add(Place.first(day, key.grain().get()));
          } else if (value instanceof Integer number) {
            values.add((long) number);
          } else if (value != null) {
            values.add(value);
          }
        }
      }
    }
    return List.copyOf(values);
  }

  private Filter onMetric(Set<String> metrics) {
    String name = chance(0.85) ? one(List.copyOf(metrics)) : one(world.measures()).name();
    if (!isNumber(name) || chance(0.15)) {
      return new Filter.Comparison(name, chance(0.3) ? Op.IS_NULL : Op.IS_NOT_NULL, List.of());
    }
    BigDecimal value =
        BigDecimal.valueOf(random.nextInt(9)).add(new BigDecimal(chance(0.5) ? "0.0137" : "0"));
    return new Filter.Comparison(
        name, one(List.of(Op.LESS, Op.GREATER, Op.GREATER_OR_EQUAL, Op.NOT_EQUAL)), List.of(value));
  }

  /// Whether its values are numbers, as far as brute force finds any.
  private boolean isNumber(String name) {
    if (name.endsWith("_on_target")) {
      return false;
    }
    Measure measure = brute.base(name);
    if (measure.target().isPresent()) {
      return true;
    }
    return switch (measure.meaning()) {
      case Measure.Plain(Formula.Aggregate a) ->
          a.isCount()
              || world.source(a.operand().dataset()).type(a.operand().field()) != Table.Type.DATE;
      case Measure.Plain _,
          Measure.Streak _,
          Measure.Window _,
          Measure.Conversion _,
          Measure.Rank _,
          Measure.Nested _ ->
          true;
      case Measure.Cumulative _,
          Measure.Rolling _,
          Measure.Prior _,
          Measure.SemiAdditive _,
          Measure.Fixed _ ->
          false;
    };
  }
}
