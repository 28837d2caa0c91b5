package io.scorebook.gateway.cli;

import io.scorebook.gateway.callers.Doorkeeper;
import io.scorebook.gateway.flight.FlightDoor;
import io.scorebook.gateway.http.PortInUseException;
import io.scorebook.gateway.http.Server;
import io.scorebook.gateway.postgres.PostgresDoor;
import io.scorebook.gateway.reading.Seal;
import io.scorebook.gateway.session.Desk;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/// The ports of a gateway: one of HTTP and JDBC, one of PostgreSQL's protocol, and one of Arrow
/// Flight SQL.
record Doors(Server http, Optional<PostgresDoor> postgres, Optional<FlightDoor> flight)
    implements AutoCloseable {

  /// Opens all, or none.
  static Doors open(ServerOptions options, Desk desk, Doorkeeper doorkeeper, Seal seal)
      throws PortInUseException {
    Server http = Server.start(options.host, options.port, desk, doorkeeper, seal);
    Optional<PostgresDoor> postgres = Optional.empty();
    boolean open = false;
    try {
      Optional<PostgresDoor.Options> postgresWanted = options.postgres(http.port());
      if (postgresWanted.isPresent()) {
        postgres = Optional.of(PostgresDoor.open(desk, doorkeeper, postgresWanted.get()));
      }
      Optional<FlightDoor.Options> flightWanted = options.flight(http.port());
      Optional<FlightDoor> flight =
          flightWanted.isPresent()
              ? Optional.of(FlightDoor.open(desk, doorkeeper, seal, flightWanted.get()))
              : Optional.empty();
      open = true;
      return new Doors(http, postgres, flight);
    } finally {
      if (!open) {
        http.close();
        postgres.ifPresent(PostgresDoor::close);
      }
    }
  }

  GatewayFile file(String host, Path home) {
    return GatewayFile.of(
        host,
        http.port(),
        postgres.map(door -> OptionalInt.of(door.port())).orElse(OptionalInt.empty()),
        flight,
        home);
  }

  /// Open answers have their grace at all ports before the connections end.
  @Override
  public void close() {
    try {
      http.close();
    } finally {
      postgres.ifPresent(PostgresDoor::close);
      flight.ifPresent(FlightDoor::close);
    }
  }
}
