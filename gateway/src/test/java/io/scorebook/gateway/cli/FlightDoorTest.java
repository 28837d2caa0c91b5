package io.scorebook.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.scorebook.gateway.flight.FlightDoor;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.flight.CallOption;
import org.apache.arrow.flight.CancelFlightInfoRequest;
import org.apache.arrow.flight.CancelStatus;
import org.apache.arrow.flight.CloseSessionRequest;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStatusCode;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.flight.auth2.BearerCredentialWriter;
import org.apache.arrow.flight.grpc.CredentialCallOption;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.flight.sql.FlightSqlProducer.Schemas;
import org.apache.arrow.flight.sql.impl.FlightSql.SqlInfo;
import org.apache.arrow.flight.sql.util.TableRef;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ReadChannel;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Flight SQL's own client, as it comes, at the door of a gateway.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
final class FlightDoorTest {
  private static final String HEADER = "sample_id,label,day,taken,seen,amount,ratio,flag\n";
  private static final int ROWS = 2500;

  /// More than a client and a server take ahead of each other.
  private static final String MANY =
      "SELECT a.sample_id, b.label, a.amount, b.sample_id AS other FROM samples_v1.samples a"
          + " CROSS JOIN samples_v1.samples b";

  @TempDir static Path folder;

  private final BufferAllocator allocator = new RootAllocator();

  @SuppressWarnings("NullAway.Init") // set before the first test
  private Lab lab;

  @SuppressWarnings("NullAway.Init") // set before the first test
  private FlightClient flight;

  @SuppressWarnings("NullAway.Init") // set before the first test
  private FlightSqlClient client;

  @SuppressWarnings("NullAway.Init") // set before the first test
  private CallOption login;

  @BeforeAll
  void open() throws Exception {
    lab = Lab.open(folder);
    var csv = new StringBuilder(HEADER);
    csv.append(
        "1,\"a \"\"quoted\"\", text\",2015-10-27,2015-10-27T01:02:03.123456,2015-10-27T01:02:03.5Z,-12.30,0.1,true\n");
    csv.append("2,,,,,,,\n");
    for (int i = 3; i <= ROWS; i++) {
      csv.append(
          "%d,x%d,1999-12-31,1999-12-31T23:59:59,1999-12-31T23:59:59Z,%d.05,%d.5,false\n"
              .formatted(i, i % 10, i, i));
    }
    lab.load(csv.toString());
    flight = connect(lab.flight());
    client = new FlightSqlClient(flight);
    login = flight.authenticateBasicToken("token", lab.token()).orElseThrow();
  }

  private FlightClient connect(URI uri) {
    return FlightClient.builder(allocator, Location.forGrpcInsecure(uri.getHost(), uri.getPort()))
        .build();
  }

  @AfterAll
  void close() throws Exception {
    client.close();
    allocator.close(); // fails where a batch was not given back
    lab.close();
  }

  private static CallOption bearer(String secret) {
    return new CredentialCallOption(new BearerCredentialWriter(secret));
  }

  private List<String> rows(FlightInfo info) throws Exception {
    return rows(info.getEndpoints().getFirst().getTicket());
  }

  private List<String> rows(Ticket ticket) throws Exception {
    var rows = new ArrayList<String>();
    try (FlightStream stream = client.getStream(ticket, login)) {
      while (stream.next()) {
        VectorSchemaRoot root = stream.getRoot();
        for (int row = 0; row < root.getRowCount(); row++) {
          int at = row;
          rows.add(
              String.join(
                  "|",
                  root.getFieldVectors().stream()
                      .map(column -> String.valueOf(column.getObject(at)))
                      .toList()));
        }
      }
    }
    return rows;
  }

  private List<String> ask(String sql) throws Exception {
    return rows(client.execute(sql, login));
  }

  private static FlightRuntimeException refused(ThrowingCallable call) {
    return catchThrowableOfType(FlightRuntimeException.class, call);
  }

