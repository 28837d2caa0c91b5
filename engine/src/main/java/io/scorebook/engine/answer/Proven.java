package io.scorebook.engine.answer;

import io.scorebook.semantic.claim.Claim;
import java.time.Duration;
import java.util.List;

/// What became of a proof.
public sealed interface Proven {
  Claim claim();

  Duration took();

  /// Whether the claim is known to hold.
  boolean holds();

  /// @param examples the first counterexamples; none where the claim holds
  record Decided(Verdict verdict, List<Counterexample> examples, Duration took) implements Proven {
    public Decided {
      examples = List.copyOf(examples);
    }

    @Override
    public Claim claim() {
      return verdict.claim();
    }

    @Override
    public boolean holds() {
      return verdict.holds();
    }
  }

  /// @param reason why the engine could not look into it
  record Undecided(Claim claim, String reason, Duration took) implements Proven {
    @Override
    public boolean holds() {
      return false;
    }
  }
}
