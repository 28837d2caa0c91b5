package io.scorebook.gateway.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scorebook.gateway.session.ProblemException;
import java.nio.ByteBuffer;
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
  /// What stands for NULL among elements.
  private static final byte[] NULL = new byte[0];

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

  @Test
  void readsAnArrayAsPostgresWritesIt() {
    assertThat(array(PgType.INT4, 1, number(7), NULL, number(-8))).isEqualTo("{\"7\",NULL,\"-8\"}");
    assertThat(array(PgType.TEXT, 1, text("a"), text("b \"c\" \\"), text("")))
        .isEqualTo("{\"a\",\"b \\\"c\\\" \\\\\",\"\"}");
    assertThat(array(PgType.TEXT, 0)).isEqualTo("{}");
  }

  @Test
  void refusesAnArrayThatIsNone() {
    assertThatThrownBy(() -> array(PgType.TEXT, 2, text("a"))).isInstanceOf(ProblemException.class);
    for (int length : new int[] {0, 3, 11, 19, 23, 25}) {
      byte[] whole = bytes(1, text("ab"), text("cd"));
      assertThatThrownBy(() -> array(PgType.TEXT, java.util.Arrays.copyOf(whole, length)))
          .as("%d", length)
          .isInstanceOf(ProblemException.class);
    }
    byte[] many = bytes(1, text("ab"));
    ByteBuffer.wrap(many).putInt(12, Integer.MAX_VALUE);
    assertThatThrownBy(() -> array(PgType.TEXT, many)).isInstanceOf(ProblemException.class);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] number(int number) {
    return ByteBuffer.allocate(4).putInt(number).array();
  }

  private static Object array(PgType type, int dimensions, byte[]... elements) {
    return array(type, bytes(dimensions, elements));
  }

  private static Object array(PgType type, byte[] bytes) {
    var bind = new Inbound.Message.Bind("", "", Formats.BINARY, List.of(bytes), Formats.TEXT);
    return java.util.Objects.requireNonNull(
        Parameters.read(bind, List.of(type.arrayOid()), 1).getFirst());
  }

  private static byte[] bytes(int dimensions, byte[]... elements) {
    ByteBuffer out = ByteBuffer.allocate(1000).putInt(dimensions).putInt(1).putInt(0);
    if (dimensions > 0) {
      out.putInt(elements.length).putInt(1);
    }
    for (byte[] element : elements) {
      out.putInt(element == NULL ? -1 : element.length);
      if (element != NULL) {
        out.put(element);
      }
    }
    return java.util.Arrays.copyOf(out.array(), out.position());
  }
}
