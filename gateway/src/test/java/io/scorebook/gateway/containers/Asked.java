package io.scorebook.gateway.containers;

import io.scorebook.engine.answer.Answer;
import io.scorebook.engine.answer.Answers;
import io.scorebook.engine.answer.Limits;
import io.scorebook.engine.answer.Outcome;
import io.scorebook.engine.answer.Rows;
import io.scorebook.gateway.session.Ask;
import io.scorebook.gateway.wire.QuestionForm;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows of an answer as text, in the form of the worked answers.
public final class Asked {
  private static final MathContext DIGITS = new MathContext(14);
  private static final Duration TIME = Duration.ofSeconds(60);

  private Asked() {}

  /// @param question as `POST /v1/query` takes it
  public static List<List<String>> rows(Answers answers, String question) {
    Ask.Metrics ask = QuestionForm.read(question.getBytes(StandardCharsets.UTF_8));
    return switch (answers.answer(ask.model(), ask.question(), Limits.of(TIME))) {
      case Outcome.Refused(var issues) -> throw new AssertionError(issues.toString());
      case Outcome.Answered(Answer answer) -> {
        try (answer) {
          yield texts(answer.rows(), answer.columns().size());
        }
      }
    };
  }

  private static List<List<String>> texts(Rows rows, int columns) {
    var texts = new ArrayList<List<String>>();
    while (rows.next()) {
      var row = new ArrayList<String>();
      for (int i = 0; i < columns; i++) {
        row.add(text(rows.value(i)));
      }
      texts.add(row);
    }
    return texts;
  }

  /// Rows that were worked out by hand, as texts that are equal where the values are.
  public static List<List<String>> written(List<List<String>> rows) {
    return rows.stream().map(row -> row.stream().map(Asked::written).toList()).toList();
  }

  private static String written(String text) {
    return text.matches("-?\\d+\\.\\d+") ? plain(new BigDecimal(text).round(DIGITS)) : text;
  }

  /// Numbers without needless zeros, those of binary floating point with fourteen digits, NULL for
  /// null.
  private static String text(@Nullable Object value) {
    return switch (value) {
      case null -> "NULL";
      case BigDecimal number -> plain(number);
      case Double number -> plain(new BigDecimal(number).round(DIGITS));
      default -> value.toString();
    };
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
