package io.scorebook.gateway.cli;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flight.CallOption;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.auth2.BearerCredentialWriter;
import org.apache.arrow.flight.grpc.CredentialCallOption;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;

/// What one home of [Twins] tells at the door of Arrow Flight SQL.
final class FlightTwins {
  private FlightTwins() {}

  private interface Asking {
    FlightInfo info(FlightSqlClient client, CallOption login);
  }

  /// Rows with their schema, or the refusal.
  static String sql(Twins.Home home, String caller, String sql) {
    return told(home, caller, (client, login) -> client.execute(sql, login));
  }

  /// Schemas, and tables with all that is said of their columns.
  static List<String> tables(Twins.Home home, String caller) {
    return List.of(
        told(home, caller, (client, login) -> client.getSchemas(null, null, login)),
        told(
            home,
            caller,
            (client, login) -> client.getTables(null, null, null, null, false, login)),
        told(
            home,
            caller,
            (client, login) -> client.getTables(null, null, null, null, true, login)));
  }

  private static String told(Twins.Home home, String caller, Asking asking) {
    URI uri = home.gateway().flight();
    var login = new CredentialCallOption(new BearerCredentialWriter(home.key(caller)));
    try (var allocator = new RootAllocator();
        var client =
            new FlightSqlClient(
                FlightClient.builder(
                        allocator, Location.forGrpcInsecure(uri.getHost(), uri.getPort()))
                    .build())) {
      FlightInfo info = asking.info(client, login);
      var rows = new ArrayList<String>();
      try (FlightStream stream =
          client.getStream(info.getEndpoints().getFirst().getTicket(), login)) {
        rows.add(String.valueOf(stream.getSchema().getFields()));
        while (stream.next()) {
          for (FieldVector column : stream.getRoot().getFieldVectors()) {
            for (int row = 0; row < column.getValueCount(); row++) {
              Object value = column.getObject(row);
              rows.add(
                  value instanceof byte[] bytes
                      ? new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1)
                      : String.valueOf(value));
            }
          }
        }
      }
      return rows.toString();
    } catch (FlightRuntimeException e) {
      return String.valueOf(e.getMessage()).replaceAll("urn:uuid:[0-9a-f-]{36}", "")
          + e.status().metadata().get("sqlstate");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
