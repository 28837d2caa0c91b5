package io.scorebook.gateway.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scorebook.gateway.session.ProblemException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Expected texts and bytes are those of PostgreSQL's own output functions, by its documentation.
final class FormsTest {
  private static Field field(PgType type) {
    return new Field("f", type, false, -1);
  }

  private static String hex(Object value, Field field) {
    return HexFormat.of().formatHex(BinaryForm.of(value, field));
  }

  @ParameterizedTest
  @CsvSource({
    "0.1, 0.1",
    "3.0, 3",
    "-0.0, -0",
    "100000000000000.0, 100000000000000",
    "1e15, 1e+15",
    "1.5e300, 1.5e+300",
    "0.0001, 0.0001",
    "0.00001, 1e-05",
    "-2.5e-10, -2.5e-10",
    "123456.789, 123456.789"
  })
  void writesDoublesShortest(double number, String text) {
    assertThat(TextForm.of(number)).isEqualTo(text);
    assertThat(Double.parseDouble(text)).isEqualTo(number);
  }

  @ParameterizedTest
  @CsvSource({
    // digits, weight, sign, scale, then the digits in base 10,000
    "0, 0000000000000000",
    "1, 00010000000000000001",
    "-12.30, 0002000040000002000c0bb8",
    "10000, 00010001000000000001",
    "0.00001, 0001fffe0000000503e8",
    "12345678.9, 000300010000000104d2162e2328"
  })
  void writesNumericsInBase10000(BigDecimal number, String bytes) {
    assertThat(hex(number, field(PgType.NUMERIC))).isEqualTo(bytes);
  }

  @Test
  void writesDaysAndTimesSince2000() {
    assertThat(hex(LocalDate.of(2000, 1, 2), field(PgType.DATE))).isEqualTo("00000001");
    assertThat(hex(LocalDate.of(1999, 12, 31), field(PgType.DATE))).isEqualTo("ffffffff");
    assertThat(hex(LocalDateTime.parse("1999-12-31T23:59:59.999999"), field(PgType.TIMESTAMP)))
        .isEqualTo("ffffffffffffffff");
    assertThat(TextForm.of(LocalDate.of(0, 3, 15))).isEqualTo("0001-03-15 BC");
    assertThat(TextForm.of(LocalDateTime.parse("2015-01-02T03:04:00")))
        .isEqualTo("2015-01-02 03:04:00");
    assertThat(TextForm.of(LocalDateTime.parse("2015-01-02T03:04:05.120")))
        .isEqualTo("2015-01-02 03:04:05.12");
  }

  @Test
  void refusesAWholeNumberThatItsTypeDoesNotHold() {
    BigInteger large = BigInteger.TWO.pow(63);
    assertThat(TextForm.of(large.subtract(BigInteger.ONE), field(PgType.INT8)))
        .isEqualTo("9223372036854775807");
    for (boolean binary : List.of(true, false)) {
      assertThatThrownBy(
              () -> {
                if (binary) {
                  BinaryForm.of(large, field(PgType.INT8));
                } else {
                  TextForm.of(large, field(PgType.INT8));
                }
              })
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("9223372036854775808");
    }
  }

  @Test
  void writesArrays() {
    var texts = new Field("f", PgType.TEXT, true, -1);
    List<String> values = Arrays.asList("a", null, "b c", "d\"e", "", "NULL");
    assertThat(TextForm.of(values, texts)).isEqualTo("{a,NULL,\"b c\",\"d\\\"e\",\"\",\"NULL\"}");
    assertThat(hex(List.of("a"), texts))
        .isEqualTo(
            "00000001" + "00000000" + "00000019" + "00000001" + "00000001" + "00000001" + "61");
    assertThat(TextForm.of(List.of(1, 2), field(PgType.INT2VECTOR))).isEqualTo("1 2");
  }
}
