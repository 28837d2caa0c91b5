package io.scorebook.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scorebook.gateway.session.ProblemException;
import io.scorebook.semantic.question.Question;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Periods in the body of a question.
class QuestionFormTest {
  private static Question read(String body) {
    return QuestionForm.read(body.getBytes(StandardCharsets.UTF_8)).question();
  }

  @Test
  void filledAndIncompletePeriodsAreRead() {
    String body =
        "{\"metrics\":[\"wins\"],\"dimensions\":[\"date.month\"],\"fill\":[\"date.month\"],\"partial\":true}";
    Question question =
        Question.of(List.of("wins"), List.of("date.month"))
            .withFill(List.of("date.month"))
            .withPartial();
    assertThat(read(body)).isEqualTo(question);
    assertThat(QuestionForm.read(body.getBytes(StandardCharsets.UTF_8)))
        .extracting(QuestionForm::write)
        .isEqualTo(body.getBytes(StandardCharsets.UTF_8));
    assertThat(read("{\"metrics\":[\"wins\"],\"partial\":false}"))
        .isEqualTo(Question.of(List.of("wins"), List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"metrics\":[\"wins\"],\"partial\":\"yes\"}",
        "{\"metrics\":[\"wins\"],\"fill\":\"date.month\"}",
        "{\"metrics\":[\"wins\"],\"fill\":[1]}",
        "{\"metrics\":[\"wins\"],\"filled\":[\"date.month\"]}",
      })
  void anotherFormIsRefused(String body) {
    assertThatThrownBy(() -> read(body)).isInstanceOf(ProblemException.class);
  }
}
