package io.scorebook.catalog.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.catalog.contract.Contract.Field;
import io.scorebook.catalog.load.RawValue.Kind;
import io.scorebook.catalog.table.ColumnType;
import io.scorebook.catalog.table.ColumnType.Simple;
import io.scorebook.documents.Location;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What values look like before there is a contract, and that a load sees them so too.
final class RawValueTest {

  @ParameterizedTest(name = "{0} is {1}, as {2}")
  @CsvSource(
      nullValues = "-",
      value = {
        "'', EMPTY, -",
        "' ', BLANK, ' '",
        "12, INTEGER, 12",
        "-0, INTEGER, 0",
        "12.0, INTEGER, 12",
        "' 7 ', INTEGER, 7",
        "9223372036854775807, INTEGER, 9223372036854775807",
        "9223372036854775808, HUGE, 9223372036854775808",
        "12.50, DECIMAL, 12.5",
        ".5, DECIMAL, 0.5",
        "1e5, DOUBLE, 100000",
        "1e999999999, TEXT, 1e999999999",
        "007, CODE, 007",
        "+436641234, CODE, +436641234",
        "TRUE, BOOLEAN, true",
        "31:07, CLOCK, 31:07",
        "2015-10-27, DATE, 2015-10-27",
        "2015-10-27 00:00:00, MIDNIGHT, 2015-10-27",
        "2015-10-27T19:30, LOCAL_TIME, 2015-10-27T19:30",
        "2015-10-27T19:30:00+02:00, INSTANT, 2015-10-27T17:30Z",
        "2015-02-30, TEXT, 2015-02-30",
        "27/10/2015, FOREIGN_DATE, 27/10/2015",
        "NaN, TEXT, NaN",
        "1.2.3, TEXT, 1.2.3",
        "yes, TEXT, yes",
      })
  void textsLookLike(String text, Kind kind, String canonical) {
    RawValue value = RawValue.of(text);
    assertThat(value.kind()).isEqualTo(kind);
    assertThat(value.text()).isEqualTo(canonical);
    accepted(value.kind(), text);
  }

  @Test
  void valuesOfTypedFilesLookLikeTheirTypes() {
    assertThat(
            List.of(
                RawValue.of(3),
                RawValue.of(BigInteger.TEN.pow(20)),
                RawValue.of(new BigDecimal("12.50")),
                RawValue.of(0.1),
                RawValue.of(0.1f),
                RawValue.of(Double.NaN),
                RawValue.of(true),
                RawValue.of(LocalDate.EPOCH),
                RawValue.of(LocalDateTime.MIN.withYear(2020)),
                RawValue.of(Instant.EPOCH),
                RawValue.of(ByteBuffer.allocate(1))))
        .extracting(RawValue::kind)
        .containsExactly(
            Kind.INTEGER,
            Kind.HUGE,
            Kind.DECIMAL,
            Kind.DOUBLE,
            Kind.DOUBLE,
            Kind.NOT_FINITE,
            Kind.BOOLEAN,
            Kind.DATE,
            Kind.MIDNIGHT,
            Kind.INSTANT,
            Kind.NESTED);
    assertThat(RawValue.of(null).kind()).isEqualTo(Kind.EMPTY);
    assertThat(RawValue.of(new BigDecimal("12.50")).scale()).isEqualTo(2);
    assertThat(RawValue.of(0.1f).text()).isEqualTo("0.1");
  }

  /// A load takes the value for the type that its look suggests.
  private static void accepted(Kind kind, String text) {
    Optional<ColumnType> type =
        switch (kind) {
          case BOOLEAN -> Optional.of(Simple.BOOLEAN);
          case INTEGER -> Optional.of(Simple.LONG);
          case HUGE -> Optional.of(new ColumnType.Decimal(38, 0));
          case DECIMAL -> Optional.of(new ColumnType.Decimal(18, 2));
          case DOUBLE -> Optional.of(Simple.DOUBLE);
          case DATE, MIDNIGHT -> Optional.of(Simple.DATE);
          case LOCAL_TIME -> Optional.of(Simple.TIMESTAMP);
          case INSTANT -> Optional.of(Simple.TIMESTAMP_TZ);
          case CODE, TEXT, CLOCK, FOREIGN_DATE -> Optional.of(Simple.STRING);
          case EMPTY, BLANK, NOT_FINITE, NESTED -> Optional.empty();
        };
    type.ifPresent(known -> {
      var parser = new FieldParser(field(known), 0);
      var row = new TypedRow(1);
      row.clear();
      assertThat(parser.parse(text, row)).isNull();
      assertThat(row.present[0]).isTrue();
    });
  }

  private static Field field(ColumnType type) {
    return new Field(
        "value",
        type,
        true,
        false,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Location.of(""));
  }
}
