package io.scorebook.gateway.cli;

import io.scorebook.catalog.store.Warehouse;
import io.scorebook.catalog.upkeep.Leftover;
import io.scorebook.catalog.upkeep.Upkeep;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// What interrupted loads left: shown, and removed where that is asked for.
@Command(
    name = "upkeep",
    mixinStandardHelpOptions = true,
    description = {
      "Find what interrupted loads left: unpublished rows, objects that no table refers to, local"
          + " files.",
      "Nothing is removed without --remove."
    },
    footer = {
      "",
      "Examples:",
      "  scorebook upkeep",
      "  scorebook upkeep --older-than 48h --remove"
    })
final class UpkeepCommand implements Callable<Integer> {
  /// A load on another machine shows nothing but the age of what it has written.
  private static final Duration LEAST = Duration.ofHours(1);

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
