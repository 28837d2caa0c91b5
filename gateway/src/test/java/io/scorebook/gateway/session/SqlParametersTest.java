package io.scorebook.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class SqlParametersTest {
  /// Eleven bytes of a client, and a literal of a gigabyte.
  @Test
  void numbersAreNotWrittenOutWithoutEnd() {
    for (String number : List.of("1e999999999", "1e-999999999", "1e1001", "1" + "0".repeat(1000))) {
      assertThatThrownBy(() -> SqlParameters.literal(new BigDecimal(number), 3))
          .isInstanceOfSatisfying(
              ProblemException.class,
              e -> assertThat(e.problem().code()).isEqualTo(ErrorCode.INVALID_VALUE))
          .hasMessageContaining("parameter 3");
    }
    assertThat(SqlParameters.literal(new BigDecimal("-1.50e3"), 1)).isEqualTo("(-1500)");
    assertThat(SqlParameters.literal(new BigDecimal("1e38"), 1)).hasSize(39);
  }

  @Test
  void whatIsNestedTooDeepIsRefused() {
    String deep = "SELECT " + "(".repeat(200_000) + "?" + ")".repeat(200_000);
    assertThatThrownBy(() -> SqlParameters.count(deep))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("nested too deep");
  }
}
