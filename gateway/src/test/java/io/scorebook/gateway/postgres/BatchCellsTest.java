package io.scorebook.gateway.postgres;

import static io.scorebook.gateway.session.FakeBackend.column;
import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.engine.answer.Answer;
import io.scorebook.engine.answer.Cancellation;
import io.scorebook.engine.answer.Outcome;
import io.scorebook.engine.answer.ValueType;
import io.scorebook.engine.answer.ValueType.Decimal;
import io.scorebook.engine.answer.ValueType.Simple;
import io.scorebook.gateway.session.FakeBackend;
import io.scorebook.gateway.session.OpenAnswer;
import io.scorebook.semantic.plan.Plan.OutputType;
import io.scorebook.semantic.plan.Plan.Role;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Out of batches come the very bytes that the forms of single values have.
final class BatchCellsTest {
  private static final int RANDOM = 300;
  private static final long SEED = 7;
  private final Random random = new Random(SEED);

  private static RowSource rows(ValueType type, List<? extends @Nullable Object> values) {
    Outcome outcome =
        new FakeBackend()
            .generated(
                List.of(column("c", OutputType.STRING, Role.VALUE)),
                List.of(type),
                row -> row < values.size() ? Arrays.asList(values.get((int) row)) : null);
    Answer answer = ((Outcome.Answered) outcome).answer();
    return RowSource.of(OpenAnswer.of(answer, new Cancellation()));
  }

  private void check(
      ValueType type, List<? extends @Nullable Object> fixed, Supplier<Object> next) {
    var values = new ArrayList<@Nullable Object>(fixed);
    values.add(null);
    Stream.generate(next).limit(RANDOM).forEach(values::add);
    for (boolean binary : List.of(true, false)) {
      try (RowSource rows = rows(type, values)) {
        Field field = rows.fields().getFirst();
        Cell cell = rows.cell(0, binary);
        for (Object value : values) {
          assertThat(rows.next()).isTrue();
          var out = new WireBytes();
          assertThat(cell.write(out)).isEqualTo(value != null);
          assertThat(Arrays.copyOf(out.array(), out.end()))
              .as("%s %s, binary %s, seed %d", type, value, binary, SEED)
              .isEqualTo(expected(value, field, binary));
        }
        assertThat(rows.next()).isFalse();
      }
    }
  }

  private static byte[] expected(@Nullable Object value, Field field, boolean binary) {
    if (value == null) {
      return new byte[0];
    }
    return binary
        ? BinaryForm.of(value, field)
        : TextForm.of(value, field).getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void writesIntegers() {
    check(
        Simple.INTEGER,
        List.of(0L, -1L, 9L, 10L, -100L, Long.MAX_VALUE, Long.MIN_VALUE),
        () -> random.nextLong() >> random.nextInt(64));
  }

  @Test
  void writesDoubles() {
    check(
        Simple.DOUBLE,
        List.of(0.0, -0.0, 1.0, -3.0, 0.001, 0.0001, 1e7, 1234567.0, 1e15, Double.MIN_VALUE),
        () -> random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20));
  }

  @Test
  void writesDecimalsOfEveryWidth() {
    for (var type :
        List.of(
            new Decimal(4, 2),
            new Decimal(9, 1),
            new Decimal(18, 4),
            new Decimal(18, 18),
            new Decimal(38, 3),
            new Decimal(38, 20))) {
      BigInteger most = BigInteger.TEN.pow(type.precision()).subtract(BigInteger.ONE);
      check(
          type,
          Stream.of(BigInteger.ZERO, BigInteger.ONE, BigInteger.TEN, most, most.negate())
              .map(unscaled -> new BigDecimal(unscaled, type.scale()))
              .toList(),
          () -> {
            var digits = new BigInteger(random.nextInt(1, 120), random).mod(most);
            return new BigDecimal(random.nextBoolean() ? digits : digits.negate(), type.scale());
          });
    }
    var bits = new Decimal(19, 3);
    check(
        bits,
        List.of(BigDecimal.valueOf(Long.MAX_VALUE, 3), BigDecimal.valueOf(Long.MIN_VALUE, 3)),
        () -> BigDecimal.valueOf(random.nextLong(), 3));
  }

  @Test
  void writesDatesAndTimes() {
    check(
        Simple.DATE,
        Stream.of(
                "0001-01-01", "1582-10-15", "1900-02-28", "1900-03-01", "2000-02-29", "9999-12-31")
            .map(LocalDate::parse)
            .toList(),
        () -> LocalDate.ofEpochDay(random.nextInt(-800_000, 3_500_000)));
    Supplier<LocalDateTime> time =
        () ->
            LocalDateTime.ofEpochSecond(
                random.nextLong(-70_000_000_000L, 300_000_000_000L),
                random.nextInt(1_000_000) / (int) Math.pow(10, random.nextInt(7)) * 1000,
                ZoneOffset.UTC);
    check(
        Simple.TIMESTAMP,
        List.of(
            LocalDateTime.parse("1969-12-31T23:59:59.999999"),
            LocalDateTime.parse("2015-01-02T03:04:05.120")),
        time::get);
    check(Simple.INSTANT, List.of(), () -> time.get().atOffset(ZoneOffset.UTC));
  }

  @Test
  void writesTextsAndTruths() {
    check(
        Simple.STRING,
        List.of("", "a", "jokić 🏀", "x".repeat(200_000)),
        () -> "é".repeat(random.nextInt(9)));
    check(Simple.BOOLEAN, List.of(true, false), random::nextBoolean);
  }

  /// By PostgreSQL's documentation of COPY.
  private static Stream<Arguments> copied() {
    return Stream.of(
        Arguments.of("", "a\\b", "a\\\\b"),
        Arguments.of("", "tab\there\n", "tab\\there\\n"),
        Arguments.of("", "\\N", "\\\\N"),
        Arguments.of("(DELIMITER 'é')", "née", "n\\ée"),
        Arguments.of("(FORMAT csv)", "a b", "a b"),
        Arguments.of("(FORMAT csv)", "say \"so\"", "\"say \"\"so\"\"\""),
        Arguments.of("(FORMAT csv)", "", "\"\""),
        Arguments.of("(FORMAT csv)", "\\.", "\"\\.\""),
        Arguments.of("(FORMAT csv, NULL 'né')", "né", "\"né\""),
        Arguments.of("(FORMAT csv, NULL 'né')", "née", "née"),
        Arguments.of("(FORMAT csv, DELIMITER ';')", "a;b", "\"a;b\""));
  }

  @ParameterizedTest
  @MethodSource("copied")
  void escapesWhatCopyMust(String options, String value, String line) {
    String command = "COPY t TO STDOUT " + options;
    CopyForm form =
        CopyForm.read(command, SqlText.tokens(command)) instanceof Command.Copy copy
            ? copy.form()
            : null;
    assertThat(form).isNotNull();
    var texts = Arrays.asList(value, null);
    try (RowSource rows = rows(Simple.STRING, texts)) {
      List<Cell> cells = rows.cells(form.formats());
      var out = new WireBytes();
      while (rows.next()) {
        form.line(cells, out);
      }
      assertThat(new String(out.array(), 0, out.end(), StandardCharsets.UTF_8))
          .isEqualTo(line + "\n" + form.nothing() + "\n");
    }
  }
}
