package io.scorebook.engine.quality;

import io.scorebook.catalog.quality.Measured.Outcome;
import io.scorebook.catalog.registry.Comparison;
import io.scorebook.catalog.registry.Rule;
import io.scorebook.engine.answer.Answer;
import io.scorebook.engine.answer.EngineException;
import io.scorebook.engine.answer.Rows;
import io.scorebook.engine.domain.BoundRule;
import io.scorebook.semantic.plan.Issue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the answer to a task says. A number that is not there is never taken for one: the task is
/// not measured then.
record Reading(
    Outcome outcome, Optional<String> value, OptionalLong looked, Optional<String> reason) {

  static Reading of(Task task, io.scorebook.engine.answer.Outcome outcome) {
    return switch (outcome) {
      case io.scorebook.engine.answer.Outcome.Refused(var issues) -> not(words(issues));
      case io.scorebook.engine.answer.Outcome.Answered(Answer answer) -> {
        try (answer) {
          yield read(task, answer);
        }
      }
    };
  }

  private static Reading read(Task task, Answer answer) {
    int width = answer.columns().size();
    return switch (task.kind()) {
      case NEWEST -> newest(answer.rows());
      case TARGET -> target(answer.rows());
      case RULE -> {
        BoundRule rule = task.rule().orElseThrow();
        Comparison comparison = rule.rule().comparison();
        yield switch (rule.asked()) {
          case BoundRule.Number _ -> number(answer.rows(), comparison);
          case BoundRule.Counted(_, Rule.Unit unit) -> counted(answer.rows(), unit, comparison);
          case BoundRule.Values _ -> values(answer.rows(), width - 1, comparison);
        };
      }
    };
  }

  private static Reading number(Rows rows, Comparison comparison) {
    if (!rows.next()) {
      return not("the query gave no row");
    }
    Optional<BigDecimal> value = exact(rows.value(0));
    if (rows.next()) {
      return not("the query gave more than one row");
    }
    return value
        .map(number -> compared(number, comparison, OptionalLong.empty()))
        .orElseGet(() -> not("the query gave no value"));
  }

  private static Reading counted(Rows rows, Rule.Unit unit, Comparison comparison) {
    rows.next();
    BigDecimal looked = exact(rows.value(0)).orElse(BigDecimal.ZERO);
    BigDecimal counted = exact(rows.value(1)).orElse(BigDecimal.ZERO);
    if (unit == Rule.Unit.ROWS) {
      return compared(counted, comparison, OptionalLong.of(looked.longValueExact()));
    }
    if (looked.signum() == 0) {
      return not("there are no rows, so there is no percentage of them");
    }
    BigDecimal percent = counted.movePointRight(2).divide(looked, MathContext.DECIMAL128);
    return compared(percent, comparison, OptionalLong.of(looked.longValueExact()));
  }

  /// How many values are not as they have to be.
  private static Reading values(Rows rows, int column, Comparison comparison) {
    long looked = 0;
    long broken = 0;
    while (rows.next()) {
      Optional<BigDecimal> value = exact(rows.value(column));
      if (value.isPresent()) {
        looked++;
        if (!comparison.holds(value.get())) {
          broken++;
        }
      }
    }
    if (looked == 0) {
      return not("no group has a value");
    }
    return new Reading(
        broken == 0 ? Outcome.PASSED : Outcome.FAILED,
        Optional.of(Long.toString(broken)),
        OptionalLong.of(looked),
        Optional.empty());
  }

  private static Reading target(Rows rows) {
    if (!rows.next() || rows.value(0) == null || !(rows.value(1) instanceof Boolean reached)) {
      return not("there is no value");
    }
    return new Reading(
        reached ? Outcome.PASSED : Outcome.FAILED,
        exact(rows.value(0)).map(Reading::text),
        OptionalLong.empty(),
        Optional.empty());
  }

  private static Reading newest(Rows rows) {
    Object value = rows.next() ? rows.value(0) : null;
    return value == null
        ? not("there is no value")
        : new Reading(
            Outcome.PASSED, Optional.of(value.toString()), OptionalLong.empty(), Optional.empty());
  }

  private static Reading compared(BigDecimal value, Comparison comparison, OptionalLong looked) {
    return new Reading(
        comparison.holds(value) ? Outcome.PASSED : Outcome.FAILED,
        Optional.of(text(value)),
        looked,
        Optional.empty());
  }

  private static String text(BigDecimal value) {
    BigDecimal plain = value.stripTrailingZeros();
    return plain.scale() < 0 ? plain.setScale(0).toPlainString() : plain.toPlainString();
  }

  /// A double is the number that it is written as.
  private static Optional<BigDecimal> exact(@Nullable Object value) {
    return switch (value) {
      case null -> Optional.empty();
      case BigDecimal number -> Optional.of(number);
      case BigInteger number -> Optional.of(new BigDecimal(number));
      case Long number -> Optional.of(BigDecimal.valueOf(number));
      case Integer number -> Optional.of(BigDecimal.valueOf(number));
      case Double number when Double.isFinite(number) -> Optional.of(BigDecimal.valueOf(number));
      default -> Optional.empty();
    };
  }

  static Reading not(String reason) {
    return new Reading(
        Outcome.NOT_MEASURED, Optional.empty(), OptionalLong.empty(), Optional.of(reason));
  }

  /// Reasons are kept, so that they name no value of a row.
  private static String words(List<Issue> issues) {
    return issues.stream()
        .map(issue ->
            issue.code() == Issue.Code.DUPLICATE_KEY
                ? "the data break %s; ./scorebook check FOLDER --data shows the rows"
                    .formatted(issue.field().map(of -> "a key of '" + of + "'").orElse("a key"))
                : issue.message())
        .distinct()
        .collect(Collectors.joining("; "));
  }

  /// Where another task may still be measured.
  ///
  /// @throws EngineException else
  static Reading failed(EngineException e) {
    return switch (e.kind()) {
      case DATA -> not("the rows hold a value that cannot be computed with");
      case UNSUPPORTED, OUT_OF_MEMORY, TOO_LARGE -> not(Objects.toString(e.getMessage()));
      case TIMEOUT -> not("it took longer than it may");
      case CANCELLED, CACHE_FULL, STORE_UNAVAILABLE, NO_SNAPSHOT, EXPIRED, INTERNAL -> throw e;
    };
  }
}
