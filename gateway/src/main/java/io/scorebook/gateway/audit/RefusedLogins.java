package io.scorebook.gateway.audit;

import io.scorebook.catalog.audit.AuditLog;
import io.scorebook.catalog.audit.AuditRecord;
import io.scorebook.catalog.audit.AuditRecord.Outcome;
import io.scorebook.catalog.audit.AuditRecord.Who;
import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.LoginWitness;
import io.scorebook.gateway.session.Witness;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes refused logins into the audit log: the first of a name at a door at once, those that
/// follow within a time as one record that says how many they were. However many somebody tries,
/// the log gets two records for each in that time, and there are no more names than keys.
public final class RefusedLogins implements LoginWitness, AutoCloseable {
  /// For which the tries of one name at one door are counted together.
  public static final Duration TOGETHER = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(RefusedLogins.class);

  private final AuditLog log;
  private final Duration together;
  private final Map<At, Long> further = new HashMap<>();
  private boolean closed;

  private record At(Witness.Through door, String name) {}

  public RefusedLogins(AuditLog log, Duration together) {
    this.log = log;
    this.together = together;
  }

  @Override
  public synchronized void refused(Witness.Through door, String name) {
    if (closed) {
      return;
    }
    var at = new At(door, name);
    if (further.computeIfPresent(at, (_, count) -> count + 1) == null) {
      further.put(at, 0L);
      write(at, "login");
      CompletableFuture.delayedExecutor(
              together.toMillis(), TimeUnit.MILLISECONDS, Thread::startVirtualThread)
          .execute(() -> end(at));
    }
  }

  private synchronized void end(At at) {
    Long count = further.remove(at);
    if (count != null && count > 0) {
      write(at, "login, %d more times within %d s".formatted(count, together.toSeconds()));
    }
  }

  private void write(At at, String what) {
    try {
      log.ended(
          new AuditRecord(
              UUID.randomUUID().toString(),
              Instant.now(),
              at.door().name().toLowerCase(Locale.ROOT),
              Who.of(at.name(), List.of(), Optional.empty()),
              "login",
              what,
              Optional.empty(),
              0,
              Duration.ZERO,
              Outcome.REFUSED,
              Optional.of(ErrorCode.UNAUTHORIZED.name().toLowerCase(Locale.ROOT))));
    } catch (UncheckedIOException e) {
      LOG.error("Cannot write a refused login into the audit", e);
    }
  }

  /// Writes what was counted and not written yet. It is closed before the log.
  @Override
  public synchronized void close() {
    closed = true;
    List.copyOf(further.keySet()).forEach(this::end);
  }
}
