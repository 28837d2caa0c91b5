package io.scorebook.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.engine.answer.EngineException.Kind;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FailuresTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "IO Error: Cannot open file \"/var/lib/x.parquet\"; STORE_UNAVAILABLE",
        "Binder Error: Referenced column \"n0c3\" not found in /var/lib; INTERNAL",
        "INTERNAL Error: assertion in /var/lib/x; INTERNAL",
      })
  void whatTheAskerHasNotWrittenIsForTheLog(String message, Kind kind) {
    var failure = Failures.translate(new SQLException(message));
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure).hasMessageContaining("log says why");
    assertThat(failure.getMessage()).doesNotContain("/var", "n0c3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Conversion Error: Could not convert string 'a' to INT32; DATA",
        "Out of Range Error: Overflow in addition; DATA",
        "Out of Memory Error: failed to allocate; OUT_OF_MEMORY",
      })
  void whatHisDataAndQuestionDoIsTold(String message, Kind kind) {
    var failure = Failures.translate(new SQLException(message));
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure).hasMessageContaining(message);
  }
}
