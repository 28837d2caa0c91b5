package io.scorebook.gateway.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scorebook.gateway.session.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ParametersTest {
  private static List<@Nullable Object> date(String text) {
    var bind =
        new Inbound.Message.Bind(
            "", "", Formats.TEXT, List.of(text.getBytes(StandardCharsets.UTF_8)), Formats.TEXT);
    return Parameters.read(bind, List.of(PgType.DATE.oid()), 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2015-10-27", "2015-10-27 +02", "2015-10-27+05:30", " 2015-10-27 "})
  void readsADateWithWhatDriversAppend(String text) {
    assertThat(date(text)).isEqualTo(List.of(LocalDate.of(2015, 10, 27)));
  }

  @Test
  void refusesADateWithAnythingElse() {
    for (String text : List.of("2015-10-27x", "2015-10-27 12:00", "27.10.2015", "")) {
      assertThatThrownBy(() -> date(text)).as(text).isInstanceOf(ProblemException.class);
    }
  }
}
