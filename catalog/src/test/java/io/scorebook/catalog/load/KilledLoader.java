package io.scorebook.catalog.load;

import io.scorebook.catalog.store.Warehouse;
import io.scorebook.catalog.store.WarehouseSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/// A process of its own that loads file after file until it is killed, and says on its standard
/// output which it begins and which it has done.
final class KilledLoader {
  static final int ROWS = 20;

  private KilledLoader() {}

  /// @param args the home, a folder for files, and the number of the first file
  public static void main(String[] args) {
    Thread.ofPlatform().daemon().start(KilledLoader::endWithTheTest);
    Path folder = Path.of(args[1]);
    try (var warehouse = Warehouse.open(WarehouseSettings.embedded(Path.of(args[0])))) {
      var league = new League(folder, warehouse);
      for (long n = Long.parseLong(args[2]); ; n++) {
        say("begin " + n);
        Path file = league.write("matches-%d.csv".formatted(n), csv(n));
        var options = LoadOptions.DEFAULT.allowing(Allowance.parse("1"));
        Loads.loaded(league.loader.load(league.matches, List.of(file), options));
        say("done " + n);
      }
    }
  }

  /// Twenty good rows in two partitions, and a bad one.
  static String csv(long n) {
    var csv = new StringBuilder("MATCH,day,year,club,goals\n");
    for (int row = 0; row < ROWS; row++) {
      int year = 2020 + row % 2;
      csv.append("%d,%d-01-01,%d,1,1\n".formatted(n * ROWS + row, year, year));
    }
    return csv.append("%d,2020-01-01,2020,no club,1\n".formatted(-n - 1)).toString();
  }

  /// The standard input ends when the process does that holds its other end.
  private static void endWithTheTest() {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException _) {
      // it has ended
    }
    Runtime.getRuntime().halt(3);
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
