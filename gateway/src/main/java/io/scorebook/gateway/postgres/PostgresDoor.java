package io.scorebook.gateway.postgres;

import io.scorebook.engine.pgcatalog.SystemCatalog;
import io.scorebook.gateway.callers.Admitted;
import io.scorebook.gateway.callers.Credentials;
import io.scorebook.gateway.callers.Doorkeeper;
import io.scorebook.gateway.http.PortInUseException;
import io.scorebook.gateway.session.Desk;
import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.ProblemException;
import io.scorebook.gateway.session.Session;
import io.scorebook.gateway.session.Witness;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Listens for PostgreSQL's clients. Each connection has a virtual thread of its own, which waits
/// for the client whenever he does not read.
public final class PostgresDoor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresDoor.class);

  /// How long a client may take to log in.
  private static final Duration LOGIN = Duration.ofSeconds(30);

  /// A client who takes nothing for so long has gone.
  private static final Duration STALL = Duration.ofMinutes(2);

  private static final Duration SWEEP = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final int BACKLOG = 512;

  /// @param connections how many may be open at once
  /// @param tls absent where the door does not speak it
  /// @param login how long a client may take to log in, however often he says a byte
  public record Options(
      String host, int port, int connections, Optional<SSLContext> tls, Duration login) {
    /// With half a minute to log in.
    public Options(String host, int port, int connections, Optional<SSLContext> tls) {
      this(host, port, connections, tls, LOGIN);
    }
  }

  private final Desk desk;
  private final Doorkeeper doorkeeper;
  private final Options options;
  private final ServerSocket server;
  private final Semaphore places;
  private final Catalogs catalogs = new Catalogs();
  private final AtomicInteger processes = new AtomicInteger(1);
  private final Map<Integer, Open> open = new ConcurrentHashMap<>();

  /// Who is logging in, by the thread that serves him.
  private final Map<Thread, Entering> entering = new ConcurrentHashMap<>();

  private final ScheduledExecutorService sweeper =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("postgres-stalled").factory());

  private record Entering(Socket socket, long since) {}

  /// @param secret that a cancel must name
  private record Open(Socket socket, Outbound out, int secret, Conversation conversation) {}

  private PostgresDoor(Desk desk, Doorkeeper doorkeeper, Options options, ServerSocket server) {
    this.desk = desk.through(Witness.Through.POSTGRES);
    this.doorkeeper = doorkeeper;
    this.options = options;
    this.server = server;
    this.places = new Semaphore(options.connections());
  }

  /// Opens the door. It is closed after the desk, which ends what is open.
  ///
  /// @throws PortInUseException where another process has the port
  public static PostgresDoor open(Desk desk, Doorkeeper doorkeeper, Options options)
      throws PortInUseException {
    try {
      var server = new ServerSocket();
      try {
        server.bind(new InetSocketAddress(options.host(), options.port()), BACKLOG);
      } catch (BindException e) {
        server.close();
        throw new PortInUseException(options.host(), options.port(), "--postgres-port", e);
      }
      var door = new PostgresDoor(desk, doorkeeper, options, server);
      Thread.ofVirtual().name("postgres-door").start(door::accept);
      long pause = Math.min(SWEEP.toMillis(), options.login().toMillis());
      door.sweeper.scheduleWithFixedDelay(door::sweep, pause, pause, TimeUnit.MILLISECONDS);
      return door;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot listen on port " + options.port(), e);
    }
  }

  /// The port that is listened on.
  public int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().name("postgres").start(() -> serve(socket));
      } catch (IOException e) {
        if (!server.isClosed()) {
          LOG.warn("Cannot accept a connection: {}", e.getMessage());
          LockSupport.parkNanos(PAUSE.toNanos()); // as where there are no more files to be had
        }
      }
    }
  }

  private void sweep() {
    long now = System.nanoTime();
    entering
        .values()
        .forEach(each -> {
          if (now - each.since() > options.login().toNanos()) {
            end(each.socket());
          }
        });
    for (Open each : open.values()) {
      if (each.out().stalledNanos() > STALL.toNanos()) {
        end(each);
      }
    }
  }

  private static void end(Open each) {
    try {
      each.conversation().cancel();
    } catch (RuntimeException e) {
      LOG.error("Cannot cancel what a connection asks", e);
    } finally {
      end(each.socket());
    }
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // it has ended
    }
  }

  private void serve(Socket accepted) {
    try (Socket socket = accepted) {
      socket.setTcpNoDelay(true);
      socket.setKeepAlive(true);
      socket.setSoTimeout((int) options.login().toMillis());
      entering.put(Thread.currentThread(), new Entering(accepted, System.nanoTime()));
      greet(socket);
    } catch (IOException e) {
      LOG.debug("A connection ends: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("A connection ends", e);
    } finally {
      entering.remove(Thread.currentThread());
    }
  }

  /// Before it is known whether TLS is spoken no byte is read ahead, so that nothing that was said
  /// in the clear is taken for what was said in private.
  private void greet(Socket plain) throws IOException {
    Socket socket = plain;
    while (true) {
      Startup startup;
      try {
        startup = Startup.read(new DataInputStream(socket.getInputStream()));
      } catch (Inbound.Invalid e) {
        refuse(new Outbound(socket.getOutputStream()), "08P01", String.valueOf(e.getMessage()));
        return;
      }
      switch (startup) {
        case Startup.Gss _ -> socket.getOutputStream().write('N');
        case Startup.Tls _ -> {
          boolean speaks = options.tls().isPresent() && !(socket instanceof SSLSocket);
          socket.getOutputStream().write(speaks ? 'S' : 'N');
          if (speaks) {
            socket = secured(socket, options.tls().get());
          }
        }
        case Startup.Cancel(var process, var secret) -> {
          Open asked = open.get(process);
          if (asked != null && asked.secret() == secret) {
            asked.conversation().cancel();
          }
          return;
        }
        case Startup.Hello hello -> {
          hello(socket, hello);
          return;
        }
      }
    }
  }

  private static SSLSocket secured(Socket socket, SSLContext context) throws IOException {
    var secured =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(
                    socket, socket.getInetAddress().getHostAddress(), socket.getPort(), true);
    secured.setUseClientMode(false);
    secured.startHandshake();
    return secured;
  }

  private static void refuse(Outbound out, String sqlState, String message) throws IOException {
    out.error("FATAL", sqlState, message);
    out.flush();
  }

  private void hello(Socket socket, Startup.Hello hello) throws IOException {
    var out = new Outbound(socket.getOutputStream());
    if (!places.tryAcquire()) {
      refuse(
          out,
          ErrorCode.TOO_MANY_QUESTIONS.sqlState(),
          "Cannot take more than %d connections; try again shortly"
              .formatted(options.connections()));
      return;
    }
    try {
      var in = new Inbound(new DataInputStream(new BufferedInputStream(socket.getInputStream())));
      List<String> unknown =
          hello.options().keySet().stream().filter(name -> name.startsWith("_pq_.")).toList();
      if (hello.minor() > 0 || !unknown.isEmpty()) {
        out.negotiate(Startup.SPOKEN, unknown);
      }
      boolean isPrivate =
          socket instanceof SSLSocket || socket.getInetAddress().isLoopbackAddress();
      Optional<Admitted> admitted = new Login(doorkeeper, in, out).admit(hello.user(), isPrivate);
      if (admitted.isEmpty()) {
        doorkeeper.refused(
            Witness.Through.POSTGRES, new Credentials(Optional.of(hello.user()), ""));
        refuse(
            out,
            "28P01",
            "Cannot log in: the password is not a token or key of this user that is known and valid");
        return;
      }
      converse(socket, hello, in, out, admitted.get());
    } catch (Inbound.Invalid e) {
      refuse(out, "08P01", String.valueOf(e.getMessage()));
    } finally {
      places.release();
    }
  }

  private void converse(
      Socket socket, Startup.Hello hello, Inbound in, Outbound out, Admitted admitted)
      throws IOException {
    int process = processes.getAndIncrement();
    var settings = new Settings(hello.user());
    var identity =
        new SystemCatalog.Identity(hello.user(), hello.database(), Settings.SERVER_VERSION);
    try (var questions = new Questions(new Session(desk, admitted), catalogs.of(identity));
        var conversation = new Conversation(in, out, questions, settings)) {
      try {
        set(hello, settings, questions);
        settings.start();
      } catch (ProblemException e) {
        refuse(out, e.problem().code().sqlState(), e.problem().detail());
        return;
      }
      out.authenticationOk();
      for (String reported : Settings.REPORTED) {
        out.parameterStatus(reported, settings.get(reported).orElse(""));
      }
      int secret = new SecureRandom().nextInt();
      out.backendKey(process, secret);
      socket.setSoTimeout(0);
      entering.remove(Thread.currentThread());
      open.put(process, new Open(socket, out, secret, conversation));
      if (server.isClosed()) {
        return; // whoever closed the door may not have seen this one
      }
      try {
        conversation.run();
      } catch (Inbound.Invalid e) {
        // Told while it is known: a client that takes nothing is ended here, too.
        refuse(out, "08P01", String.valueOf(e.getMessage()));
      }
    } finally {
      open.remove(process);
    }
  }

  /// What the client wants set from the beginning, also as `-c name=value`.
  private static void set(Startup.Hello hello, Settings settings, Questions questions) {
    hello
        .options()
        .forEach((name, value) -> {
          switch (name) {
            case "user", "database" -> {
              // who is there is known
            }
            case "replication" ->
                throw new ProblemException(ErrorCode.UNSUPPORTED, "Cannot replicate from here");
            case "options" ->
                Startup.settings(value)
                    .forEach((each, chosen) -> set(settings, questions, each, chosen));
            default -> {
              if (!name.startsWith("_pq_.")) {
                set(settings, questions, name, value);
              }
            }
          }
        });
  }

  private static void set(Settings settings, Questions questions, String name, String value) {
    questions.take(name, value);
    settings.set(name, value);
  }

  /// Ends all connections.
  @Override
  public void close() {
    sweeper.shutdownNow();
    try {
      server.close();
    } catch (IOException e) {
      LOG.warn("Cannot close the port: {}", e.getMessage());
    }
    entering.values().forEach(each -> end(each.socket()));
    open.values().forEach(PostgresDoor::end);
    catalogs.close();
  }
}
