package io.scorebook.engine.agreement.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Questions that nobody thought of: random ones about random models over random rows are answered
/// as brute force answers them, or refused where the words of the guide refuse them.
///
/// `-Dscorebook.questions=20000` asks more; `-Dscorebook.seed=N` begins with another model. A
/// failure tells the seed, the model, the rows and the question.
class RandomAgreementTest {
  private static final int QUESTIONS = Integer.getInteger("scorebook.questions", 300);
  private static final long SEED = Long.getLong("scorebook.seed", 1);

  @Test
  void answersAsBruteForceDoes(@TempDir Path folder) {
    try (var run = new Run(SEED, folder)) {
      run.ask(QUESTIONS, 3);
      System.out.println(run.summary());
      assertThat(String.join("\n\n", run.failures())).as(run.summary()).isEmpty();
    }
  }
}