  @Test
  void givesEveryType() throws Exception {
    FlightInfo info =
        client.execute(
            "SELECT * FROM samples_v1.samples WHERE sample_id <= 2 ORDER BY sample_id", login);
    assertThat(rows(info))
        .containsExactly(
            "1|a \"quoted\", text|16735|2015-10-27T01:02:03.123456|1445907723500000|-12.30|0.1|true",
            "2|null|null|null|null|null|null|null");
    try (FlightStream stream =
        client.getStream(info.getEndpoints().getFirst().getTicket(), login)) {
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
    assertThat(client.getExecuteSchema("SELECT amount FROM samples_v1.samples", login).getSchema())
        .isEqualTo(client.execute("SELECT amount FROM samples_v1.samples", login).getSchema());
  }

  @Test
  void givesManyRowsAndNone() throws Exception {
    assertThat(ask("SELECT sample_id FROM samples_v1.samples ORDER BY sample_id"))
        .hasSize(ROWS)
        .startsWith("1", "2", "3");
    assertThat(ask("SELECT sample_id FROM samples_v1.samples WHERE sample_id < 0")).isEmpty();
    assertThat(ask("SELECT AGGREGATE(taken_samples) FROM lab.samples"))
        .containsExactly(String.valueOf(ROWS));
    long count = 0;
    FlightInfo many = client.execute(MANY, login);
    try (FlightStream stream =
        client.getStream(many.getEndpoints().getFirst().getTicket(), login)) {
      while (stream.next()) {
        count += stream.getRoot().getRowCount();
      }
    }
    assertThat(count).isEqualTo((long) ROWS * ROWS);
  }

  @Test
  void takesParametersOfEveryType() throws Exception {
    String sql =
        """
        SELECT sample_id FROM samples_v1.samples
        WHERE sample_id = ? AND label LIKE ? AND day = ? AND taken = ? AND amount = ?
          AND ratio = ? AND flag = ? -- and not this ?
        """;
    try (var statement = client.prepare(sql, login);
        var id = new BigIntVector("a", allocator);
        var label = new VarCharVector("b", allocator);
        var day = new DateDayVector("c", allocator);
        var taken = new TimeStampMicroVector("d", allocator);
        var amount = new DecimalVector("e", allocator, 12, 2);
        var ratio = new Float8Vector("f", allocator);
        var flag = new BitVector("g", allocator)) {
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
      assertThat(refused(() -> statement.execute(login)))
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
      assertThat(rows(statement.execute(login))).containsExactly("1");
      FlightInfo before = statement.execute(login);
      id.setSafe(0, 3);
      assertThat(rows(statement.execute(login))).isEmpty();
      assertThat(rows(before)).as("what was asked with the values before").containsExactly("1");
      label.setNull(0);
      assertThat(rows(statement.execute(login))).isEmpty();
      statement.close(login);
    }
    try (var statement =
            client.prepare("SELECT sample_id FROM samples_v1.samples WHERE label = ?", login);
        var label = new VarCharVector("a", allocator)) {
      label.setSafe(0, "x' OR 'a' = 'a".getBytes(StandardCharsets.UTF_8));
      var values = VectorSchemaRoot.of(label);
      values.setRowCount(1);
      statement.setParameters(values);
      assertThat(rows(statement.execute(login))).isEmpty();
      statement.close(login);
    }
  }

  @Test
  void tellsParametersAsTextsWhereTheirTypesAreNotKnown() {
    String sql =
        """
        SELECT label, AGGREGATE(total) AS t FROM lab.samples
        WHERE day BETWEEN ? AND ? AND label IN (?, ?) AND UPPER(?) = 'A'
        GROUP BY label HAVING AGGREGATE(total) > ? ORDER BY t LIMIT ?
        """;
    try (var statement = client.prepare(sql, login)) {
      assertThat(statement.getParameterSchema().getFields())
          .extracting(field -> field.getType())
          .containsExactly(
              new ArrowType.Date(DateUnit.DAY),
              new ArrowType.Date(DateUnit.DAY),
              ArrowType.Utf8.INSTANCE,
              ArrowType.Utf8.INSTANCE,
              ArrowType.Utf8.INSTANCE,
              typeOf("SELECT AGGREGATE(total) FROM lab.samples"),
              new ArrowType.Int(64, true));
      statement.close(login);
    }
  }

  @Test
  void givesNoBearerWhereOthersCanListen() throws Exception {
    Optional<InetAddress> found =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
            .map(InetAddress.class::cast)
            .findFirst();
    assumeThat(found).as("an address of this machine besides loopback").isPresent();
    InetAddress outside = found.orElseThrow();
    try (FlightDoor door = lab.flightForAll();
        FlightClient near = connect(URI.create("grpc://127.0.0.1:" + door.port()));
        FlightClient far =
            connect(URI.create("grpc://" + outside.getHostAddress() + ":" + door.port()))) {
      assertThat(near.authenticateBasicToken("token", lab.token())).isPresent();
      FlightRuntimeException refused =
          refused(() -> far.authenticateBasicToken("token", lab.token()));
      assertThat(refused.status().code()).isEqualTo(FlightStatusCode.UNAUTHENTICATED);
      assertThat(refused).hasMessageContaining("Cannot take a token in the clear");
      assertThat(refused.status().metadata().keys()).doesNotContain("authorization");
      assertThat(refused(() -> far.authenticateBasicToken("token", "wrong")))
          .as("nobody learns there whether a password is right")
          .hasMessage(refused.getMessage());
    }
  }

  @Test
  void tellsEveryCallOfMetadata() throws Exception {
    assertThat(rows(client.getCatalogs(login))).isEmpty();
    assertThat(rows(client.getSchemas(null, null, login)))
        .containsExactly(
            "null|by_label_v1", "null|lab", "null|marks_v1", "null|samples_v1", "null|wrong_v1");
    assertThat(rows(client.getSchemas(null, "samples\\__1", login)))
        .containsExactly("null|samples_v1");
    assertThat(rows(client.getSchemas("other", null, login))).isEmpty();
    assertThat(rows(client.getTableTypes(login))).containsExactly("TABLE", "VIEW");
    assertThat(rows(client.getTables(null, "lab", "%a%", null, false, login)))
        .containsExactly("null|lab|marks|TABLE", "null|lab|samples|TABLE");
    assertThat(rows(client.getTables(null, "%\\_v1", null, List.of("VIEW"), false, login)))
        .contains("null|by_label_v1|by_label|VIEW")
        .noneMatch(row -> row.contains("TABLE"));
    assertThat(rows(client.getPrimaryKeys(TableRef.of(null, "lab", "samples"), login)))
        .as("its key is no column that SQL sees")
        .isEmpty();
    for (FlightInfo none :
        List.of(
            client.getImportedKeys(TableRef.of(null, null, "samples"), login),
            client.getExportedKeys(TableRef.of(null, null, "samples"), login),
            client.getCrossReference(
                TableRef.of(null, null, "samples"), TableRef.of(null, null, "marks"), login))) {
      assertThat(none.getSchema()).isEqualTo(Schemas.GET_CROSS_REFERENCE_SCHEMA);
      assertThat(rows(none)).isEmpty();
    }
    assertThat(rows(client.getXdbcTypeInfo(login))).hasSize(7);
    assertThat(rows(client.getXdbcTypeInfo(java.sql.Types.BIGINT, login)))
        .singleElement()
        .asString()
        .startsWith("BIGINT|-5|19|");
    assertThat(
            rows(
                client.getSqlInfo(
                    new SqlInfo[] {
                      SqlInfo.FLIGHT_SQL_SERVER_NAME, SqlInfo.FLIGHT_SQL_SERVER_READ_ONLY
                    },
                    login)))
        .containsExactly("0|Scorebook", "3|true");
    assertThat(rows(client.getSqlInfo(new SqlInfo[0], login))).hasSizeGreaterThan(30);
  }

  @Test
  void describesColumnsWithWhatTheyMean() throws Exception {
    Schema dataset = described("lab", "samples");
    assertThat(dataset.findField("total").getMetadata())
        .containsEntry(
            "ARROW:FLIGHT:SQL:REMARKS", "Metric, asked as AGGREGATE(total): Their amounts (money)")
        .containsEntry("ARROW:FLIGHT:SQL:TYPE_NAME", "DECIMAL")
        .containsEntry("role", "metric");
    assertThat(dataset.findField("total").getType())
        .isEqualTo(typeOf("SELECT AGGREGATE(total) FROM lab.samples"));
    for (var field : described("samples_v1", "samples").getFields()) {
      assertThat(field.getType())
          .as(field.getName())
          .isEqualTo(typeOf("SELECT " + field.getName() + " FROM samples_v1.samples"));
    }
  }

  private Schema described(String schema, String table) throws Exception {
    FlightInfo info = client.getTables(null, schema, table, null, true, login);
    try (FlightStream stream =
        client.getStream(info.getEndpoints().getFirst().getTicket(), login)) {
      assertThat(stream.next()).isTrue();
      byte[] bytes = ((VarBinaryVector) stream.getRoot().getVector("table_schema")).get(0);
      return MessageSerializer.deserializeSchema(
          new ReadChannel(Channels.newChannel(new ByteArrayInputStream(bytes))));
    }
  }

  private ArrowType typeOf(String query) {
    return client.getExecuteSchema(query, login).getSchema().getFields().getFirst().getType();
  }

  @Test
  void letsNobodyInWithoutASecret() {
    assertThat(refused(() -> client.execute("SELECT 1")).status().code())
        .isEqualTo(FlightStatusCode.UNAUTHENTICATED);
    assertThat(refused(() -> client.getTables(null, null, null, null, true, bearer("wrong"))))
        .hasMessageContaining("Cannot accept the token or key");
    assertThat(refused(() -> client.execute("SELECT 1", bearer("flight.wrong"))).status().code())
        .isEqualTo(FlightStatusCode.UNAUTHENTICATED);
    try (FlightClient other = connect(lab.flight())) {
      assertThat(refused(() -> other.authenticateBasicToken("token", "wrong")).status().code())
          .isEqualTo(FlightStatusCode.UNAUTHENTICATED);
      assertThat(
              refused(() -> other.authenticateBasicToken("someone", lab.token())).status().code())
          .isEqualTo(FlightStatusCode.UNAUTHENTICATED);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    assertThat(client.execute("SELECT 1 AS one", bearer(lab.token())).getSchema().getFields())
        .hasSize(1);
  }

  @Test
  void tellsWhatIsWrongWithAQuestion() {
    FlightRuntimeException unknown =
        refused(() -> client.execute("SELECT nothing FROM lab.samples", login));
    assertThat(unknown.status().code()).isEqualTo(FlightStatusCode.INVALID_ARGUMENT);
    assertThat(unknown).hasMessageContaining("nothing");
    assertThat(unknown.status().metadata().get("sqlstate")).isEqualTo("42703");
    assertThat(refused(() -> client.execute("SELEC", login)).status().metadata().get("sqlstate"))
        .isEqualTo("42601");
    FlightInfo dividing =
        client.execute(
            "SELECT sample_id * 9223372036854775807 AS x FROM samples_v1.samples", login);
    FlightRuntimeException late = refused(() -> rows(dividing));
    assertThat(late.status().code()).isEqualTo(FlightStatusCode.INVALID_ARGUMENT);
    assertThat(late.status().metadata().get("sqlstate")).isEqualTo("22003");
    assertThat(
            refused(() -> flight.getInfo(FlightDescriptor.path("lab", "samples"), login))
                .status()
                .code())
        .isEqualTo(FlightStatusCode.INVALID_ARGUMENT);
    assertThat(refused(() -> rows(new Ticket(new byte[] {1, 2, 3}))).status().code())
        .isEqualTo(FlightStatusCode.INVALID_ARGUMENT);
    assertThat(
            refused(() -> client.execute("SELECT " + "'ä', ".repeat(3000) + "x", login))
                .getMessage())
        .contains("Cannot");
  }

  @Test
  void writesNothing() {
    assertThat(
            refused(() -> client.executeUpdate("DELETE FROM lab.samples", login)).status().code())
        .isEqualTo(FlightStatusCode.UNIMPLEMENTED);
    assertThat(refused(() -> client.beginTransaction(login)))
        .hasMessageContaining("Cannot open a transaction");
    assertThat(refused(() -> client.execute("DELETE FROM lab.samples", login))).isNotNull();
    assertThat(
            refused(() ->
                    client.executeSubstrait(
                        new FlightSqlClient.SubstraitPlan(new byte[] {1}, "1"), login))
                .status()
                .code())
        .isEqualTo(FlightStatusCode.UNIMPLEMENTED);
    assertThat(client.closeSession(new CloseSessionRequest(), login).getStatus().name())
        .isEqualTo("CLOSED");
  }

  @Test
  void aTicketIsOneCallersAlone() throws Exception {
    String key = lab.key("ann", "readers");
    FlightInfo mine = client.execute("SELECT 1 AS one", login);
    Ticket ticket = mine.getEndpoints().getFirst().getTicket();
    FlightRuntimeException refused =
        refused(() -> {
          try (FlightStream stream = client.getStream(ticket, bearer(key))) {
            stream.next();
          }
        });
    assertThat(refused.status().code()).isEqualTo(FlightStatusCode.UNAUTHORIZED);
    assertThat(
            refused(() -> client.cancelFlightInfo(new CancelFlightInfoRequest(mine), bearer(key))))
        .hasMessageContaining("not given to this caller");
    byte[] changed = ticket.getBytes().clone();
    changed[changed.length - 5] ^= 1;
    assertThat(refused(() -> rows(new Ticket(changed)))).isNotNull();
    try (var statement = client.prepare("SELECT 1 AS one", login)) {
      assertThat(refused(() -> statement.execute(bearer(key))).status().code())
          .isEqualTo(FlightStatusCode.NOT_FOUND);
      statement.close(login);
    }
    assertThat(rows(ticket)).containsExactly("1");
    assertThat(mine.getEndpoints().getFirst().getExpirationTime()).isPresent();
  }

  @Test
  void endsWhatIsCancelled() throws Exception {
    FlightInfo info = client.execute(MANY, login);
    assertThat(client.cancelFlightInfo(new CancelFlightInfoRequest(info), login).getStatus())
        .isEqualTo(CancelStatus.NOT_CANCELLABLE);
    try (FlightStream stream =
        client.getStream(info.getEndpoints().getFirst().getTicket(), login)) {
      assertThat(stream.next()).isTrue();
      CancelStatus status =
          client.cancelFlightInfo(new CancelFlightInfoRequest(info), login).getStatus();
      FlightRuntimeException ended =
          refused(() -> {
            while (stream.next()) {
              // what was on its way
            }
          });
      assertThat(status).as("%s", ended).isEqualTo(CancelStatus.CANCELLED);
      assertThat(ended.status().code()).isEqualTo(FlightStatusCode.CANCELLED);
    }
    // One who goes away without a word ends it too.
    try (FlightStream stream =
        client.getStream(
            client.execute(MANY, login).getEndpoints().getFirst().getTicket(), login)) {
      assertThat(stream.next()).isTrue();
      stream.cancel("enough", null);
    }
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> lab.openAnswers() == 0);
  }
}
