package io.scorebook.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.apache.arrow.flight.Action;
import org.apache.arrow.flight.AsyncPutListener;
import org.apache.arrow.flight.CancelFlightInfoRequest;
import org.apache.arrow.flight.CancelStatus;
import org.apache.arrow.flight.CloseSessionRequest;
import org.apache.arrow.flight.FlightCallHeaders;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStatusCode;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.HeaderCallOption;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.flight.sql.impl.FlightSql;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryEncoder;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.dictionary.DictionaryProvider.MapDictionaryProvider;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// What Flight SQL's own client asks, as it comes: queries, parameters, refusals, cancel.
@ExtendWith(OnFlight.class)
@Timeout(60)
final class FlightQueriesTest {
  private final FlightLab lab;

  FlightQueriesTest(FlightLab lab) {
    this.lab = lab;
  }

  @Test
  void givesEveryType() throws Exception {
    FlightInfo info =
        lab.client()
            .execute(
                "SELECT * FROM samples_v1.samples WHERE sample_id <= 2 ORDER BY sample_id",
                lab.login());
    assertThat(lab.rows(info))
        .containsExactly(
            "1|a \"quoted\", text|16735|2015-10-27T01:02:03.123456|1445907723500000|-12.30|0.1|true",
            "2|null|null|null|null|null|null|null");
    try (FlightStream stream =
        lab.client().getStream(info.getEndpoints().getFirst().getTicket(), lab.login())) {
      assertThat(stream.getSchema().getFields()).isEqualTo(info.getSchema().getFields());
      assertThat(stream.getSchema().getCustomMetadata().get("scorebook.provenance"))
          .contains("lab.samples");
      assertThat(stream.getSchema().getFields())
          .extracting(field -> field.getType().toString())
          .containsExactly(
              "Int(64, true)",
              "Utf8",
              "Date(DAY)",
              "Timestamp(MICROSECOND, null)",
              "Timestamp(MICROSECOND, UTC)",
              "Decimal(12, 2, 128)",
              "FloatingPoint(DOUBLE)",
              "Bool");
    }
    assertThat(
            lab.client()
                .getExecuteSchema("SELECT amount FROM samples_v1.samples", lab.login())
                .getSchema())
        .isEqualTo(
            lab.client().execute("SELECT amount FROM samples_v1.samples", lab.login()).getSchema());
  }

  @Test
  void givesManyRowsAndNone() throws Exception {
    assertThat(lab.ask("SELECT sample_id FROM samples_v1.samples ORDER BY sample_id"))
        .hasSize(FlightLab.ROWS)
        .startsWith("1", "2", "3");
    assertThat(lab.ask("SELECT sample_id FROM samples_v1.samples WHERE sample_id < 0")).isEmpty();
    assertThat(lab.ask("SELECT AGGREGATE(taken_samples) FROM lab.samples"))
        .containsExactly(String.valueOf(FlightLab.ROWS));
    long count = 0;
    FlightInfo many = lab.client().execute(FlightLab.MANY, lab.login());
    try (FlightStream stream =
        lab.client().getStream(many.getEndpoints().getFirst().getTicket(), lab.login())) {
      while (stream.next()) {
        count += stream.getRoot().getRowCount();
      }
    }
    assertThat(count).isEqualTo((long) FlightLab.ROWS * FlightLab.ROWS);
  }

