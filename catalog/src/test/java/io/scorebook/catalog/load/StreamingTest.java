package io.scorebook.catalog.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.catalog.store.Warehouse;
import io.scorebook.catalog.store.WarehouseSettings;
import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Memory does not grow with the file: a load of two million rows in a JVM whose heap is smaller
/// than the file.
final class StreamingTest {
  private static final int ROWS = 2_000_000;

  @TempDir Path folder;

  @Test
  void twoMillionRowsInASmallHeap() throws Exception {
    Path csv = folder.resolve("matches.csv");
    try (BufferedWriter out = Files.newBufferedWriter(csv)) {
      out.write("MATCH,day,year,club,goals,note\n");
      for (int i = 0; i < ROWS; i++) {
        int year = 2000 + i % 10;
        out.write(
            i
                + ","
                + year
                + "-01-01,"
                + year
                + ",1,"
                + i % 90
                + ",a note that takes some room "
                + i
                + "\n");
      }
    }
    assertThat(Files.size(csv)).isGreaterThan(100_000_000);
    Process load =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx80m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Load.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    String output =
        new String(load.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(load.waitFor()).as(output).isZero();
    assertThat(output).contains("loaded " + ROWS);
  }

  /// Runs in the JVM with the small heap.
  static final class Load {
    private Load() {}

    public static void main(String[] arguments) {
      Path folder = Path.of(arguments[0]);
      try (var warehouse = Warehouse.open(WarehouseSettings.embedded(folder.resolve("home")))) {
        var league = new League(folder, warehouse).withClubs();
        LoadReport report =
            Loads.loaded(
                league.loader.load(
                    league.matches, List.of(folder.resolve("matches.csv")), LoadOptions.DEFAULT));
        System.out.println("loaded " + report.loaded());
      }
    }
  }
}
