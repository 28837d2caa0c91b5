package io.scorebook.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.scorebook.domains.SampleLeague;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// From files to the first answer, by the commands that `init` prints.
@Timeout(300)
class InitCommandTest {
  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init")
  InitCommandTest() {}

  private record Ran(int code, String out, String err) {}

  private static Ran run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var line = Main.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    int code = line.execute(arguments);
    return new Ran(code, out.toString(), err.toString());
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /// Drafts, and holds the draft against `check`, which must have nothing to say.
  private Ran draft(Path data) {
    Ran init = run("init", "--from", data.toString(), "--to", path("drafted"));
    assertThat(init.code()).as(init.err()).isZero();
    Ran check = run("check", path("drafted"));
    assertThat(check.code()).as(check.out()).isZero();
    assertThat(check.out()).isEmpty();
    assertThat(check.err()).contains("0 errors, 0 warnings").contains("tests passed");
    return init;
  }

  /// Loads the files and asks, as CSV without its header.
  private List<String> ask(String metrics, String dimensions, String... more) {
    var arguments = new ArrayList<String>();
    arguments.addAll(List.of("query", "--home", path("home"), "-m", metrics, "-d", dimensions));
    arguments.addAll(List.of("--order-by=-" + metrics.split(",")[0], "--format", "csv"));
    arguments.addAll(Arrays.asList(more));
    Ran query = run(arguments.toArray(String[]::new));
    assertThat(query.code()).as(query.err()).isZero();
    return query.out().lines().skip(1).toList();
  }

  private Ran demo(Path data) {
    Ran demo =
        run(
            "demo",
            "--once",
            "--port",
            "0",
            "--domain",
            path("drafted"),
            "--data",
            data.toString(),
            "--home",
            path("home"));
    assertThat(demo.code()).as(demo.err()).isZero();
    return demo;
  }

  @Test
  void anInventedLeagueIsDraftedLoadedAndAnsweredRightly() throws Exception {
    Path data = folder.resolve("league");
    SampleLeague.small().write(data);
    Ran init = draft(data);
    assertThat(init.err())
        .contains("(game_id, player_id) is never empty and unique together")
        .contains("leads   (home_team_id) to teams")
        .contains("leads   (visitor_team_id) to teams")
        .contains("103 names for 104 values of player_id");
    assertThat(init.out())
        .contains(
            "./scorebook load games_details %s --domain %s --max-rejected 2"
                .formatted(data.resolve("games_details.csv"), path("drafted")));
    Ran demo = demo(data);
    assertThat(demo.err()).contains("games_details: read 12,853, loaded 12,846");
    assertThat(demo.out()).contains("== All metrics of games_details by ");
    assertThat(ask("pts", "player_id", "--limit", "10")).isEqualTo(topScorers(data));
    Ran again =
        run("demo", "--once", "--port", "0", "--domain", path("drafted"), "--home", path("home"));
    assertThat(again.err()).contains("reuses the data of files in " + data);
    Ran sample = run("demo", "--once", "--port", "0", "--home", path("home"));
    assertThat(sample.code()).isEqualTo(1);
    assertThat(sample.err()).contains("Cannot show the sample domain in " + path("home"));
  }

  /// The ten players with most points, worked out from the lines of the file: of rows with one key
  /// the first counts.
  private static List<String> topScorers(Path data) throws IOException {
    List<String> lines = Files.readAllLines(data.resolve("games_details.csv"));
    List<String> header = List.of(lines.getFirst().split(","));
    Map<String, Long> points = new HashMap<>();
    Set<String> seen = new HashSet<>();
    for (String line : lines.subList(1, lines.size())) {
      assertThat(line).doesNotContain("\"");
      String[] cells = line.split(",", -1);
      String player = cells[header.indexOf("PLAYER_ID")];
      String scored = cells[header.indexOf("PTS")];
      if (seen.add(cells[header.indexOf("GAME_ID")] + " " + player) && !scored.isEmpty()) {
        points.merge(player, (long) Double.parseDouble(scored), Long::sum);
      }
    }
    return points.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(10)
        .map(entry -> entry.getKey() + "," + entry.getValue())
        .toList();
  }

  @Test
  void tenRealSeasonsAreAnsweredAsTheyAreKnown() {
    Path data = Path.of(System.getProperty("scorebook.root", ".."), "../shared/data/nba");
    assumeTrue(Files.isDirectory(data), "the ten real seasons are not beside the checkout");
    draft(data);
    demo(data);
    assertThat(ask("pts", "player_name,team_abbreviation", "--limit", "1"))
        .containsExactly("Giannis Antetokounmpo,MIL,18816");
    assertThat(ask("pts", "player_name,season", "--limit", "1"))
        .containsExactly("James Harden,2018,2818");
    assertThat(ask("home_team_wins", "season", "--where", "home_team_abbreviation=BOS"))
        .hasSize(10);
  }

