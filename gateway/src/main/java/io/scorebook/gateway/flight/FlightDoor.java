package io.scorebook.gateway.flight;

import io.grpc.netty.NettyServerBuilder;
import io.scorebook.gateway.callers.Doorkeeper;
import io.scorebook.gateway.http.PortInUseException;
import io.scorebook.gateway.reading.Seal;
import io.scorebook.gateway.session.Desk;
import io.scorebook.gateway.session.Witness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.arrow.flight.FlightServer;
import org.apache.arrow.flight.Location;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Listens for clients of Arrow Flight SQL. Each call, and each answer, has a virtual thread of its
/// own, which waits for the client whenever he does not read.
public final class FlightDoor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FlightDoor.class);

  /// Of what clients send, and of metadata on its way to them; answers have memory of their own.
  private static final long MEMORY = 256L << 20;

  /// A query and its parameters are smaller.
  private static final int MESSAGE_BYTES = 16 << 20;

  private static final int HEADER_BYTES = 32 << 10;

  /// Of an answer that is written and not taken yet.
  private static final int AHEAD_BYTES = 1 << 20;

  private static final int CALLS_A_CONNECTION = 128;

  /// @param tls absent where the door does not speak it: then it takes callers of this machine
  ///   alone
  public record Options(String host, int port, Optional<Tls> tls) {}

  /// By which the door shows who it is: files in PEM.
  public record Tls(Path certificates, Path key) {}

  private final BufferAllocator allocator;
  private final ExecutorService threads;
  private final Service service;
  private final FlightServer server;
  private final String scheme;

  private FlightDoor(
      BufferAllocator allocator,
      ExecutorService threads,
      Service service,
      FlightServer server,
      String scheme) {
    this.allocator = allocator;
    this.threads = threads;
    this.service = service;
    this.server = server;
    this.scheme = scheme;
  }

  /// Opens the door. It is closed after the desk, which ends what is open.
  ///
  /// @throws PortInUseException where another process has the port
  public static FlightDoor open(Desk desk, Doorkeeper doorkeeper, Seal seal, Options options)
      throws PortInUseException {
    BufferAllocator allocator = new RootAllocator(MEMORY);
    ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("flight-", 0).factory());
    var service =
        new Service(
            desk.through(Witness.Through.FLIGHT),
            new Tickets(seal, InstantSource.system()),
            allocator);
    boolean open = false;
    try {
      var builder =
          FlightServer.builder(allocator, location(options), service)
              .executor(threads)
              .maxInboundMessageSize(MESSAGE_BYTES)
              .setMaxHeaderListSize(HEADER_BYTES)
              .backpressureThreshold(AHEAD_BYTES)
              .middleware(Login.KEY, new Login(doorkeeper, seal))
              .transportHint(
                  "grpc.builderConsumer", (Consumer<NettyServerBuilder>) FlightDoor::guard);
      if (options.tls().isPresent()) {
        builder.useTls(
            options.tls().get().certificates().toFile(), options.tls().get().key().toFile());
      }
      FlightServer server = builder.build().start();
      open = true;
      return new FlightDoor(
          allocator, threads, service, server, options.tls().isPresent() ? "grpc+tls" : "grpc");
    } catch (IOException e) {
      if (e.getCause() instanceof BindException) {
        throw new PortInUseException(options.host(), options.port(), "--flight-port", e);
      }
      throw new UncheckedIOException("Cannot listen on port " + options.port(), e);
    } finally {
      if (!open) {
        threads.shutdownNow();
        allocator.close();
      }
    }
  }

  private static Location location(Options options) {
    return options.tls().isPresent()
        ? Location.forGrpcTls(options.host(), options.port())
        : Location.forGrpcInsecure(options.host(), options.port());
  }

  private static void guard(NettyServerBuilder builder) {
    builder
        .maxConcurrentCallsPerConnection(CALLS_A_CONNECTION)
        .permitKeepAliveTime(10, TimeUnit.SECONDS)
        .permitKeepAliveWithoutCalls(true)
        .keepAliveTime(60, TimeUnit.SECONDS)
        .addStreamTracerFactory(new PrivateOnly());
  }

  /// Of the door's address: `grpc+tls` where it speaks TLS, else `grpc`.
  public String scheme() {
    return scheme;
  }

  /// The port that is listened on.
  public int port() {
    return server.getPort();
  }

  /// Ends all calls.
  @Override
  public void close() {
    service.close();
    try {
      server.close();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    threads.shutdown();
    try {
      allocator.close();
    } catch (IllegalStateException e) {
      LOG.warn("Leaves memory of calls that did not end: {}", e.getMessage());
    }
  }
}