  @Test
  void takesParametersOfEveryType() throws Exception {
    String sql =
        """
        SELECT sample_id FROM samples_v1.samples
        WHERE sample_id = ? AND label LIKE ? AND day = ? AND taken = ? AND amount = ?
          AND ratio = ? AND flag = ? -- and not this ?
        """;
    try (var statement = lab.client().prepare(sql, lab.login());
        var id = new BigIntVector("a", lab.allocator());
        var label = new VarCharVector("b", lab.allocator());
        var day = new DateDayVector("c", lab.allocator());
        var taken = new TimeStampMicroVector("d", lab.allocator());
        var amount = new DecimalVector("e", lab.allocator(), 12, 2);
        var ratio = new Float8Vector("f", lab.allocator());
        var flag = new BitVector("g", lab.allocator())) {
      assertThat(statement.getParameterSchema().getFields())
          .extracting(field -> field.getType().toString())
          .as("what each is compared with")
          .containsExactly(
              "Int(64, true)",
              "Utf8",
              "Date(DAY)",
              "Timestamp(MICROSECOND, null)",
              "Decimal(12, 2, 128)",
              "FloatingPoint(DOUBLE)",
              "Bool");
      assertThat(statement.getResultSetSchema().getFields())
          .extracting(field -> field.getName())
          .containsExactly("sample_id");
      assertThat(FlightLab.refused(() -> statement.execute(lab.login())))
          .hasMessageContaining("no values are given");
      id.setSafe(0, 1);
      label.setSafe(0, "a%".getBytes(StandardCharsets.UTF_8));
      day.setSafe(0, (int) LocalDate.of(2015, 10, 27).toEpochDay());
      taken.setSafe(0, 1445907723123456L);
      amount.setSafe(0, new BigDecimal("-12.30"));
      ratio.setSafe(0, 0.1);
      flag.setSafe(0, 1);
      var values = VectorSchemaRoot.of(id, label, day, taken, amount, ratio, flag);
      values.setRowCount(1);
      statement.setParameters(values);
      assertThat(lab.rows(statement.execute(lab.login()))).containsExactly("1");
      FlightInfo before = statement.execute(lab.login());
      id.setSafe(0, 3);
      assertThat(lab.rows(statement.execute(lab.login()))).isEmpty();
      assertThat(lab.rows(before)).as("what was asked with the values before").containsExactly("1");
      label.setNull(0);
      assertThat(lab.rows(statement.execute(lab.login()))).isEmpty();
      statement.close(lab.login());
    }
    try (var statement =
            lab.client()
                .prepare("SELECT sample_id FROM samples_v1.samples WHERE label = ?", lab.login());
        var label = new VarCharVector("a", lab.allocator())) {
      label.setSafe(0, "x' OR 'a' = 'a".getBytes(StandardCharsets.UTF_8));
      var values = VectorSchemaRoot.of(label);
      values.setRowCount(1);
      statement.setParameters(values);
      assertThat(lab.rows(statement.execute(lab.login()))).isEmpty();
      statement.close(lab.login());
    }
  }

  /// As data frames send a column of few texts: places, and beside them the texts.
  @Test
  void takesAParameterFromItsDictionary() throws Exception {
    String sql = "SELECT sample_id FROM samples_v1.samples WHERE label = ? ORDER BY sample_id";
    var encoding = new DictionaryEncoding(7, false, new ArrowType.Int(32, true));
    try (var texts = new VarCharVector("texts", lab.allocator());
        var label = new VarCharVector("a", lab.allocator())) {
      for (String text : List.of("nothing", "x3", "x4")) {
        texts.setSafe(texts.getValueCount(), text.getBytes(StandardCharsets.UTF_8));
        texts.setValueCount(texts.getValueCount() + 1);
      }
      var dictionary = new Dictionary(texts, encoding);
      label.setSafe(0, "x4".getBytes(StandardCharsets.UTF_8));
      label.setValueCount(1);
      FlightDescriptor statement = prepare(sql);
      try (var places = (FieldVector) DictionaryEncoder.encode(label, dictionary)) {
        put(statement, places, new MapDictionaryProvider(dictionary));
        assertThat(lab.rows(lab.flight().getInfo(statement, lab.login())))
            .hasSize(250)
            .startsWith("4", "14");
      }
    }
  }

