package io.scorebook.catalog.audit;

import io.scorebook.catalog.audit.AuditRecord.Outcome;
import io.scorebook.catalog.audit.AuditRecord.Source;
import io.scorebook.catalog.audit.AuditRecord.Who;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A process that is asked without end, and says which questions it has remembered: to be killed.
final class Asking {
  private Asking() {}

  public static void main(String[] arguments) {
    AuditLog log = AuditLog.open(Path.of(arguments[0]));
    for (int i = 0; ; i++) {
      AuditRecord open = record("open-" + i);
      log.begun(open);
      if (i % 100 == 0) {
        System.out.println(open.id() + " begun"); // and never ended
      } else {
        log.ended(open.ended(i, Duration.ofMillis(1), Outcome.SERVED, Optional.empty()));
        System.out.println(open.id() + " ended");
      }
      if (i % 300 == 0) {
        log.rotate();
      }
    }
  }

  static AuditRecord record(String id) {
    return new AuditRecord(
        id,
        Instant.now().truncatedTo(ChronoUnit.MICROS),
        "http",
        Who.of("dashboards", List.of("analysts", "all"), Optional.of("reporting")),
        "sql",
        "SELECT a FROM league.games WHERE b = ?",
        Optional.of(
            new Source(
                "league",
                "1.0.0",
                "sha256:abc",
                List.of("standings 1.0.0"),
                new TreeMap<>(Map.of("league.games", 5937117119577207000L)),
                List.of("own team"),
                "open",
                "duckdb")),
        0,
        Duration.ZERO,
        Outcome.LOST,
        Optional.empty());
  }
}
