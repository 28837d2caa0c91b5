package io.scorebook.gateway.cli;

import io.scorebook.gateway.flight.FlightDoor;
import io.scorebook.gateway.postgres.PostgresDoor;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where the gateway listens.
final class ServerOptions {
  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "Address to listen on, 0.0.0.0 for all; default: ${DEFAULT-VALUE}.")
  String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8280",
      description = "Port of HTTP and JDBC, 0 for any that is free; default: ${DEFAULT-VALUE}.")
  int port = 8280;

  @Option(
      names = "--postgres-port",
      paramLabel = "N",
      description =
          "Port of PostgreSQL's protocol, 0 for any that is free, -1 for none; default: the one"
              + " after --port, or any that is free where that is 0.")
  @Nullable Integer postgresPort;

  @Option(
      names = "--postgres-connections",
      paramLabel = "N",
      defaultValue = "500",
      description = "Connections to that port at once; default: ${DEFAULT-VALUE}.")
  int postgresConnections = 500;

  @Option(
      names = "--postgres-tls-cert",
      paramLabel = "FILE",
      description = "Certificates (PEM) by which that port speaks TLS to those who ask for it.")
  @Nullable Path postgresCertificate;

  @Option(
      names = "--postgres-tls-key",
      paramLabel = "FILE",
      description = "The private key (PEM, PKCS#8) of --postgres-tls-cert.")
  @Nullable Path postgresKey;

  @Option(
      names = "--flight-port",
      paramLabel = "N",
      description =
          "Port of Arrow Flight SQL, 0 for any that is free, -1 for none; default: the second after"
              + " --port, or any that is free where that is 0.")
  @Nullable Integer flightPort;

  @Option(
      names = "--flight-tls-cert",
      paramLabel = "FILE",
      description =
          "Certificates (PEM) by which that port speaks TLS, and nothing else; without them it takes"
              + " callers of this machine alone.")
  @Nullable Path flightCertificate;

  @Option(
      names = "--flight-tls-key",
      paramLabel = "FILE",
      description = "The private key (PEM, PKCS#8) of --flight-tls-cert.")
  @Nullable Path flightKey;

  /// How PostgreSQL's protocol is spoken; empty where it is not.
  ///
  /// @param http the port that HTTP has
  Optional<PostgresDoor.Options> postgres(int http) {
    int wanted = postgresPort != null ? postgresPort : port == 0 ? 0 : http + 1;
    return wanted < 0
        ? Optional.empty()
        : Optional.of(new PostgresDoor.Options(host, wanted, postgresConnections, tls()));
  }

  private Optional<SSLContext> tls() {
    return both("--postgres-tls", postgresCertificate, postgresKey)
        .map(files -> ServerTls.of(files.certificates(), files.key()));
  }

  /// How Arrow Flight SQL is spoken; empty where it is not.
  ///
  /// @param http the port that HTTP has
  Optional<FlightDoor.Options> flight(int http) {
    int wanted = flightPort != null ? flightPort : port == 0 ? 0 : http + 2;
    Optional<FlightDoor.Tls> tls = both("--flight-tls", flightCertificate, flightKey);
    // Read here already, so that what is wrong with them is told of the files.
    tls.ifPresent(files -> ServerTls.of(files.certificates(), files.key()));
    return wanted < 0 ? Optional.empty() : Optional.of(new FlightDoor.Options(host, wanted, tls));
  }

  private static Optional<FlightDoor.Tls> both(
      String flag, @Nullable Path certificates, @Nullable Path key) {
    if (certificates == null && key == null) {
      return Optional.empty();
    }
    if (certificates == null || key == null) {
      throw new Failures.Refused("Cannot speak TLS: name both %s-cert and %<s-key".formatted(flag));
    }
    return Optional.of(new FlightDoor.Tls(certificates, key));
  }
}
