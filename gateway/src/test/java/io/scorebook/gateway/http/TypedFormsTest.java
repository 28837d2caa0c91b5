package io.scorebook.gateway.http;

import static io.scorebook.gateway.session.FakeBackend.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.scorebook.engine.answer.EngineException;
import io.scorebook.engine.answer.ValueType;
import io.scorebook.engine.answer.ValueType.Decimal;
import io.scorebook.engine.answer.ValueType.Simple;
import io.scorebook.gateway.session.FakeBackend;
import io.scorebook.semantic.plan.Plan.OutputColumn;
import io.scorebook.semantic.plan.Plan.OutputType;
import io.scorebook.semantic.plan.Plan.Role;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.util.Text;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Arrow, Parquet and Avro, read by the readers of others: every type, its bounds and its NULL.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class TypedFormsTest {
  private static final List<ValueType> TYPES =
      List.of(
          Simple.STRING,
          Simple.INTEGER,
          Simple.DOUBLE,
          Simple.BOOLEAN,
          Simple.DATE,
          Simple.TIMESTAMP,
          Simple.INSTANT,
          new Decimal(12, 2),
          new Decimal(38, 10));
  private static final List<OutputColumn> COLUMNS =
      List.of(
          column("name", OutputType.STRING, Role.DIMENSION),
          column("points", OutputType.INTEGER, Role.METRIC),
          column("share", OutputType.DOUBLE, Role.METRIC),
          column("won", OutputType.BOOLEAN, Role.VALUE),
          column("day", OutputType.DATE, Role.DIMENSION),
          column("at", OutputType.TIMESTAMP, Role.VALUE),
          column("moment", OutputType.TIMESTAMP, Role.VALUE),
          column("fee", OutputType.DECIMAL, Role.METRIC),
          column("exact", OutputType.DECIMAL, Role.METRIC));
  private static final int ROWS = 20_000;

  private final FakeBackend backend = new FakeBackend();
  @TempDir Path folder;
  private Door door;

  @SuppressWarnings("NullAway.Init")
  TypedFormsTest() {}

  @BeforeAll
  void open() {
    door = Door.open(backend);
  }

  @BeforeEach
  void answer() {
    backend.answering((_, _) -> backend.generated(COLUMNS, TYPES, TypedFormsTest::row));
  }

  @AfterAll
  void close() {
    door.close();
  }

  /// The first rows are the bounds of the types; there are enough of the others for several blocks.
  private static @Nullable List<? extends @Nullable Object> row(long number) {
    if (number >= ROWS) {
      return null;
    }
    return switch ((int) number) {
      case 0 ->
          Arrays.<@Nullable Object>asList(
              "Jokić, \"N\" 🏀",
              Long.MAX_VALUE,
              0.1,
              true,
              LocalDate.of(1, 1, 1),
              LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_999_000),
              OffsetDateTime.of(2018, 1, 6, 20, 0, 0, 123_456_000, ZoneOffset.UTC),
              new BigDecimal("9999999999.99"),
              new BigDecimal("1234567890123456789012345678.0123456789"));
      case 1 ->
          Arrays.<@Nullable Object>asList(
              "",
              Long.MIN_VALUE,
              Double.MIN_VALUE,
              false,
              LocalDate.of(9999, 12, 31),
              LocalDateTime.of(9999, 12, 31, 23, 59, 59, 1000),
              OffsetDateTime.of(1900, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC),
              new BigDecimal("-0.01"),
              new BigDecimal("-9999999999999999999999999999.9999999999"));
      case 2 ->
          Arrays.<@Nullable Object>asList(null, null, null, null, null, null, null, null, null);
      default ->
          List.of(
              "row " + number,
              number,
              number / 3.0,
              number % 2 == 0,
              LocalDate.ofEpochDay(number),
              LocalDateTime.of(2000, 1, 1, 0, 0).plusSeconds(number),
              OffsetDateTime.of(2000, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC).plusNanos(number * 1000),
              BigDecimal.valueOf(number, 2),
              BigDecimal.valueOf(-number, 10));
    };
  }

  private HttpResponse<byte[]> ask(String format) {
    return door.bytes(
        door.allowed("/v1/query")
            .header("Accept", format)
            .POST(BodyPublishers.ofString("{\"metrics\":[\"points\"]}")));
  }

  private static void check(int number, List<? extends @Nullable Object> found) {
    assertThat(found).as("row %d", number).isEqualTo(row(number));
  }

  @Test
  void arrow() throws IOException {
    var response = ask("application/vnd.apache.arrow.stream");
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValue("application/vnd.apache.arrow.stream");
    try (var allocator = new RootAllocator();
        var reader = new ArrowStreamReader(new ByteArrayInputStream(response.body()), allocator)) {
      var root = reader.getVectorSchemaRoot();
      assertThat(root.getSchema().getCustomMetadata().get("scorebook.provenance"))
          .contains("sha256:abc");
      assertThat(root.getSchema().findField("points").getMetadata())
          .containsEntry("role", "metric");
      int rows = 0;
      int batches = 0;
      while (reader.loadNextBatch()) {
        batches++;
        for (int i = 0; i < root.getRowCount(); i++) {
          var values = new ArrayList<@Nullable Object>();
          for (FieldVector vector : root.getFieldVectors()) {
            values.add(plain(vector.getObject(i), vector.getName()));
          }
          check(rows++, values);
        }
      }
      assertThat(rows).isEqualTo(ROWS);
      assertThat(batches).isGreaterThan(1);
    }
  }

  /// A vector's object as the answer has it.
  private static @Nullable Object plain(@Nullable Object value, String column) {
    return switch (value) {
      case null -> null;
      case Text text -> text.toString();
      case Integer days -> LocalDate.ofEpochDay(days);
      case Long micros when column.equals("moment") ->
          OffsetDateTime.of(1970, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC)
              .plusSeconds(Math.floorDiv(micros, 1_000_000L))
              .plusNanos(Math.floorMod(micros, 1_000_000L) * 1000);
      default -> value;
    };
  }

  @Test
  void parquet() throws Exception {
    var response = ask("application/vnd.apache.parquet");
    assertThat(response.statusCode()).isEqualTo(200);
    Path file = Files.write(folder.resolve("rows.parquet"), response.body());
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:")) {
      try (var statement = duckDb.createStatement()) {
        statement.execute("SET TimeZone = 'UTC'");
        try (ResultSet rows =
            statement.executeQuery("SELECT * FROM read_parquet('%s')".formatted(file))) {
          assertThat(rows.getMetaData().getColumnTypeName(9)).isEqualTo("DECIMAL(38,10)");
          int number = 0;
          while (rows.next()) {
            check(
                number++,
                Arrays.<@Nullable Object>asList(
                    rows.getString(1),
                    rows.getObject(2),
                    rows.getObject(3),
                    rows.getObject(4),
                    rows.getObject(5, LocalDate.class),
                    rows.getObject(6, LocalDateTime.class),
                    utc(rows.getObject(7, OffsetDateTime.class)),
                    rows.getBigDecimal(8),
                    rows.getBigDecimal(9)));
          }
          assertThat(number).isEqualTo(ROWS);
        }
        try (ResultSet kept =
            statement.executeQuery(
                "SELECT decode(value) FROM parquet_kv_metadata('%s') WHERE decode(key) ="
                        .formatted(file)
                    + " 'scorebook.provenance'")) {
          assertThat(kept.next()).isTrue();
          assertThat(kept.getString(1)).contains("sha256:abc");
        }
      }
    }
  }

  private static @Nullable OffsetDateTime utc(@Nullable OffsetDateTime moment) {
    return moment == null ? null : moment.withOffsetSameInstant(ZoneOffset.UTC);
  }

  @Test
  void avro() throws IOException {
    var response = ask("application/avro");
    int number = 0;
    try (var rows =
        new DataFileStream<GenericRecord>(
            new ByteArrayInputStream(response.body()), new GenericDatumReader<>())) {
      assertThat(rows.getMetaString("scorebook.provenance")).contains("sha256:abc");
      while (rows.hasNext()) {
        GenericRecord row = rows.next();
        var values = new ArrayList<@Nullable Object>();
        for (int i = 0; i < TYPES.size(); i++) {
          values.add(plain(row.get(i), TYPES.get(i)));
        }
        check(number++, values);
      }
    }
    assertThat(number).isEqualTo(ROWS);
  }

  private static @Nullable Object plain(@Nullable Object value, ValueType type) {
    return switch (value) {
      case null -> null;
      case Utf8 text -> text.toString();
      case Integer days -> LocalDate.ofEpochDay(days);
      case Long micros when type == Simple.TIMESTAMP ->
          LocalDateTime.of(1970, 1, 1, 0, 0)
              .plusSeconds(Math.floorDiv(micros, 1_000_000L))
              .plusNanos(Math.floorMod(micros, 1_000_000L) * 1000);
      case Long micros when type == Simple.INSTANT -> plain(micros, "moment");
      case ByteBuffer digits when type instanceof Decimal decimal -> {
        byte[] bytes = new byte[digits.remaining()];
        digits.get(bytes);
        yield new BigDecimal(new BigInteger(bytes), decimal.scale());
      }
      default -> value;
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"arrow", "parquet", "avro"})
  void anAnswerWithoutRowsHasItsColumns(String format) {
    backend.answering((_, _) -> backend.generated(COLUMNS, TYPES, _ -> null));
    var response =
        door.bytes(
            door.allowed("/v1/sql?format=" + format)
                .POST(BodyPublishers.ofString("{\"sql\":\"SELECT 1\"}")));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(new String(response.body(), java.nio.charset.StandardCharsets.ISO_8859_1))
        .contains("points", "exact");
  }

  /// What a format cannot hold exactly is refused, not rounded.
  @ParameterizedTest
  @ValueSource(strings = {"arrow", "parquet", "avro"})
  void noDigitIsLost(String format) {
    List<List<? extends Object>> refused =
        List.of(
            List.of(BigInteger.ONE.shiftLeft(63), Simple.INTEGER),
            List.of(new BigDecimal("0.125"), new Decimal(12, 2)),
            List.of(new BigDecimal("12345678901.00"), new Decimal(12, 2)),
            List.of(LocalDateTime.of(2018, 1, 1, 0, 0, 0, 1), Simple.TIMESTAMP));
    for (List<? extends Object> each : refused) {
      backend.answering((_, _) ->
          backend.generated(
              List.of(column("n", OutputType.DECIMAL, Role.VALUE)),
              List.of((ValueType) each.get(1)),
              number -> number == 0 ? List.of(each.getFirst()) : null));
      var response = door.post("/v1/query?format=" + format, "{\"metrics\":[\"points\"]}");
      assertThat(response.statusCode()).as("%s", each).isEqualTo(422);
      assertThat(response.body()).contains("Cannot write", "JSON, NDJSON and CSV");
    }
    await().untilAsserted(() -> assertThat(backend.open).hasValue(0));
  }

  @Test
  void namesThatAFormatCannotHaveAreRefused() {
    backend.answering((_, _) ->
        backend.generated(
            List.of(
                column("a b", OutputType.INTEGER, Role.VALUE),
                column("a b", OutputType.INTEGER, Role.VALUE)),
            number -> null));
    for (String format : List.of("parquet", "avro")) {
      var response = door.post("/v1/query?format=" + format, "{\"metrics\":[\"points\"]}");
      assertThat(response.statusCode()).isEqualTo(406);
      assertThat(response.body()).contains("two columns of the name 'a b'");
    }
    backend.answering((_, _) ->
        backend.generated(List.of(column("a b", OutputType.INTEGER, Role.VALUE)), number -> null));
    assertThat(door.post("/v1/query?format=avro", "{\"metrics\":[\"points\"]}").body())
        .contains("Cannot write the column 'a b' in avro");
  }

  /// Half an answer is none: nothing that ends it is written. The first row group of Parquet is not
  /// full before the failure, which is then a problem.
  @Test
  void aFailureInMidStreamIsNotAnAnswer() {
    backend.answering((_, _) ->
        backend.generated(
            COLUMNS,
            TYPES,
            number -> {
              if (number == 100_000) {
                throw new EngineException(EngineException.Kind.DATA, "Cannot add up", null);
              }
              return row(3 + number % (ROWS - 3));
            }));
    for (String format : List.of("arrow", "avro")) {
      assertThatThrownBy(() -> door.bytes(asked(format)))
          .as(format)
          .hasRootCauseInstanceOf(IOException.class);
    }
    assertThat(door.bytes(asked("parquet")).statusCode()).isEqualTo(422);
    await().untilAsserted(() -> assertThat(backend.open).hasValue(0));
  }

  private HttpRequest.Builder asked(String format) {
    return door.allowed("/v1/query?format=" + format)
        .POST(BodyPublishers.ofString("{\"metrics\":[\"points\"]}"));
  }
}
