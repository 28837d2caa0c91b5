package io.scorebook.gateway.cli;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flight.CallOption;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.flight.auth2.BearerCredentialWriter;
import org.apache.arrow.flight.grpc.CredentialCallOption;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// A [Lab] with some thousand rows, and Flight SQL's own client at its door, logged in.
final class FlightLab implements AutoCloseable {
  static final int ROWS = 2500;

  /// More than a client and a server take ahead of each other.
  static final String MANY =
      "SELECT a.sample_id, b.label, a.amount, b.sample_id AS other FROM samples_v1.samples a"
          + " CROSS JOIN samples_v1.samples b";

  private static final String HEADER = "sample_id,label,day,taken,seen,amount,ratio,flag\n";

  private final BufferAllocator allocator = new RootAllocator();
  private final Lab gateway;
  private final FlightClient flight;
  private final FlightSqlClient client;
  private final CallOption login;

  private FlightLab(Lab gateway) {
    this.gateway = gateway;
    flight = connect(gateway.flight());
    client = new FlightSqlClient(flight);
    login = flight.authenticateBasicToken("token", gateway.token()).orElseThrow();
  }

  static FlightLab open() throws Exception {
    Lab gateway = Lab.open(Files.createTempDirectory("flight"));
    var csv = new StringBuilder(HEADER);
    csv.append(
        "1,\"a \"\"quoted\"\", text\",2015-10-27,2015-10-27T01:02:03.123456,2015-10-27T01:02:03.5Z,-12.30,0.1,true\n");
    csv.append("2,,,,,,,\n");
    for (int i = 3; i <= ROWS; i++) {
      csv.append(
          "%d,x%d,1999-12-31,1999-12-31T23:59:59,1999-12-31T23:59:59Z,%d.05,%d.5,false\n"
              .formatted(i, i % 10, i, i));
    }
    gateway.load(csv.toString());
    return new FlightLab(gateway);
  }

  Lab gateway() {
    return gateway;
  }

  BufferAllocator allocator() {
    return allocator;
  }

  /// What the client of Flight SQL speaks by.
  FlightClient flight() {
    return flight;
  }

  FlightSqlClient client() {
    return client;
  }

  /// What the client's calls are allowed by.
  CallOption login() {
    return login;
  }

  FlightClient connect(URI uri) {
    return FlightClient.builder(allocator, Location.forGrpcInsecure(uri.getHost(), uri.getPort()))
        .build();
  }

  static CallOption bearer(String secret) {
    return new CredentialCallOption(new BearerCredentialWriter(secret));
  }

  List<String> ask(String sql) throws Exception {
    return rows(client.execute(sql, login));
  }

  List<String> rows(FlightInfo info) throws Exception {
    return rows(info.getEndpoints().getFirst().getTicket());
  }

  List<String> rows(Ticket ticket) throws Exception {
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

  ArrowType typeOf(String query) {
    return client.getExecuteSchema(query, login).getSchema().getFields().getFirst().getType();
  }

  static FlightRuntimeException refused(ThrowingCallable call) {
    return catchThrowableOfType(FlightRuntimeException.class, call);
  }

  @Override
  public void close() throws Exception {
    client.close();
    allocator.close(); // fails where a batch was not given back
    gateway.close();
  }
}
