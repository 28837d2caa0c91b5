package io.scorebook.engine.agreement.random;

import io.scorebook.engine.agreement.random.Formula.Aggregate;
import io.scorebook.engine.agreement.random.Formula.Condition;
import io.scorebook.engine.agreement.random.Formula.Operand;
import io.scorebook.engine.agreement.random.World.Source;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/// Makes what metrics are made of: fields, conditions on rows, and aggregates over them.
final class AggregateMaker {
  private final World world;
  private final Reach reach;
  private final Random random;

  AggregateMaker(World world, Reach reach, Random random) {
    this.world = world;
    this.reach = reach;
    this.random = random;
  }

  private boolean chance(double p) {
    return random.nextDouble() < p;
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  /// The fields of a type that a fact has, or reaches by one path.
  List<Operand> operands(Source fact, Table.Type type) {
    return world.sources().stream()
        .filter(s -> reach.paths(fact, s.name()).size() == 1)
        .flatMap(s ->
            s.fields().stream()
                .filter(f -> s.type(f.name()) == type)
                .filter(f -> !f.column().endsWith("_id") && !f.column().equals("season"))
                .map(f -> Operand.of(s.name(), f.name())))
        .toList();
  }

  Operand number(Source fact) {
    List<Operand> numbers =
        Stream.concat(
                operands(fact, Table.Type.INTEGER).stream(),
                operands(fact, Table.Type.DECIMAL).stream())
            .toList();
    Operand operand = chance(0.7) ? own(fact, numbers) : one(numbers);
    return chance(0.15) ? new Operand(operand.dataset(), operand.field(), 2, 1) : operand;
  }

  Operand own(Source fact, List<Operand> operands) {
    return one(operands.stream().filter(o -> o.dataset().equals(fact.name())).toList());
  }

  Condition condition(Source fact) {
    List<Operand> flags = operands(fact, Table.Type.BOOLEAN);
    List<Operand> texts = operands(fact, Table.Type.STRING);
    return switch (random.nextInt(9)) {
      case 0 -> flags.isEmpty() ? compared(fact) : new Condition.Holds(one(flags));
      case 1 ->
          texts.isEmpty()
              ? compared(fact)
              : new Condition.Compared(
                  one(texts), one(List.of("=", "<>", ">=")), one(List.of("a", "ann", "north")));
      case 2 -> new Condition.IsNull(number(fact));
      case 3 -> new Condition.Not(compared(fact));
      case 4 -> new Condition.Several(chance(0.5), List.of(compared(fact), condition(fact)));
      default -> compared(fact);
    };
  }

  private Condition compared(Source fact) {
    return new Condition.Compared(
        number(fact),
        one(List.of("=", "<>", "<", "<=", ">", ">=")),
        BigDecimal.valueOf(random.nextInt(6)));
  }

  boolean isNumber(Aggregate aggregate) {
    Table.Type type = world.source(aggregate.operand().dataset()).type(aggregate.operand().field());
    return aggregate.isCount() || type == Table.Type.INTEGER || type == Table.Type.DECIMAL;
  }

  /// Whether a dataset has a whole number of its own.
  boolean hasNumber(Source source) {
    return operands(source, Table.Type.INTEGER).stream()
        .anyMatch(operand -> operand.dataset().equals(source.name()));
  }

  /// An aggregate of a number of the dataset's own.
  Aggregate ofNumber(Source source) {
    return new Aggregate(
        one(List.of("SUM", "SUM", "COUNT", "AVG", "MIN", "MAX")),
        false,
        own(source, operands(source, Table.Type.INTEGER)),
        chance(0.2) ? Optional.of(compared(source)) : Optional.empty());
  }

  /// An aggregate over the rows of the fact: where it names no field of it, its filter does.
  Aggregate aggregate(Source fact) {
    Aggregate any = anyAggregate(fact);
    return any.datasets().anyMatch(fact.name()::equals)
        ? any
        : new Aggregate(
            any.function(),
            any.distinct(),
            any.operand(),
            Optional.of(
                new Condition.Not(
                    new Condition.IsNull(own(fact, operands(fact, Table.Type.INTEGER))))));
  }

  private Aggregate anyAggregate(Source fact) {
    Optional<Condition> filter = chance(0.25) ? Optional.of(condition(fact)) : Optional.empty();
    return switch (random.nextInt(12)) {
      case 0, 1 ->
          new Aggregate(
              "COUNT", false, Operand.of(fact.name(), fact.primaryKey().getLast()), filter);
      case 2 -> new Aggregate("COUNT", false, number(fact), filter);
      case 3 ->
          new Aggregate(
              "COUNT",
              true,
              operands(fact, Table.Type.STRING).isEmpty()
                  ? number(fact)
                  : one(operands(fact, Table.Type.STRING)),
              filter);
      case 4 -> new Aggregate("AVG", false, number(fact), filter);
      case 5 -> new Aggregate(one(List.of("MIN", "MAX")), false, number(fact), filter);
      case 6 ->
          new Aggregate(
              one(List.of("MIN", "MAX")), false, one(operands(fact, Table.Type.DATE)), filter);
      case 7 ->
          new Aggregate(
              one(List.of("MEDIAN", "PERCENTILE_CONT")),
              false,
              own(fact, operands(fact, Table.Type.INTEGER)),
              Optional.empty());
      default -> new Aggregate("SUM", false, number(fact), filter);
    };
  }
}
