package io.scorebook.catalog.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.scorebook.catalog.audit.AuditRecord.Outcome;
import io.scorebook.catalog.store.Warehouse;
import io.scorebook.catalog.store.WarehouseSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditLogTest {
  @TempDir Path home;
  private Warehouse warehouse;

  @BeforeEach
  void open() {
    warehouse = Warehouse.open(WarehouseSettings.embedded(home));
  }

  @AfterEach
  void close() {
    warehouse.close();
  }

  private List<AuditRow> rows() {
    return new AuditTable(warehouse).newest(Instant.EPOCH, Optional.empty(), 1_000_000);
  }

  private List<String> ids(String outcome) {
    return rows().stream()
        .filter(row -> row.text("outcome").equals(outcome))
        .map(row -> row.text("id"))
        .toList();
  }

  private void move() {
    try (AuditLog log = AuditLog.open(home)) {
      AuditMover.moveAll(log, warehouse);
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("audit"))) {
      return files.sorted().toList();
    }
  }

  /// Killed at any moment: what it said it had remembered is in the table, each once.
  @Test
  void nothingIsLostOrDoubledWhenAProcessIsKilled() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Asking.class.getName(),
                home.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<String> told;
    try (var lines = process.inputReader()) {
      told = lines.lines().limit(730).toList();
      process.destroyForcibly().waitFor();
    }
    assertThat(told).as("what it said before it was killed").hasSize(730);
    Path saved = Files.createDirectory(home.resolve("saved"));
    for (Path file : files()) {
      Files.copy(file, saved.resolve(file.getFileName()));
    }
    move();
    assertThat(ids("served"))
        .doesNotHaveDuplicates()
        .containsAll(ending(told, " ended"))
        .doesNotContainAnyElementsOf(ending(told, " begun"));
    assertThat(ids("lost")).doesNotHaveDuplicates().containsAll(ending(told, " begun"));
    assertThat(files()).isEmpty();
    // As if it had ended between the commits and the removal of what they moved.
    int before = rows().size();
    try (Stream<Path> files = Files.list(saved)) {
      for (Path file : files.toList()) {
        Files.copy(file, home.resolve("audit").resolve(file.getFileName()));
      }
    }
    move();
    assertThat(rows()).hasSize(before);
    assertThat(files()).isEmpty();
  }

  private static List<String> ending(List<String> told, String how) {
    return told.stream()
        .filter(line -> line.endsWith(how))
        .map(line -> line.replace(how, ""))
        .toList();
  }

  @Test
  void aRecordIsInTheTableAsItWas() throws Exception {
    AuditRecord entry =
        Asking.record("one").ended(17, Duration.ofMillis(42), Outcome.REFUSED, Optional.of("data"));
    try (AuditLog log = AuditLog.open(home);
        AuditMover mover = AuditMover.start(log, warehouse, Duration.ofMillis(50))) {
      log.begun(Asking.record("one"));
      log.ended(entry);
      await().atMost(Duration.ofSeconds(20)).until(() -> !rows().isEmpty());
      AuditRow row = rows().getFirst();
      assertThat(row.text("id")).isEqualTo("one");
      assertThat(row.text("caller")).isEqualTo("dashboards");
      assertThat(row.text("caller_groups")).isEqualTo("all,analysts");
      assertThat(row.text("purpose")).isEqualTo("reporting");
      assertThat(row.text("snapshots")).isEqualTo("league.games=5937117119577207000");
      assertThat(row.text("products")).isEqualTo("standings 1.0.0");
      assertThat(row.text("outcome")).isEqualTo("refused");
      assertThat(row.text("error")).isEqualTo("data");
      assertThat(row.values()).containsEntry("rows_given", 17L).containsEntry("micros", 42_000L);
      assertThat(mover).isNotNull();
    }
    assertThat(rows()).hasSize(1);
  }

  /// One that another process writes is left to it.
  @Test
  void theLogOfALivingProcessIsItsOwn() {
    try (AuditLog other = AuditLog.open(home)) {
      other.ended(Asking.record("other"));
      move();
      assertThat(rows()).isEmpty();
    }
    move();
    assertThat(rows()).hasSize(1);
  }

  /// An answer may go on over several moves: it is told of once, when it ends.
  @Test
  void anAnswerThatIsOpenIsKnownUntilItEnds() {
    try (AuditLog log = AuditLog.open(home)) {
      log.begun(Asking.record("long"));
      AuditMover.moveAll(log, warehouse);
      AuditMover.moveAll(log, warehouse);
      assertThat(rows()).isEmpty();
      log.ended(
          Asking.record("long").ended(9, Duration.ofHours(1), Outcome.SERVED, Optional.empty()));
      AuditMover.moveAll(log, warehouse);
      assertThat(ids("served")).containsExactly("long");
    }
    move();
    assertThat(rows()).hasSize(1);
  }

  @Test
  void halfALineIsNoRecord() throws Exception {
    AuditLog log = AuditLog.open(home);
    log.ended(Asking.record("whole"));
    log.close();
    Path segment =
        files().stream().filter(file -> file.toString().endsWith(".log")).findFirst().orElseThrow();
    Files.write(
        segment,
        "{\"kind\":\"ended\",\"id\":\"ha".getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.APPEND);
    move();
    assertThat(rows()).extracting(row -> row.text("id")).containsExactly("whole");
  }

  @Test
  void manySmallFilesBecomeOne() {
    try (AuditLog log = AuditLog.open(home)) {
      for (int i = 0; i < 12; i++) {
        log.ended(Asking.record("row-" + i));
        AuditMover.moveAll(log, new AuditTable(warehouse, 8));
      }
    }
    assertThat(rows()).hasSize(12).extracting(row -> row.text("id")).doesNotHaveDuplicates();
    var table = warehouse.loadTable(AuditTable.NAME);
    assertThat(Integer.parseInt(table.currentSnapshot().summary().get("total-data-files")))
        .isLessThan(8);
  }

  @Test
  void isItsOwnersAloneAndFailsAloud() throws Exception {
    AuditLog log = AuditLog.open(home);
    for (Path file : files()) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
    log.close();
    assertThatThrownBy(() -> log.begun(Asking.record("late")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("Cannot write the audit log");
  }
}
