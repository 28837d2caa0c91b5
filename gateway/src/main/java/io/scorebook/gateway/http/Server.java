package io.scorebook.gateway.http;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.scorebook.gateway.callers.Doorkeeper;
import io.scorebook.gateway.reading.Reader;
import io.scorebook.gateway.reading.Seal;
import io.scorebook.gateway.session.Desk;
import io.scorebook.gateway.session.Token;
import java.net.BindException;
import java.util.Map;
import java.util.UUID;

/// The running gateway: one port for HTTP and JDBC.
public final class Server implements AutoCloseable {
  /// Questions are short; what is longer is a mistake or an attack.
  private static final String MAX_BODY = "2MB";

  private final ApplicationContext context;
  private final EmbeddedServer server;
  private final Desk desk;

  private Server(ApplicationContext context, EmbeddedServer server, Desk desk) {
    this.context = context;
    this.server = server;
    this.desk = desk;
  }

  /// Opens the doors. Closing the server closes the desk too.
  ///
  /// @param port 0 for any that is free
  /// @param seal closes cursors; gateways of one home share it
  /// @throws PortInUseException where another process has the port
  public static Server start(String host, int port, Desk desk, Doorkeeper doorkeeper, Seal seal)
      throws PortInUseException {
    ApplicationContext context =
        ApplicationContext.builder(Server.class.getClassLoader())
            .banner(false)
            .deduceEnvironment(false)
            .environmentPropertySource(false)
            .enableDefaultPropertySources(false)
            .properties(
                Map.of(
                    "micronaut.server.host", host,
                    "micronaut.server.port", port == 0 ? -1 : port,
                    "micronaut.server.max-request-size", MAX_BODY,
                    "micronaut.server.date-header", "true",
                    "micronaut.server.netty.access-logger.enabled", "false",
                    "micronaut.server.idle-timeout", "10m",
                    "micronaut.application.name", "scorebook"))
            .singletons(desk, doorkeeper, new Reader(desk, seal))
            .build();
    try {
      context.start();
      EmbeddedServer server = context.getBean(EmbeddedServer.class);
      server.start();
      return new Server(context, server, desk);
    } catch (RuntimeException e) {
      context.close();
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof BindException) {
          throw new PortInUseException(host, port, "--port", e);
        }
      }
      throw e;
    }
  }

  /// As above, with cursors that nobody else takes.
  public static Server start(String host, int port, Desk desk, Doorkeeper doorkeeper)
      throws PortInUseException {
    return start(host, port, desk, doorkeeper, Seal.of(UUID.randomUUID().toString()));
  }

  /// As above, for one token alone.
  public static Server start(String host, int port, Desk desk, Token token)
      throws PortInUseException {
    return start(host, port, desk, Doorkeeper.of(token));
  }

  /// The port that is listened on.
  public int port() {
    return server.getPort();
  }

  /// Lets nobody in any more, lets open answers end within their grace, and stops.
  @Override
  public void close() {
    desk.close();
    context.close();
  }
}
