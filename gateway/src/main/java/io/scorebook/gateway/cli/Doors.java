package io.scorebook.gateway.cli;

import io.scorebook.gateway.callers.Doorkeeper;
import io.scorebook.gateway.http.PortInUseException;
import io.scorebook.gateway.http.Server;
import io.scorebook.gateway.postgres.PostgresDoor;
import io.scorebook.gateway.reading.Seal;
import io.scorebook.gateway.session.Desk;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/// The ports of a gateway: one of HTTP and JDBC, and one of PostgreSQL's protocol.
record Doors(Server http, Optional<PostgresDoor> postgres) implements AutoCloseable {

  /// Opens all, or none.
  static Doors open(ServerOptions options, Desk desk, Doorkeeper doorkeeper, Seal seal)
      throws PortInUseException {
    Server http = Server.start(options.host, options.port, desk, doorkeeper, seal);
    try {
      Optional<PostgresDoor.Options> wanted = options.postgres(http.port());
      return new Doors(
          http,
          wanted.isEmpty()
              ? Optional.empty()
              : Optional.of(PostgresDoor.open(desk, doorkeeper, wanted.get())));
    } catch (PortInUseException | RuntimeException e) {
      http.close();
      throw e;
    }
  }

  GatewayFile file(String host, Path home) {
    return GatewayFile.of(
        host,
        http.port(),
        postgres.map(door -> OptionalInt.of(door.port())).orElse(OptionalInt.empty()),
        home);
  }

  /// Open answers have their grace at all ports before the connections end.
  @Override
  public void close() {
    try {
      http.close();
    } finally {
      postgres.ifPresent(PostgresDoor::close);
    }
  }
}
