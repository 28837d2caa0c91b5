package io.scorebook.catalog.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.catalog.store.Warehouse;
import io.scorebook.catalog.store.WarehouseSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that cannot be used as a whole: refused, each with its reason, and nothing is changed.
final class UnreadableFilesTest {
  @TempDir Path folder;
  private Warehouse warehouse;
  private League league;

  @BeforeEach
  void open() {
    warehouse = Warehouse.open(WarehouseSettings.embedded(folder.resolve("home")));
    league = new League(folder, warehouse);
  }

  @AfterEach
  void close() {
    assertThat(warehouse.listTables()).isEmpty();
    warehouse.close();
  }

  private String reason(Path file) {
    return Loads.refused(league.load(league.clubs, file)).reasons().getFirst();
  }

  @Test
  void aMissingColumnIsNamedWithTheNearest() {
    Path file = league.write("clubs.csv", "ID,nam\n1,Ash\n");
    assertThat(reason(file))
        .isEqualTo(
            "Cannot read %s:1: there is no column 'name'; did you mean [nam]?".formatted(file));
  }

  @Test
  void aColumnUnderTwoNamesIsAmbiguous() {
    assertThat(reason(league.write("clubs.csv", "ID,club_id,name\n1,1,Ash\n")))
        .endsWith(":1: both columns 'ID' and 'club_id' are the field 'club_id'");
  }

  @Test
  void halfAGzipFile() {
    var csv = new StringBuilder("ID,name\n");
    for (int i = 0; i < 20_000; i++) {
      csv.append(i).append(",Club ").append(i * 7919 % 10_007).append('\n');
    }
    byte[] whole = League.gzip(csv.toString());
    Path file = league.write("clubs.csv.gz", Arrays.copyOf(whole, whole.length / 2));
    assertThat(reason(file))
        .contains("clubs.csv.gz: it ends early after line")
        .endsWith("is it whole?");
    byte[] damaged = whole.clone();
    Arrays.fill(damaged, 2000, 2100, (byte) 7);
    assertThat(reason(league.write("clubs.csv.gz", damaged))).contains("gzip data is damaged");
  }

  @Test
  void anotherEncoding() {
    Path latin =
        league.write(
            "clubs.csv",
            "ID,name\n1,Ash\n2,Jokić é\n".replace("ć", "e").getBytes(StandardCharsets.ISO_8859_1));
    assertThat(reason(latin)).contains("is not UTF-8");
    Path wide =
        league.write("wide.csv", "\uFEFFID,name\n1,Ash\n".getBytes(StandardCharsets.UTF_16LE));
    assertThat(reason(wide)).endsWith("it is UTF-16; save it as UTF-8");
  }

  @Test
  void aQuoteThatIsNeverClosed() {
    assertThat(reason(league.write("clubs.csv", "ID,name\n1,Ash\n2,\"Birch\n3,Cedar\n")))
        .endsWith("a quote is not closed; the last row begins in line 3");
  }

  @Test
  void otherFormsThanExpected() {
    assertThat(reason(league.write("clubs.csv", "ID;name\n1;Ash\n")))
        .endsWith("its columns are not divided by commas");
    assertThat(reason(league.write("clubs.csv", ""))).endsWith("it is empty, without a header");
    assertThat(reason(league.write("clubs.xls", "x")))
        .startsWith("Cannot tell the format of ")
        .contains("--format");
    assertThat(reason(league.write("clubs.parquet", "not parquet"))).startsWith("Cannot read ");
    assertThat(reason(league.write("clubs.avro", "not avro"))).startsWith("Cannot read ");
    assertThat(reason(folder.resolve("nowhere.csv"))).endsWith("there is no such file");
    assertThat(reason(folder)).contains("Cannot tell the format");
  }

  @Test
  void allUnreadableFilesAreToldAtOnce() {
    LoadRefused refused =
        Loads.refused(
            league.loader.load(
                league.clubs,
                List.of(
                    league.write("a.csv", "ID\n1\n"),
                    league.write("b.csv", "ID,name\n1,Ash\n"),
                    folder.resolve("c.csv")),
                LoadOptions.DEFAULT));
    assertThat(refused.summary())
        .isEqualTo("Cannot load a.csv, b.csv, c.csv into 'league.clubs'; nothing was changed");
    assertThat(refused.reasons()).hasSize(2);
  }
}