  @Test
  void aShopOfSeveralFormatsIsServed() throws Exception {
    write(
        "data/customers.ndjson",
        "{\"id\": 1, \"name\": \"Ann\"}\n{\"id\": 2, \"name\": \"Ben\"}\n");
    write("data/orders-2023.csv", "order_id,customer_id,day,total\n1,1,2023-05-01,2.50\n");
    write(
        "data/orders-2024.csv",
        "order_id,customer_id,day,total\n2,1,2024-05-01,4\n3,2,2024-05-02,\n");
    draft(folder.resolve("data"));
    demo(folder.resolve("data"));
    assertThat(ask("total,order_count", "customer_name")).containsExactly("Ann,6.50,2", "Ben,,1");
    assertThat(ask("total", "order_day.year"))
        .containsExactly("2024-01-01,4.00", "2023-01-01,2.50");
  }

  /// Names that SQL has taken, codes, numbers of any size, times of all kinds, blanks, lists, in
  /// every format: each row that was not told is loaded.
  @Test
  void whatADraftTakesALoadTakes() throws Exception {
    write(
        "data/Größte Verkäufe.csv",
        """
        Order ID,select,a b,a_b,名前,win%,,code,huge,at,zoned,clock,midnight,ok,empty
        1,2,3,4.50,x,0.5,z,007,123456789012345678901234,2024-01-31T10:00,2024-01-31T10:00:00Z,31:07,2024-01-31 00:00:00,true,
        2,-0,3.0,4,"y ""q"" z",0.25,,008,5,2024-01-31 10:00:01.5,2024-01-31T10:00:00+02:00,,2024-02-01 00:00:00,FALSE,
        """);
    write(
        "data/visits.ndjson",
        """
        {"id": 1, "minutes": "31:07", "tags": ["x"], "share": 1e-3}
        {"id": 2, "minutes": "12", "Late": true}
        """);
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement()) {
      statement.execute(
          """
          COPY (SELECT range AS row_id, uuid() AS token, 12.50::DECIMAL(9,3) AS amount, 0.1::FLOAT AS ratio,
                       DATE '2024-01-31' + range::INT AS day, TIMESTAMP '2024-01-31 10:00:00.000001' AS at,
                       170141183460469231731687303715884105727::HUGEINT %% 1000 AS huge, [1, 2] AS list
                FROM range(3))
          TO '%s' (FORMAT parquet)\
          """
              .formatted(path("data/typed.parquet")));
    }
    Schema schema =
        SchemaBuilder.record("r")
            .fields()
            .requiredLong("event_id")
            .name("kind")
            .type(Schema.createEnum("k", null, null, List.of("A", "B")))
            .noDefault()
            .name("seen")
            .type(LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG)))
            .noDefault()
            .endRecord();
    try (var writer = new DataFileWriter<GenericRecord>(new GenericDatumWriter<>(schema))) {
      writer.create(schema, folder.resolve("data/events.avro").toFile());
      for (long i = 1; i <= 2; i++) {
        GenericRecord row = new GenericData.Record(schema);
        row.put("event_id", i);
        row.put("kind", new GenericData.EnumSymbol(schema.getField("kind").schema(), "A"));
        row.put("seen", i * 1000);
        writer.append(row);
      }
    }
    Ran init = draft(folder.resolve("data"));
    assertThat(init.out()).doesNotContain("--max-rejected");
    assertThat(init.err())
        .contains("the column 'tags' is left out")
        .contains("the column 'list' is left out");
    assertThat(demo(folder.resolve("data")).err())
        .contains("grosste_verkaufe: read 2, loaded 2")
        .contains("visits: read 2, loaded 2")
        .contains("typed: read 3, loaded 3")
        .contains("events: read 2, loaded 2");
  }

  @Test
  void whatIsThereIsNotTouched() throws Exception {
    write("data/orders.csv", "order_id,total\n1,2.50\n");
    write("drafted/mine.txt", "mine");
    Ran init = run("init", "--from", path("data"), "--to", path("drafted"));
    assertThat(init.code()).isEqualTo(1);
    assertThat(init.err()).contains("the folder is not empty");
    assertThat(contents()).containsOnlyKeys("data/orders.csv", "drafted/mine.txt");
  }

  @Test
  void whatCannotBeDraftedLeavesNothing() throws Exception {
    write("data/orders.csv", "order_id;total\n1;2\n");
    Ran init = run("init", "--from", path("data"), "--to", path("drafted"));
    assertThat(init.code()).isEqualTo(1);
    assertThat(init.err())
        .contains("orders.csv:1: its columns are not divided by commas")
        .contains("Nothing was written");
    assertThat(contents()).containsOnlyKeys("data/orders.csv");
    assertThat(run("init").code()).isEqualTo(2);
  }

  @Test
  void theSameFilesGiveTheSameFolder() throws Exception {
    write("data/orders.csv", "order_id,customer_id,total\n1,1,2.50\n");
    write("data/customers.csv", "id,name\n1,Ann\n");
    for (String to : List.of("a", "b")) {
      Ran init = run("init", "--from", path("data"), "--to", path(to), "--name", "shop");
      assertThat(init.code()).as(init.err()).isZero();
    }
    Map<String, String> all = contents();
    assertThat(all.entrySet().stream().filter(e -> e.getKey().startsWith("a/")).toList())
        .hasSize(8)
        .allSatisfy(
            e -> assertThat(all).containsEntry("b" + e.getKey().substring(1), e.getValue()));
  }

  private Map<String, String> contents() throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(folder.relativize(file).toString(), Files.readString(file));
      }
    }
    return contents;
  }
}
