package io.scorebook.gateway.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scorebook.gateway.session.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ParametersTest {
  private static List<@Nullable Object> date(String text) {
    return read(text, PgType.DATE);
  }

  private static List<@Nullable Object> read(String text, PgType type) {
    var bind =
        new Inbound.Message.Bind(
            "", "", Formats.TEXT, List.of(text.getBytes(StandardCharsets.UTF_8)), Formats.TEXT);
    return Parameters.read(bind, List.of(type.oid()), 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2015-10-27", "2015-10-27 +02", "2015-10-27+05:30", " 2015-10-27 "})
  void readsADateWithWhatDriversAppend(String text) {
    assertThat(date(text)).isEqualTo(List.of(LocalDate.of(2015, 10, 27)));
  }

  /// As PostgreSQL has it: a zone says nothing of a time that has none, and all of one that has.
  @Test
  void readsATimeWithAZoneAsItsTypeHasIt() {
    for (String text : List.of("2015-10-27 23:30:00+05", "2015-10-27T23:30:00+05:00")) {
      assertThat(read(text, PgType.TIMESTAMP))
          .as(text)
          .isEqualTo(List.of(LocalDateTime.of(2015, 10, 27, 23, 30)));
      assertThat(read(text, PgType.TIMESTAMPTZ))
          .as(text)
          .isEqualTo(List.of(LocalDateTime.of(2015, 10, 27, 18, 30)));
    }
    assertThat(read("2015-10-27 23:30:00.123456", PgType.TIMESTAMP))
        .isEqualTo(List.of(LocalDateTime.of(2015, 10, 27, 23, 30, 0, 123_456_000)));
  }

  @Test
  void refusesADateWithAnythingElse() {
    for (String text : List.of("2015-10-27x", "2015-10-27 12:00", "27.10.2015", "")) {
      assertThatThrownBy(() -> date(text)).as(text).isInstanceOf(ProblemException.class);
    }
  }
}
