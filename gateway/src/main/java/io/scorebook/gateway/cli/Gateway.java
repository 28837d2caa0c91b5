package io.scorebook.gateway.cli;

import io.scorebook.catalog.audit.AuditLog;
import io.scorebook.catalog.audit.AuditMover;
import io.scorebook.gateway.audit.AuditWitness;
import io.scorebook.gateway.audit.RefusedLogins;
import io.scorebook.gateway.callers.Doorkeeper;
import io.scorebook.gateway.http.PortInUseException;
import io.scorebook.gateway.reading.Seal;
import io.scorebook.gateway.session.Desk;
import io.scorebook.gateway.session.QualityClock;
import io.scorebook.gateway.session.Token;
import io.scorebook.gateway.wire.ExplainStatements;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.LoggerFactory;

/// A running gateway on an open backend: what `serve` and `demo` have in common, from the token to
/// the end by a signal.
final class Gateway implements AutoCloseable {
  private static final Duration QUALITY_TICK = Duration.ofSeconds(20);
  private static final Duration QUALITY_LIMIT = Duration.ofMinutes(10);

  /// What was asked can be read in the audit's table after about so long.
  private static final Duration AUDIT_PAUSE = Duration.ofSeconds(10);

  /// What remembers the questions.
  private record Audit(AuditLog log, AuditMover mover, RefusedLogins logins)
      implements AutoCloseable {
    @Override
    public void close() {
      logins.close();
      mover.close();
      log.close();
    }
  }

  private final Path home;
  private final HomeBackend backend;
  private final Desk desk;
  private final Token token;
  private final Doors doors;
  private final GatewayFile file;
  private final Audit audit;
  private final QualityClock quality;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Gateway(
      Path home,
      HomeBackend backend,
      Desk desk,
      Token token,
      Doors doors,
      GatewayFile file,
      Audit audit) {
    this.home = home;
    this.backend = backend;
    this.desk = desk;
    this.token = token;
    this.doors = doors;
    this.file = file;
    this.audit = audit;
    this.quality =
        QualityClock.start(
            () -> backend.platform().answers().domains(),
            backend.platform().inspection(),
            InstantSource.system(),
            QUALITY_TICK,
            QUALITY_LIMIT);
  }

  /// Opens the doors and says so in `HOME/gateway.json`. Closing the gateway closes the backend.
  static Gateway start(
      HomeBackend backend, HomeOptions home, ServerOptions options, LimitOptions limits)
      throws PortInUseException {
    Token token = Token.openOrCreate(home.home.resolve("token"));
    GatewaySettings settings = GatewaySettings.read(Configuration.FILE);
    Seal seal = Seal.openOrCreate(home.home.resolve("cursor.key"));
    AuditLog log = AuditLog.open(home.home);
    var logins = new RefusedLogins(log, RefusedLogins.TOGETHER);
    var doorkeeper = Doorkeeper.of(token, home.home, settings.openIssuers(), logins);
    var desk =
        new Desk(
            new ExplainStatements(backend),
            limits.allowance(),
            settings.quotas(),
            new AuditWitness(log));
    Doors doors;
    try {
      doors = Doors.open(options, desk, doorkeeper, seal);
    } catch (PortInUseException | RuntimeException e) {
      log.close();
      throw e;
    }
    var mover = AuditMover.start(log, backend.platform().warehouse(), AUDIT_PAUSE);
    GatewayFile file = doors.file(options.host, home.home);
    var gateway =
        new Gateway(home.home, backend, desk, token, doors, file, new Audit(log, mover, logins));
    file.write(home.home);
    LoggerFactory.getLogger(Gateway.class).info("Answers at {}", file.http());
    return gateway;
  }

  Desk desk() {
    return desk;
  }

  Token token() {
    return token;
  }

  GatewayFile file() {
    return file;
  }

  /// Stays until the process is told to end (SIGTERM, Ctrl-C), which then ends with 0.
  void stay(PrintWriter err) {
    var stopping = new AtomicBoolean();
    Runnable stop =
        () -> {
          if (stopping.compareAndSet(false, true)) {
            stop(err);
          } else {
            forEver(); // the first one ends the process
          }
        };
    StopSignals.handle(stop);
    // For what ends the process without a signal.
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(stop));
    forEver();
  }

  private void stop(PrintWriter err) {
    int code = 0;
    try {
      close();
      err.println("Stopped.");
      err.flush();
    } catch (RuntimeException e) {
      err.println("Cannot stop in order: " + e.getMessage());
      err.flush();
      code = Failures.FAILED;
    }
    // The signal's own exit code would say that something went wrong.
    Runtime.getRuntime().halt(code);
  }

  private static void forEver() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      file.remove(home);
      quality.close();
      try {
        doors.close();
        desk.settle();
      } finally {
        try {
          audit.close();
        } finally {
          backend.close();
        }
      }
    }
  }
}
