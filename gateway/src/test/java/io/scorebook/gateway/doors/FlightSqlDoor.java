package io.scorebook.gateway.doors;

import io.scorebook.gateway.cli.Stage;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flight.CallOption;
import org.apache.arrow.flight.FlightCallHeaders;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.HeaderCallOption;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.auth2.BearerCredentialWriter;
import org.apache.arrow.flight.grpc.CredentialCallOption;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.flight.sql.FlightSqlClient.PreparedStatement;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/// Arrow Flight SQL by its own client.
final class FlightSqlDoor implements TestedDoor {
  private static final int DIGITS = 38;

  private final Stage stage;
  private final BufferAllocator allocator = new RootAllocator();
  private final FlightSqlClient client;

  FlightSqlDoor(Stage stage) {
    this.stage = stage;
    URI uri = URI.create(stage.flight());
    this.client =
        new FlightSqlClient(
            FlightClient.builder(allocator, Location.forGrpcInsecure(uri.getHost(), uri.getPort()))
                .build());
  }

  @Override
  public String audited() {
    return "flight";
  }

  @Override
  public String seen(String exact) {
    return exact;
  }

  @Override
  public boolean takesParameters() {
    return true;
  }

  @Override
  public boolean carriesMicroseconds() {
    return true;
  }

  @Override
  public Told ask(String caller, String sql, List<? extends @Nullable Object> values) {
    var login = new CredentialCallOption(new BearerCredentialWriter(stage.secret(caller)));
    try {
      return values.isEmpty()
          ? read(client.execute(sql, login), login)
          : prepared(sql, values, login);
    } catch (FlightRuntimeException e) {
      return new Told.Refused(
          String.valueOf(e.status().metadata().get("sqlstate")), e.status().description());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public Told askFor(String purpose, String caller, String sql) {
    var login = new CredentialCallOption(new BearerCredentialWriter(stage.secret(caller)));
    var headers = new FlightCallHeaders();
    headers.insert("scorebook-purpose", purpose);
    var saying = new HeaderCallOption(headers);
    try {
      return read(client.execute(sql, login, saying), login, saying);
    } catch (FlightRuntimeException e) {
      return refused(e);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /// Who is refused before his call is one is told so by Flight's status and words alone.
  private static Told refused(FlightRuntimeException e) {
    boolean isTold = e.status().metadata().containsKey("sqlstate");
    return new Told.Refused(
        isTold ? String.valueOf(e.status().metadata().get("sqlstate")) : "",
        e.status().description());
  }

  @Override
  public List<String> tellsOf(String caller, String schema, String table) {
    var login = new CredentialCallOption(new BearerCredentialWriter(stage.secret(caller)));
    var told = new ArrayList<String>();
    FlightInfo info = client.getTables(null, schema, table, null, true, login);
    try (FlightStream stream =
        client.getStream(info.getEndpoints().getFirst().getTicket(), login)) {
      while (stream.next()) {
        var schemas = (VarBinaryVector) stream.getRoot().getVector("table_schema");
        for (int row = 0; row < stream.getRoot().getRowCount(); row++) {
          Schema columns = Schema.deserializeMessage(ByteBuffer.wrap(schemas.get(row)));
          columns.getFields().stream()
              .map(field -> field.getMetadata().getOrDefault("comment", ""))
              .filter(words -> words.contains("is deprecated"))
              .forEach(told::add);
        }
      }
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    return told;
  }

  /// Prepares a statement again and again, each time another by its end, and closes none.
  String prepareUntilRefused(String caller, String sql, int most) {
    var login = new CredentialCallOption(new BearerCredentialWriter(stage.secret(caller)));
    var open = new ArrayList<PreparedStatement>();
    try {
      while (open.size() < most) {
        open.add(client.prepare(sql + open.size(), login));
      }
      return "";
    } catch (FlightRuntimeException e) {
      return e.status().description();
    } finally {
      open.forEach(each -> each.close(login));
    }
  }

  private Told prepared(String sql, List<? extends @Nullable Object> values, CallOption login)
      throws Exception {
    PreparedStatement statement = client.prepare(sql, login);
    try {
      var columns = new ArrayList<FieldVector>();
      for (Object value : values) {
        columns.add(vector("p" + columns.size(), value));
      }
      try (var root = new VectorSchemaRoot(columns)) {
        root.setRowCount(1);
        statement.setParameters(root);
        return read(statement.execute(login), login);
      }
    } finally {
      statement.close(login);
    }
  }

  private FieldVector vector(String name, @Nullable Object value) {
    return switch (value) {
      case null -> new NullVector(name, 1);
      case String text -> {
        var vector = new VarCharVector(name, allocator);
        vector.setSafe(0, text.getBytes(StandardCharsets.UTF_8));
        yield vector;
      }
      case Boolean truth -> {
        var vector = new BitVector(name, allocator);
        vector.setSafe(0, truth ? 1 : 0);
        yield vector;
      }
      case BigDecimal exact -> {
        var vector = new DecimalVector(name, allocator, DIGITS, Math.max(0, exact.scale()));
        vector.setSafe(0, exact.setScale(Math.max(0, exact.scale())));
        yield vector;
      }
      case Double number -> {
        var vector = new Float8Vector(name, allocator);
        vector.setSafe(0, number.doubleValue());
        yield vector;
      }
      case Number whole -> {
        var vector = new BigIntVector(name, allocator);
        vector.setSafe(0, whole.longValue());
        yield vector;
      }
      case LocalDate day -> {
        var vector = new DateDayVector(name, allocator);
        vector.setSafe(0, Math.toIntExact(day.toEpochDay()));
        yield vector;
      }
      case LocalDateTime time -> {
        var vector = new TimeStampMicroVector(name, allocator);
        vector.setSafe(0, ChronoUnit.MICROS.between(LocalDateTime.of(1970, 1, 1, 0, 0), time));
        yield vector;
      }
      default -> throw new IllegalArgumentException("Invalid value of " + value.getClass());
    };
  }

  private Told read(FlightInfo info, CallOption... login) throws Exception {
    try (FlightStream stream =
        client.getStream(info.getEndpoints().getFirst().getTicket(), login)) {
      Schema schema = stream.getSchema();
      var rows = new ArrayList<List<@Nullable Object>>();
      while (stream.next()) {
        rows.addAll(ArrowRows.rows(stream.getRoot()));
      }
      return new Told.Rows(ArrowRows.names(schema), ArrowRows.types(schema), rows);
    }
  }

  @Override
  public String toString() {
    return "Flight SQL";
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    allocator.close();
  }
}