  /// What was bound before is not meant by who binds nothing, or too much.
  @Test
  void forgetsValuesThatAreNotGivenAgain() throws Exception {
    String sql = "SELECT sample_id FROM samples_v1.samples WHERE sample_id = ?";
    FlightDescriptor statement = prepare(sql);
    try (var id = new BigIntVector("a", lab.allocator())) {
      id.setSafe(0, 3);
      id.setSafe(1, 4);
      for (int rows : new int[] {0, 2}) {
        id.setValueCount(1);
        put(statement, id, new MapDictionaryProvider());
        assertThat(lab.rows(lab.flight().getInfo(statement, lab.login()))).containsExactly("3");
        id.setValueCount(rows);
        if (rows == 0) {
          put(statement, id, new MapDictionaryProvider());
        } else {
          assertThat(FlightLab.refused(() -> put(statement, id, new MapDictionaryProvider())))
              .hasMessageContaining("2 rows of parameters");
        }
        assertThat(FlightLab.refused(() -> lab.flight().getInfo(statement, lab.login())))
            .as("%d rows", rows)
            .hasMessageContaining("no values are given");
      }
    }
  }

  /// A statement as Flight's own client names it.
  private FlightDescriptor prepare(String sql) throws Exception {
    var request = FlightSql.ActionCreatePreparedStatementRequest.newBuilder().setQuery(sql).build();
    byte[] made =
        lab.flight()
            .doAction(
                new Action("CreatePreparedStatement", Any.pack(request).toByteArray()), lab.login())
            .next()
            .getBody();
    var command =
        FlightSql.CommandPreparedStatementQuery.newBuilder()
            .setPreparedStatementHandle(
                Any.parseFrom(made)
                    .unpack(FlightSql.ActionCreatePreparedStatementResult.class)
                    .getPreparedStatementHandle())
            .build();
    return FlightDescriptor.command(Any.pack(command).toByteArray());
  }

  /// Binds a column, as clients do who speak Flight themselves.
  private void put(FlightDescriptor statement, FieldVector column, DictionaryProvider texts) {
    var root = VectorSchemaRoot.of(column);
    root.setRowCount(column.getValueCount());
    var listener =
        lab.flight().startPut(statement, root, texts, new AsyncPutListener(), lab.login());
    listener.putNext();
    listener.completed();
    listener.getResult();
  }

  @Test
  void tellsParametersAsTextsWhereTheirTypesAreNotKnown() {
    String sql =
        """
        SELECT label, AGGREGATE(total) AS t FROM lab.samples
        WHERE day BETWEEN ? AND ? AND label IN (?, ?) AND UPPER(?) = 'A'
        GROUP BY label HAVING AGGREGATE(total) > ? ORDER BY t LIMIT ?
        """;
    try (var statement = lab.client().prepare(sql, lab.login())) {
      assertThat(statement.getParameterSchema().getFields())
          .extracting(field -> field.getType())
          .containsExactly(
              new ArrowType.Date(DateUnit.DAY),
              new ArrowType.Date(DateUnit.DAY),
              ArrowType.Utf8.INSTANCE,
              ArrowType.Utf8.INSTANCE,
              ArrowType.Utf8.INSTANCE,
              lab.typeOf("SELECT AGGREGATE(total) FROM lab.samples"),
              new ArrowType.Int(64, true));
      statement.close(lab.login());
    }
  }

  @Test
  void tellsWhatIsWrongWithAQuestion() {
    FlightRuntimeException unknown =
        FlightLab.refused(
            () -> lab.client().execute("SELECT nothing FROM lab.samples", lab.login()));
    assertThat(unknown.status().code()).isEqualTo(FlightStatusCode.INVALID_ARGUMENT);
    assertThat(unknown).hasMessageContaining("nothing");
    assertThat(unknown.status().metadata().get("sqlstate")).isEqualTo("42703");
    assertThat(
            FlightLab.refused(() -> lab.client().execute("SELEC", lab.login()))
                .status()
                .metadata()
                .get("sqlstate"))
        .isEqualTo("42601");
    FlightInfo dividing =
        lab.client()
            .execute(
                "SELECT sample_id * 9223372036854775807 AS x FROM samples_v1.samples", lab.login());
    FlightRuntimeException late = FlightLab.refused(() -> lab.rows(dividing));
    assertThat(late.status().code()).isEqualTo(FlightStatusCode.INVALID_ARGUMENT);
    assertThat(late.status().metadata().get("sqlstate")).isEqualTo("22003");
    assertThat(
            FlightLab.refused(() ->
                    lab.flight().getInfo(FlightDescriptor.path("lab", "samples"), lab.login()))
                .status()
                .code())
        .isEqualTo(FlightStatusCode.INVALID_ARGUMENT);
    assertThat(FlightLab.refused(() -> lab.rows(new Ticket(new byte[] {1, 2, 3}))).status().code())
        .isEqualTo(FlightStatusCode.INVALID_ARGUMENT);
    assertThat(
            FlightLab.refused(
                    () -> lab.client().execute("SELECT " + "'ä', ".repeat(3000) + "x", lab.login()))
                .getMessage())
        .contains("Cannot");
  }

