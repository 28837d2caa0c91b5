package io.scorebook.engine.answer;

import io.scorebook.semantic.claim.Claim;
import io.scorebook.semantic.plan.Issue;
import io.scorebook.semantic.plan.Plan;
import io.scorebook.semantic.plan.Proof;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Looks into a claim.
public final class Proving {
  /// Sums of floating-point numbers depend on the order in which they are added.
  private static final double TOLERANCE = 1e-9;

  private Proving() {}

  /// @param run runs a plan over the tables; the rows are closed here
  /// @throws EngineException where the engine fails
  public static Verdict verdict(
      Claim claim, Proof proof, SortedMap<String, Long> snapshots, Function<Plan, Rows> run) {
    return switch (proof) {
      case Proof.Counted(Plan tally, _) -> {
        try (Rows rows = run.apply(tally)) {
          rows.next();
          yield new Verdict(claim, snapshots, number(rows, 0), number(rows, 1), number(rows, 2));
        }
      }
      case Proof.Compared compared -> {
        var sides = new Sides(compared, run);
        yield new Verdict(claim, snapshots, sides.rowsOf(0), 0, sides.differences().size());
      }
    };
  }

  /// The first cases that contradict the claim.
  ///
  /// @param proof of as many examples as are wanted
  /// @param run runs a plan over the tables; the rows are closed here
  /// @throws EngineException where the engine fails
  public static List<Counterexample> examples(Proof proof, Function<Plan, Rows> run) {
    return switch (proof) {
      case Proof.Counted(_, Plan examples) -> {
        var found = new ArrayList<Counterexample>();
        try (Rows rows = run.apply(examples)) {
          int width = examples.columns().size() - 1;
          while (rows.next()) {
            var values = new LinkedHashMap<String, @Nullable Object>();
            for (int i = 0; i < width; i++) {
              values.put(examples.columns().get(i).name(), rows.value(i));
            }
            found.add(new Counterexample(values, number(rows, width)));
          }
        }
        yield found;
      }
      case Proof.Compared compared -> new Sides(compared, run).differences();
    };
  }

  /// Why a question that rests on a claim has no answer.
  ///
  /// @param examples the first counterexamples; none where they are not for the asker to know
  public static Issue issue(Verdict verdict, List<Counterexample> examples) {
    Claim claim = verdict.claim();
    String cases =
        examples.stream().map(Counterexample::toString).collect(Collectors.joining("; "));
    long more = verdict.broken() - examples.size();
    return new Issue(
        Issue.Code.DUPLICATE_KEY,
        "Cannot rely on %s: more than one row of '%s' has %s%s; mend the data or the model"
            .formatted(
                claim.declared(),
                claim.of(),
                cases.isEmpty()
                    ? "the same (%s)".formatted(String.join(", ", claim.shown()))
                    : cases,
                more > 0 && !cases.isEmpty() ? " and %d more".formatted(more) : ""),
        Optional.of(claim.of().toString()),
        List.of(),
        Optional.empty());
  }

  /// A sum of no rows is NULL.
  private static long number(Rows rows, int column) {
    return rows.value(column) instanceof Number number ? number.longValue() : 0;
  }

  /// A fact without a join, and with it.
  private static final class Sides {
    private final Proof.Compared proof;
    private final List<List<@Nullable Object>> sides = new ArrayList<>();

    Sides(Proof.Compared proof, Function<Plan, Rows> run) {
      this.proof = proof;
      try (Rows rows = run.apply(proof.sides())) {
        while (rows.next()) {
          var side = new ArrayList<@Nullable Object>();
          for (int i = 1; i < proof.sides().columns().size(); i++) {
            side.add(rows.value(i));
          }
          sides.add(side);
        }
      }
      if (sides.size() != 2) {
        throw new IllegalStateException("Cannot compare %d sides".formatted(sides.size()));
      }
    }

    long rowsOf(int side) {
      return sides.get(side).getFirst() instanceof Number number ? number.longValue() : 0;
    }

    List<Counterexample> differences() {
      var found = new ArrayList<Counterexample>();
      for (int i = 0; i < sides.getFirst().size(); i++) {
        Object without = sides.get(0).get(i);
        Object with = sides.get(1).get(i);
        if (!isSame(without, with)) {
          var values = new LinkedHashMap<String, @Nullable Object>();
          values.put("of", i == 0 ? "rows" : proof.values().get(i - 1));
          values.put("without", without);
          values.put("with", with);
          found.add(new Counterexample(values, 0));
        }
      }
      return found;
    }

    private static boolean isSame(@Nullable Object one, @Nullable Object other) {
      if (one instanceof Double a && other instanceof Double b) {
        return Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
      }
      if (one instanceof Number a && other instanceof Number b) {
        return exact(a).compareTo(exact(b)) == 0;
      }
      return Objects.equals(one, other);
    }

    private static BigDecimal exact(Number number) {
      return switch (number) {
        case BigDecimal exact -> exact;
        case BigInteger whole -> new BigDecimal(whole);
        default -> BigDecimal.valueOf(number.longValue());
      };
    }
  }
}
