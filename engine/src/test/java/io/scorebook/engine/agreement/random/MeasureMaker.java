package io.scorebook.engine.agreement.random;

import io.scorebook.engine.agreement.random.Formula.Aggregate;
import io.scorebook.engine.agreement.random.Formula.Named;
import io.scorebook.engine.agreement.random.World.Source;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Makes metrics of all kinds for a model.
final class MeasureMaker {
  private static final Set<String> RUNNING = Set.of("SUM", "COUNT", "AVG", "MIN", "MAX");

  private final World world;
  private final Reach reach;
  private final Random random;
  private final AggregateMaker parts;
  private final List<Made> made = new ArrayList<>();

  MeasureMaker(World world, Random random) {
    this.world = world;
    this.reach = new Reach(world);
    this.random = random;
    this.parts = new AggregateMaker(world, reach, random);
  }

  /// @param numeric whether it is a number
  /// @param plain whether it is made of plain aggregates alone
  /// @param running whether those can be taken over the rows up to each row
  /// @param anywhere whether it has a value by whatever keys
  private record Made(
      Measure measure,
      Set<Source> facts,
      boolean numeric,
      boolean plain,
      boolean running,
      boolean anywhere) {}

  List<Measure> make() {
    for (int i = 0; i < 9; i++) {
      plain();
    }
    for (int i = 0; i < 3; i++) {
      derived(m -> m.plain());
    }
    reached();
    reached();
    for (int i = 0; i < 3; i++) {
      streak();
    }
    for (int i = 0; i < 2; i++) {
      window();
      conversion();
      cumulative();
      semiAdditive();
    }
    for (int i = 0; i < 3; i++) {
      rolling();
      fixed();
    }
    prior();
    prior();
    nested();
    nested();
    rank();
    rank();
    derived(m -> true);
    derived(m -> true);
    return made.stream().map(Made::measure).toList();
  }