  @Test
  void writesNothing() {
    assertThat(
            FlightLab.refused(
                    () -> lab.client().executeUpdate("DELETE FROM lab.samples", lab.login()))
                .status()
                .code())
        .isEqualTo(FlightStatusCode.UNIMPLEMENTED);
    assertThat(FlightLab.refused(() -> lab.client().beginTransaction(lab.login())))
        .hasMessageContaining("Cannot open a transaction");
    assertThat(
            FlightLab.refused(() -> lab.client().execute("DELETE FROM lab.samples", lab.login())))
        .isNotNull();
    assertThat(
            FlightLab.refused(() ->
                    lab.client()
                        .executeSubstrait(
                            new FlightSqlClient.SubstraitPlan(new byte[] {1}, "1"), lab.login()))
                .status()
                .code())
        .isEqualTo(FlightStatusCode.UNIMPLEMENTED);
    assertThat(lab.client().closeSession(new CloseSessionRequest(), lab.login()).getStatus().name())
        .isEqualTo("CLOSED");
  }

  @Test
  void endsWhatIsCancelled() throws Exception {
    FlightInfo info = lab.client().execute(FlightLab.MANY, lab.login());
    assertThat(
            lab.client()
                .cancelFlightInfo(new CancelFlightInfoRequest(info), lab.login())
                .getStatus())
        .isEqualTo(CancelStatus.NOT_CANCELLABLE);
    try (FlightStream stream =
        lab.client().getStream(info.getEndpoints().getFirst().getTicket(), lab.login())) {
      assertThat(stream.next()).isTrue();
      CancelStatus status =
          lab.client().cancelFlightInfo(new CancelFlightInfoRequest(info), lab.login()).getStatus();
      FlightRuntimeException ended =
          FlightLab.refused(() -> {
            while (stream.next()) {
              // what was on its way
            }
          });
      assertThat(status).as("%s", ended).isEqualTo(CancelStatus.CANCELLED);
      assertThat(ended.status().code()).isEqualTo(FlightStatusCode.CANCELLED);
    }
    // One who goes away without a word ends it too.
    try (FlightStream stream =
        lab.client()
            .getStream(
                lab.client()
                    .execute(FlightLab.MANY, lab.login())
                    .getEndpoints()
                    .getFirst()
                    .getTicket(),
                lab.login())) {
      assertThat(stream.next()).isTrue();
      stream.cancel("enough", null);
    }
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> lab.gateway().openAnswers() == 0);
  }

  /// Nothing is read, so nothing wakes the answer but its time; others do not wait for it.
  @Test
  void endsAnAnswerThatNobodyReadsByItsTime() throws Exception {
    var headers = new FlightCallHeaders();
    headers.insert("scorebook-statement-timeout", "1500ms");
    Ticket ticket =
        lab.client().execute(FlightLab.MANY, lab.login()).getEndpoints().getFirst().getTicket();
    try (FlightStream stalled =
        lab.client().getStream(ticket, lab.login(), new HeaderCallOption(headers))) {
      Awaitility.await().until(() -> lab.gateway().openAnswers() == 1);
      assertThat(lab.ask("SELECT 1 AS one")).containsExactly("1");
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> lab.gateway().openAnswers() == 0);
      FlightRuntimeException ended =
          FlightLab.refused(() -> {
            while (stalled.next()) {
              // what was on its way
            }
          });
      assertThat(ended.status().code()).isEqualTo(FlightStatusCode.TIMED_OUT);
    }
  }
}
