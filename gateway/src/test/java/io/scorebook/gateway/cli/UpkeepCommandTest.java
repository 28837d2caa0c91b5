package io.scorebook.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.catalog.audit.AuditLog;
import io.scorebook.catalog.audit.AuditMover;
import io.scorebook.catalog.audit.AuditRecord;
import io.scorebook.catalog.audit.AuditTable;
import io.scorebook.catalog.store.TableName;
import io.scorebook.catalog.store.Warehouse;
import io.scorebook.catalog.store.WarehouseSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `upkeep` shows what is left, and removes it where it is told to.
class UpkeepCommandTest {
  @TempDir private Path home;

  private record Ran(int code, String out, String err) {}

  private Ran run(String... more) {
    var out = new StringWriter();
    var err = new StringWriter();
    var line = Main.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    String[] arguments =
        Stream.concat(Stream.of("upkeep", "--home", home.toString()), Stream.of(more))
            .toArray(String[]::new);
    int code = line.execute(arguments);
    return new Ran(code, out.toString(), err.toString());
  }

  /// A table, and an object in its folder that it does not refer to.
  @BeforeEach
  void leave() throws IOException {
    try (var warehouse = Warehouse.open(WarehouseSettings.embedded(home))) {
      warehouse.createNamespace("shop");
      Table table =
          warehouse
              .catalog()
              .createTable(
                  new TableName("shop", "orders").identifier(),
                  new Schema(Types.NestedField.required(1, "id", Types.LongType.get())));
      try (OutputStream out =
          table.io().newOutputFile(table.location() + "/data/left.parquet").create()) {
        out.write(new byte[1234]);
      }
    }
  }

  private Path object() throws IOException {
    try (Stream<Path> files = Files.walk(home.resolve("objects"))) {
      return files
          .filter(file -> file.getFileName().toString().equals("left.parquet"))
          .findFirst()
          .orElseThrow();
    }
  }

  private void age(int hours) throws IOException {
    Files.setLastModifiedTime(object(), FileTime.from(Instant.now().minusSeconds(3600L * hours)));
  }

  @Test
  void showsWhatIsLeftAndRemovesItWhenTold() throws IOException {
    age(25);
    Ran shown = run();
    assertThat(shown.code()).as(shown.err()).isZero();
    assertThat(shown.out())
        .contains("orphan  1,234 bytes  shop.orders  s3://")
        .contains("left.parquet");
    assertThat(shown.err()).contains("Found 1 leftovers, 1,234 bytes; --remove removes them");
    assertThat(object()).exists();
    Ran removed = run("--remove");
    assertThat(removed.err()).contains("Removed 1 leftovers, 1,234 bytes");
    assertThat(run().err()).contains("Found 0 leftovers, 0 bytes");
  }

  @Test
  void leavesWhatIsYoungerThanADayOrThanIsSaid() throws IOException {
    age(23);
    assertThat(run("--remove").err()).contains("Removed 0 leftovers");
    assertThat(run("--older-than", "48h").out()).isEmpty();
    assertThat(run("--older-than", "22h").out()).contains("left.parquet");
  }

  @Test
  void refusesAnAgeThatALoadUnderwayMayHave() {
    Ran refused = run("--older-than", "59m", "--remove");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("must be 1h or more");
  }

  private static AuditRecord asked(String question, Duration ago) {
    return new AuditRecord(
        UUID.randomUUID().toString(),
        Instant.now().minus(ago),
        "http",
        AuditRecord.Who.of("somebody", Set.of(), Optional.empty()),
        "sql",
        question,
        Optional.empty(),
        1,
        Duration.ofMillis(1),
        AuditRecord.Outcome.SERVED,
        Optional.empty());
  }

  private List<String> remembered() {
    try (var warehouse = Warehouse.open(WarehouseSettings.embedded(home))) {
      return new AuditTable(warehouse)
          .newest(Instant.EPOCH, Optional.empty(), 100).stream()
              .map(row -> row.text("asked") + " " + row.text("question"))
              .toList();
    }
  }

  /// Also of a file that has others beside, and the removal is remembered itself.
  @Test
  void theAuditIsKeptForEverOrAsLongAsIsSaid() {
    try (var warehouse = Warehouse.open(WarehouseSettings.embedded(home));
        AuditLog log = AuditLog.open(home)) {
      log.ended(asked("very old", Duration.ofDays(400)));
      AuditMover.moveAll(log, warehouse);
      log.ended(asked("old", Duration.ofDays(31)));
      log.ended(asked("new", Duration.ofDays(29)));
      AuditMover.moveAll(log, warehouse);
    }
    assertThat(run("--remove").err()).doesNotContain("audit");
    assertThat(run("--keep-audit", "30d").err())
        .contains("Found 2 records of the audit from before ", "; --remove removes them");
    assertThat(remembered()).containsExactly("sql new", "sql old", "sql very old");
    Ran removed = run("--keep-audit", "30d", "--remove");
    assertThat(removed.code()).as(removed.err()).isZero();
    assertThat(removed.err()).contains("Removed 2 records of the audit from before ");
    assertThat(remembered())
        .satisfiesExactly(
            first -> assertThat(first).startsWith("removal 2 records of the audit from before "),
            second -> assertThat(second).isEqualTo("sql new"));
    assertThat(run("--keep-audit", "30d", "--remove").err()).contains("Removed 0 records");
    Ran refused = run("--keep-audit", "23h", "--remove");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("Invalid --keep-audit: must be 1d or more");
  }
}
