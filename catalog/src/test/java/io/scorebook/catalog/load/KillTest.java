package io.scorebook.catalog.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.catalog.store.Warehouse;
import io.scorebook.catalog.store.WarehouseSettings;
import io.scorebook.catalog.upkeep.Leftover;
import io.scorebook.catalog.upkeep.Upkeep;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The loader's process is killed (`kill -9`) at random moments, `-Dscorebook.kills` times: what it
/// had acknowledged is there once, the rest wholly or not at all, and what is left can be removed.
final class KillTest {
  private static final int KILLS = Integer.getInteger("scorebook.kills", 4);
  private static final int MOST_LOADS = 4;

  private final long seed = Long.getLong("scorebook.seed", new Random().nextLong());
  private final Random random = new Random(seed);

  @TempDir Path folder;

  /// How long the last load took.
  private int loadMillis = 1000;

  /// What a killed process had said.
  private record Said(long begun, long done) {}

  @Test
  void nothingAcknowledgedIsLostAndNothingIsDoubled() throws Exception {
    Path home = folder.resolve("home");
    long next = 0;
    long whole = 0;
    long nothing = 0;
    try (var warehouse = Warehouse.open(WarehouseSettings.embedded(home))) {
      var league = new League(folder, warehouse).withClubs();
      Loads.loaded(league.loadMatches("MATCH,day,year,club,goals\n-1000000,2019-01-01,2019,1,1\n"));
      for (int kill = 0; kill < KILLS; kill++) {
        Said said = killed(home, next);
        String where = "kill %d, seed %d".formatted(kill, seed);
        for (long n = next; n <= said.done(); n++) {
          assertThat(present(league, n)).as("file %d, %s", n, where).isEqualTo(all(n));
        }
        if (said.begun() > said.done()) {
          List<Long> rows = present(league, said.begun());
          assertThat(rows).as("%s", where).isIn(List.of(), all(said.begun()));
          whole += rows.isEmpty() ? 0 : 1;
          nothing += rows.isEmpty() ? 1 : 0;
        }
        if (kill % 10 == 9) {
          System.out.printf("%d of %d kills, %d loads%n", kill + 1, KILLS, said.done() + 1);
        }
        // The next process begins with what was not acknowledged.
        next = said.done() + 1;
      }
      String left = removeWhatIsLeft(warehouse);
      List<String> keys = league.rows(league.matches.table(), "match_id");
      assertThat(keys).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo((int) next);
      for (long n = 0; n < next; n++) {
        assertThat(present(league, n)).as("at the end, seed %d", seed).isEqualTo(all(n));
      }
      System.out.printf(
          "%d kills (seed %d): %d loads acknowledged; of those under way %d were there whole, %d not"
              + " at all; left and removed: %s%n",
          KILLS, seed, next, whole, nothing, left);
    }
  }

  private static List<Long> all(long n) {
    return LongStream.range(n * KilledLoader.ROWS, (n + 1) * KilledLoader.ROWS).boxed().toList();
  }

  private static List<Long> present(League league, long n) {
    try (var records =
        IcebergGenerics.read(league.warehouse.loadTable(league.matches.table()))
            .select("match_id")
            .where(
                Expressions.and(
                    Expressions.greaterThanOrEqual("match_id", n * KilledLoader.ROWS),
                    Expressions.lessThan("match_id", (n + 1) * KilledLoader.ROWS)))
            .build()) {
      var ids = new ArrayList<Long>();
      for (Record record : records) {
        ids.add((Long) record.getField("match_id"));
      }
      return ids.stream().sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String removeWhatIsLeft(Warehouse warehouse) {
    var upkeep = new Upkeep(warehouse);
    List<Leftover> found = upkeep.find(Duration.ZERO);
    assertThat(upkeep.remove(found)).hasSameSizeAs(found);
    assertThat(upkeep.find(Duration.ZERO)).isEmpty();
    return "%d unpublished loads, %d objects, %d local"
        .formatted(
            count(found, Leftover.Unpublished.class),
            count(found, Leftover.Orphan.class),
            count(found, Leftover.Local.class));
  }

  private static long count(List<Leftover> found, Class<? extends Leftover> kind) {
    return found.stream().filter(kind::isInstance).count();
  }

  private Process loader(Path home, long first) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx400m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            KilledLoader.class.getName(),
            home.toString(),
            Files.createDirectories(folder.resolve("files")).toString(),
            String.valueOf(first))
        .redirectError(folder.resolve("stderr.txt").toFile())
        .start();
  }

  private String errors() throws IOException {
    Path file = folder.resolve("stderr.txt");
    return Files.exists(file) ? Files.readString(file) : "";
  }

  /// Starts a loader, and kills it a while after it has begun a file.
  private Said killed(Path home, long first) throws IOException, InterruptedException {
    Process process = loader(home, first);
    var lines = new LinkedBlockingQueue<String>();
    Thread reader =
        Thread.ofVirtual()
            .start(() -> {
              try (BufferedReader out = process.inputReader()) {
                for (String line = out.readLine(); line != null; line = out.readLine()) {
                  lines.add(line);
                }
              } catch (IOException _) {
                // the end of a killed process
              }
            });
    var said = new ArrayList<String>();
    // So many lines, then a part of the time that a load takes.
    for (int line = 2 * random.nextInt(MOST_LOADS) + 1; line > 0; line--) {
      long began = System.nanoTime();
      String next = lines.poll(120, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("it says nothing: " + errors());
      }
      said.add(next);
      if (next.startsWith("done ")) {
        loadMillis = (int) ((System.nanoTime() - began) / 1_000_000);
      }
    }
    assertThat(process.waitFor(random.nextInt(loadMillis + 1), TimeUnit.MILLISECONDS))
        .as("ended by itself: %s", errors())
        .isFalse();
    process.destroyForcibly().waitFor();
    reader.join();
    lines.drainTo(said);
    long done = first - 1;
    long last = first;
    for (String line : said) {
      long n = Long.parseLong(line.substring(line.indexOf(' ') + 1));
      if (line.startsWith("done ")) {
        done = n;
      } else {
        last = n;
      }
    }
    return new Said(last, done);
  }
}
