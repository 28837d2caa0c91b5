package io.scorebook.gateway.cli;

import io.scorebook.catalog.audit.AuditLog;
import io.scorebook.catalog.audit.AuditMover;
import io.scorebook.catalog.audit.AuditRow;
import io.scorebook.catalog.audit.AuditTable;
import io.scorebook.catalog.store.Warehouse;
import io.scorebook.gateway.wire.Json;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Who asked what.
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = {
      "Who asked what: the newest questions first, of all gateways over this lakehouse.",
      "What this home has not moved into the table yet is moved first."
    },
    footer = {
      "",
      "Examples:",
      "  scorebook audit",
      "  scorebook audit --caller dashboards --since 7d --format json"
    })
final class AuditCommand implements Callable<Integer> {
  /// How it is shown.
  enum Form {
    TABLE,
    JSON
  }

  @Mixin HomeOptions home = new HomeOptions();

  @Option(names = "--caller", paramLabel = "NAME", description = "What this caller asked, alone.")
  @Nullable String caller;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      defaultValue = "24h",
      converter = LimitOptions.Time.class,
      description = "As 30m, 24h; default: ${DEFAULT-VALUE}.")
  Duration since = Duration.ofHours(24);

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "Default: ${DEFAULT-VALUE}.")
  int limit = 50;

  @Option(
      names = "--format",
      paramLabel = "FORM",
      defaultValue = "table",
      description = "table, or json with all there is; default: ${DEFAULT-VALUE}.")
  Form format = Form.TABLE;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (var warehouse = Warehouse.open(home.warehouse());
        var log = AuditLog.open(home.home)) {
      QuietLogging.toFile(home.home);
      AuditMover.moveAll(log, warehouse);
      List<AuditRow> rows =
          new AuditTable(warehouse)
              .newest(Instant.now().minus(since), Optional.ofNullable(caller), limit);
      switch (format) {
        case JSON -> rows.forEach(row -> out.println(Json.text(row.values())));
        case TABLE -> rows.forEach(row -> out.println(line(row)));
      }
    }
    return 0;
  }

  private static String line(AuditRow row) {
    return "%s  %s  %s  %s%s  %s rows  %.1f ms  %s"
        .formatted(
            row.text("asked_at"),
            row.text("caller"),
            row.text("door"),
            row.text("outcome"),
            row.values().get("error") == null ? "" : " (" + row.text("error") + ")",
            row.text("rows_given"),
            Long.parseLong(row.text("micros")) / 1000.0,
            row.text("question"));
  }
}