  private boolean chance(double p) {
    return random.nextDouble() < p;
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private void add(
      String kind,
      Measure.Meaning meaning,
      boolean numeric,
      boolean plain,
      boolean running,
      boolean anywhere) {
    Optional<Measure.Target> target =
        numeric && chance(0.25)
            ? Optional.of(
                new Measure.Target(BigDecimal.valueOf(random.nextInt(8) * 10L + 5, 1), chance(0.5)))
            : Optional.empty();
    var measure = new Measure(kind + "_" + made.size(), meaning, target);
    // Facts of metrics by name need those made before.
    Set<Source> facts =
        new Reach(world.withMeasures(made.stream().map(Made::measure).toList())).facts(measure);
    made.add(new Made(measure, facts, numeric, plain, running, anywhere));
  }

  private Source fact() {
    List<Source> facts =
        world.sources().stream()
            .filter(s -> Set.of("sales", "visits", "returns").contains(s.name()))
            .toList();
    return chance(0.6) ? facts.getFirst() : one(facts);
  }

  private void plain() {
    Source fact = fact();
    Aggregate aggregate = parts.aggregate(fact);
    boolean numeric = parts.isNumber(aggregate);
    add(
        "plain",
        new Measure.Plain(aggregate),
        numeric,
        true,
        RUNNING.contains(aggregate.function()),
        true);
  }

  private List<Made> choose(Predicate<Made> wanted) {
    return made.stream().filter(wanted).toList();
  }

  private void derived(Predicate<Made> wanted) {
    List<Made> bases = choose(wanted.and(Made::numeric));
    if (bases.isEmpty()) {
      return;
    }
    Made left = one(bases);
    Made right = one(bases);
    Formula second =
        chance(0.2)
            ? new Formula.Constant(BigDecimal.valueOf(random.nextInt(5) * 5L, 1))
            : new Named(right.measure().name());
    boolean both = second instanceof Named;
    add(
        "derived",
        new Measure.Plain(
            new Formula.Arithmetic(
                one(List.of('+', '-', '*', '/', '/')), new Named(left.measure().name()), second)),
        true,
        left.plain() && (!both || right.plain()),
        left.running() && (!both || right.running()),
        left.anywhere() && (!both || right.anywhere()));
  }

  /// An aggregate of a fact with one over rows that it leads to, in one expression.
  private void reached() {
    Source fact = fact();
    List<Source> ends =
        world.sources().stream()
            .filter(s -> !s.equals(fact) && reach.paths(fact, s.name()).size() == 1)
            .filter(parts::hasNumber)
            .toList();
    if (ends.isEmpty()) {
      return;
    }
    Aggregate own = parts.aggregate(fact);
    Aggregate beyond = parts.ofNumber(one(ends));
    if (parts.isNumber(own)) {
      add(
          "reached",
          new Measure.Plain(
              new Formula.Arithmetic(
                  one(List.of('/', '/', '-')), own, new Formula.Reached(beyond, fact.name()))),
          true,
          false,
          false,
          true);
    }
  }

  private List<String> entity(Source fact) {
    String shop =
        fact.fields().stream()
            .filter(f -> f.column().equals("shop_id"))
            .findFirst()
            .map(World.Field::name)
            .orElse("sale_id");
    if (fact.name().equals("sales")) {
      return chance(0.15) ? List.of("who", "kind") : List.of(chance(0.5) ? "who" : shop);
    }
    return List.of(shop);
  }

  private List<String> order(Source fact) {
    return chance(0.8)
        ? List.of("day")
        : List.of("day", parts.own(fact, parts.operands(fact, Table.Type.INTEGER)).field());
  }

  private void streak() {
    Source fact = fact();
    String mode = one(List.of("longest", "longest", "current", "count"));
    add(
        "streak",
        new Measure.Streak(
            parts.condition(fact),
            mode,
            mode.equals("count") ? 1 + random.nextInt(3) : 1,
            fact.name(),
            entity(fact),
            order(fact),
            one(List.of("skip", "break"))),
        true,
        false,
        false,
        true);
  }

  private void window() {
    Source fact = fact();
    String function = one(List.of("SUM", "AVG", "MIN", "MAX", "COUNT"));
    add(
        "window",
        new Measure.Window(
            new Aggregate(function, false, parts.number(fact), Optional.empty()),
            chance(0.5),
            1 + random.nextInt(4),
            fact.name(),
            entity(fact),
            order(fact)),
        true,
        false,
        false,
        true);
  }

  private Measure.Span span() {
    return chance(0.5)
        ? new Measure.Span(true, 1 + random.nextInt(3))
        : new Measure.Span(false, one(List.of(1, 2, 7, 30)));
  }

  private void conversion() {
    Source fact = fact();
    add(
        "conversion",
        new Measure.Conversion(
            parts.condition(fact),
            parts.condition(fact),
            span(),
            fact.name(),
            entity(fact),
            order(fact),
            chance(0.5),
            chance(0.5)),
        true,
        false,
        false,
        true);
  }

  private void cumulative() {
    List<Made> bases = choose(m -> m.plain() && m.running());
    if (!bases.isEmpty()) {
      Made base = one(bases);
      add(
          "cumulative",
          new Measure.Cumulative(
              named(base),
              "day",
              chance(0.4)
                  ? Optional.empty()
                  : Optional.of(one(List.of("week", "month", "quarter", "year", "season")))),
          base.numeric(),
          false,
          false,
          true);
    }
  }

  private static Formula named(Made base) {
    // A single aggregate may as well stand there itself.
    return base.measure().meaning() instanceof Measure.Plain(Aggregate aggregate)
            && base.measure().name().endsWith("1")
        ? aggregate
        : new Named(base.measure().name());
  }

  private void rolling() {
    List<Made> bases = choose(m -> m.plain() && m.running() && m.facts().size() == 1);
    if (bases.isEmpty()) {
      return;
    }
    Made base = one(bases);
    Source fact = base.facts().iterator().next();
    Measure.Span span = span();
    boolean entity = span.rows() || chance(0.5);
    Optional<String> combine =
        entity && chance(0.6)
            ? Optional.of(base.numeric() ? one(List.of("sum", "min", "max")) : "max")
            : Optional.empty();
    if (combine.isPresent() && combine.get().equals("sum") && !leavesAreNumbers(base.measure())) {
      combine = Optional.of("min");
    }
    add(
        "rolling",
        new Measure.Rolling(
            named(base),
            "day",
            span,
            fact.name(),
            entity ? entity(fact) : List.of(),
            span.rows() ? order(fact) : List.of(),
            combine),
        base.numeric(),
        false,
        false,
        !entity || combine.isPresent());
  }

  private boolean leavesAreNumbers(Measure measure) {
    return measure.meaning() instanceof Measure.Plain(Formula formula)
        && formula
            .leaves()
            .allMatch(leaf ->
                switch (leaf) {
                  case Aggregate aggregate -> parts.isNumber(aggregate);
                  case Formula.Reached reached -> parts.isNumber(reached.aggregate());
                  case Named(String name) ->
                      leavesAreNumbers(
                          choose(m -> m.measure().name().equals(name)).getFirst().measure());
                  case Formula.Constant _, Formula.Arithmetic _ -> true;
                });
  }

  private void prior() {
    List<Made> bases = choose(m -> m.anywhere());
    Made base = one(chance(0.6) ? choose(Made::plain) : bases);
    add(
        "prior",
        new Measure.Prior(
            named(base),
            "day",
            one(List.of("day", "week", "month", "quarter", "year", "season", "season")),
            chance(0.7) ? 1 : 2),
        base.numeric(),
        false,
        false,
        false);
  }

  private void semiAdditive() {
    List<Made> bases = choose(m -> m.plain() && m.facts().size() == 1);
    if (!bases.isEmpty()) {
      Made base = one(bases);
      Source fact = base.facts().iterator().next();
      add(
          "last",
          new Measure.SemiAdditive(
              named(base), "day", chance(0.6), fact.name(), chance(0.6) ? entity(fact) : List.of()),
          base.numeric(),
          false,
          false,
          true);
    }
  }

  /// The dimensions that all the facts of a metric see alike.
  private List<String> common(Set<Source> facts) {
    return facts.stream()
        .flatMap(f -> reach.names(f).stream())
        .distinct()
        .filter(name ->
            facts.stream().allMatch(f -> reach.named(f, name).size() == 1)
                && (world.conformed().contains(name)
                    || facts.stream()
                            .map(f -> reach.named(f, name).getFirst())
                            .map(route -> route.end().name() + "." + route.field().name())
                            .distinct()
                            .count()
                        == 1))
        .toList();
  }

  private void fixed() {
    Made base = one(chance(0.6) ? choose(Made::plain) : choose(Made::anywhere));
    List<String> names = common(base.facts());
    List<String> dimensions =
        chance(0.15) || names.isEmpty()
            ? List.of()
            : Stream.of(one(names), one(names)).distinct().toList();
    add(
        "fixed",
        new Measure.Fixed(named(base), dimensions.isEmpty() || chance(0.6), dimensions),
        base.numeric(),
        false,
        false,
        true);
  }

  private void nested() {
    List<Made> bases = choose(m -> m.anywhere() && m.numeric());
    if (bases.isEmpty()) {
      return;
    }
    Made base = one(bases);
    List<String> names = common(base.facts());
    if (!names.isEmpty()) {
      add(
          "nested",
          new Measure.Nested(
              named(base),
              Stream.of(one(names), one(names)).distinct().limit(chance(0.8) ? 1 : 2).toList(),
              one(List.of("sum", "avg", "min", "max"))),
          true,
          false,
          false,
          true);
    }
  }

  private void rank() {
    Source fact = fact();
    List<Made> bases = choose(m -> m.anywhere() && m.facts().contains(fact));
    if (!bases.isEmpty()) {
      Made base = one(bases);
      add(
          "rank",
          new Measure.Rank(named(base), fact.name(), List.of(entity(fact).getFirst()), chance(0.6)),
          true,
          false,
          false,
          false);
    }
  }
}
