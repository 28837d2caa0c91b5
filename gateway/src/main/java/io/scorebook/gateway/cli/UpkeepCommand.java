package io.scorebook.gateway.cli;

import io.scorebook.catalog.audit.AuditLog;
import io.scorebook.catalog.audit.AuditMover;
import io.scorebook.catalog.audit.AuditRecord;
import io.scorebook.catalog.audit.AuditRetention;
import io.scorebook.catalog.policy.Caller;
import io.scorebook.catalog.store.Warehouse;
import io.scorebook.catalog.upkeep.Leftover;
import io.scorebook.catalog.upkeep.Upkeep;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// What interrupted loads left, and the audit's old records: shown, and removed where that is asked
/// for.
@Command(
    name = "upkeep",
    mixinStandardHelpOptions = true,
    description = {
      "Find what interrupted loads left: unpublished rows, objects that no table refers to, local"
          + " files.",
      "With --keep-audit also the records of the audit that are older than that.",
      "Nothing is removed without --remove."
    },
    footer = {
      "",
      "Examples:",
      "  scorebook upkeep",
      "  scorebook upkeep --older-than 48h --remove",
      "  scorebook upkeep --keep-audit 365d --remove"
    })
final class UpkeepCommand implements Callable<Integer> {
  /// A load on another machine shows nothing but the age of what it has written.
  private static final Duration LEAST = Duration.ofHours(1);

  /// So long a process that was killed may leave its last records outside of the table.
  private static final Duration LEAST_AUDIT = Duration.ofDays(1);

  @Mixin HomeOptions home = new HomeOptions();

  @Option(names = "--remove", description = "Remove what is found.")
  boolean remove;

  @Option(
      names = "--older-than",
      paramLabel = "TIME",
      defaultValue = "24h",
      converter = LimitOptions.Time.class,
      description = "Longer than any load takes, 1h or more; default: ${DEFAULT-VALUE}.")
  Duration olderThan = Duration.ofHours(24);

  @Option(
      names = "--keep-audit",
      paramLabel = "TIME",
      converter = LimitOptions.Time.class,
      description = "How long records of the audit are kept, 1d or more; default: for ever.")
  @Nullable Duration keepAudit;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  CommandSpec spec;

  @Override
  public Integer call() {
    checkAge();
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try (var warehouse = Warehouse.open(home.warehouse())) {
      QuietLogging.toFile(home.home);
      var upkeep = new Upkeep(warehouse);
      if (keepAudit != null) {
        err.println(audit(warehouse, Instant.now().minus(keepAudit)));
      }
      List<Leftover> found = upkeep.find(olderThan);
      List<Leftover> told = remove ? upkeep.remove(found) : found;
      told.forEach(leftover -> out.println(line(leftover)));
      err.println(
          "%s %s leftovers, %s bytes%s"
              .formatted(
                  remove ? "Removed" : "Found",
                  LoadWords.number(told.size()),
                  LoadWords.number(told.stream().mapToLong(Leftover::bytes).sum()),
                  remove || found.isEmpty() ? "" : "; --remove removes them"));
      return 0;
    }
  }

  private void checkAge() {
    if (olderThan.compareTo(LEAST) < 0) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid --older-than: must be 1h or more, or a load underway could lose its files");
    }
    if (keepAudit != null && keepAudit.compareTo(LEAST_AUDIT) < 0) {
      throw new ParameterException(spec.commandLine(), "Invalid --keep-audit: must be 1d or more");
    }
  }

  private String audit(Warehouse warehouse, Instant before) {
    var retention = new AuditRetention(warehouse);
    String what = "records of the audit from before " + seconds(before);
    if (!remove) {
      long found = retention.count(before);
      return "Found %s %s%s"
          .formatted(LoadWords.number(found), what, found == 0 ? "" : "; --remove removes them");
    }
    try (AuditLog log = AuditLog.open(home.home)) {
      long removed = remembered(log, before, () -> retention.remove(before));
      AuditMover.moveAll(log, warehouse);
      return "Removed %s %s".formatted(LoadWords.number(removed), what);
    }
  }

  /// That records were removed is in the audit itself, also where it was not finished.
  private static long remembered(AuditLog log, Instant before, LongSupplier removal) {
    long start = System.nanoTime();
    Caller caller = Caller.local();
    var begun =
        new AuditRecord(
            UUID.randomUUID().toString(),
            Instant.now(),
            "cli",
            AuditRecord.Who.of(caller.name(), caller.groups(), Optional.empty()),
            "removal",
            "records of the audit from before " + seconds(before),
            Optional.empty(),
            0,
            Duration.ZERO,
            AuditRecord.Outcome.LOST,
            Optional.empty());
    log.begun(begun);
    AuditRecord.Outcome outcome = AuditRecord.Outcome.FAILED;
    String told = begun.question();
    try {
      long removed = removal.getAsLong();
      outcome = AuditRecord.Outcome.SERVED;
      told = "%s %s".formatted(LoadWords.number(removed), told);
      return removed;
    } finally {
      log.ended(
          begun
              .asking(told)
              .ended(0, Duration.ofNanos(System.nanoTime() - start), outcome, Optional.empty()));
    }
  }

  private static String line(Leftover leftover) {
    return switch (leftover) {
      case Leftover.Unpublished load ->
          "%s  unpublished  %s bytes  %s  %s"
              .formatted(
                  seconds(load.since()),
                  LoadWords.number(load.bytes()),
                  load.table(),
                  load.branch());
      case Leftover.Orphan orphan ->
          "%s  orphan  %s bytes  %s  %s"
              .formatted(
                  seconds(orphan.since()),
                  LoadWords.number(orphan.bytes()),
                  orphan.table(),
                  orphan.location());
      case Leftover.Local files ->
          "%s  local  %s bytes  %s"
              .formatted(seconds(files.since()), LoadWords.number(files.bytes()), files.path());
    };
  }

  private static Instant seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }
}
