package io.scorebook.engine.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.scorebook.catalog.load.LoadReport.LoadedFile;
import io.scorebook.catalog.load.TableLoads;
import io.scorebook.catalog.store.TableName;
import io.scorebook.documents.Finding;
import io.scorebook.documents.Findings;
import io.scorebook.domains.SampleDomain;
import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.lineage.Impact.Fallen;
import io.scorebook.engine.lineage.LineageGraph.Direction;
import io.scorebook.engine.lineage.LineageGraph.Edge;
import io.scorebook.engine.lineage.LineageGraph.Node;
import io.scorebook.engine.lineage.LineageGraph.Walk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LineageGraphTest {
  private static final boolean ALL = "all".equals(System.getProperty("scorebook.columns"));

  /// A value, a key, a foreign key, a name, one that a query names, and one that nothing uses.
  private static final Set<String> DROPPED =
      Set.of(
          "game_details.points",
          "game_details.player_id",
          "games.home_points",
          "games.season",
          "games.home_assists",
          "players.player_name",
          "teams.abbreviation",
          "teams.city");

  @SuppressWarnings("NullAway.Init") // set before all
  private Path folder;

  @SuppressWarnings("NullAway.Init") // set before all
  private Domain domain;

  @SuppressWarnings("NullAway.Init") // set before all
  private LineageGraph graph;

  @SuppressWarnings("NullAway.Init") // set before all
  private Impact impact;

  @BeforeAll
  void open(@TempDir Path temporary) throws Exception {
    folder = temporary;
    SampleDomain.copyTo(folder);
    domain = Domain.read(folder, new Findings()).orElseThrow();
    impact = new Impact(domain);
    graph = LineageGraphs.of(List.of(domain), LineageGraphTest::loads);
  }

  private static Optional<TableLoads> loads(String table) {
    var file = new LoadedFile("games.csv", "0123456789abcdef0123", 10);
    return table.endsWith("players")
        ? Optional.empty()
        : Optional.of(
            new TableLoads(
                TableName.parse(table),
                "s3://lake/" + table.replace('.', '/'),
                OptionalLong.of(7),
                List.of(new TableLoads.Load(7, Instant.EPOCH, "load", 10, List.of(file), 0))));
  }

  private Set<String> ids(String from, Direction direction, int depth) {
    Node start = graph.find(from).orElseThrow();
    return graph.walk(start, direction, depth).nodes().keySet().stream()
        .map(Node::id)
        .collect(Collectors.toSet());
  }

  @Test
  void aProductIsFollowedUpToTheFilesThatWereLoaded() {
    assertThat(ids("product:standings/v1", Direction.UP, 50))
        .contains(
            "port:standings/v1/standings",
            "output:standings/v1/standings.longest_win_streak",
            "metric:basketball.longest_win_streak",
            "field:basketball.team_games.won",
            "dataset:basketball.team_games",
            "column:basketball.games.home_points",
            "table:basketball.games",
            "file:games.csv@0123456789ab")
        .doesNotContain("table:basketball.game_details", "metric:basketball.points");
  }

  @Test
  void aColumnIsFollowedDownToContracts() {
    assertThat(ids("game_details.points", Direction.DOWN, 50))
        .contains(
            "field:basketball.player_games.points",
            "metric:basketball.points",
            "metric:basketball.points_share",
            "output:player_seasons/v1/player_seasons.points",
            "product:player_seasons/v1",
            "contract:basketball.player_seasons.player_seasons")
        .doesNotContain("product:standings/v1", "output:player_seasons/v1/player_seasons.player");
  }

  @Test
  void depthBoundsAWalkAndIsTold() {
    Node start = graph.find("column:basketball.game_details.points").orElseThrow();
    Walk walk = graph.walk(start, Direction.DOWN, 1);
    assertThat(walk.isWhole()).isFalse();
    assertThat(walk.nodes().values()).containsOnly(0, 1);
    assertThat(graph.walk(start, Direction.DOWN, 50).isWhole()).isTrue();
    assertThat(walk.edges())
        .contains(
            new Edge(
                "column:basketball.game_details.points",
                "field:basketball.player_games.points",
                "value",
                Optional.of("identity")));
  }

  @Test
  void aNameThatSeveralHaveIsNoneAndTheyAreTold() {
    assertThat(graph.find("points")).isEmpty();
    assertThat(graph.similar("points"))
        .contains("metric:basketball.points", "field:basketball.player_games.points");
  }

  @Test
  void filesOfTablesThatNothingIsToldOfAreNotThere() {
    assertThat(ids("table:basketball.players", Direction.UP, 50))
        .containsExactly("table:basketball.players");
  }

  private static Set<String> names(List<Fallen> fallen, String kind) {
    return fallen.stream()
        .filter(one -> one.kind().equals(kind))
        .map(Fallen::name)
        .collect(Collectors.toSet());
  }

  @Test
  void whatFallsWithAColumnIsListedWithReasons() {
    List<Fallen> fallen = impact.of("game_details.points").orElseThrow();
    assertThat(names(fallen, "metric"))
        .contains("points", "points_share", "longest_streak_over_10", "median_points")
        .doesNotContain("wins", "rebounds_of_nobody");
    assertThat(names(fallen, "field")).contains("player_games.points");
    assertThat(names(fallen, "port")).contains("player_seasons/v1/player_seasons");
    assertThat(names(fallen, "contract"))
        .contains("basketball.game_details", "basketball.player_seasons.player_seasons")
        .doesNotContain("basketball.standings.standings");
    assertThat(fallen).allMatch(one -> !one.because().isEmpty());
    assertThat(impact.of("game_details.pionts")).isEmpty();
    assertThat(impact.of("basketball.game_details.points")).contains(fallen);
  }

  /// Drops columns in truth: where the domain cannot be used any more, all that its mistakes name
  /// was foretold; where it can, nothing but the contract was. All columns with
  /// `-Dscorebook.columns=all`, else one of each way to be used.
  @Test
  void whatIsForetoldIsWhatHappens() throws Exception {
    var json = new ObjectMapper();
    for (Path file : Files.list(folder.resolve("schemas")).sorted().toList()) {
      byte[] before = Files.readAllBytes(file);
      String table = file.getFileName().toString().replace(".avsc", "");
      for (String name : json.readTree(before).path("fields").findValuesAsText("name")) {
        if (!ALL && !DROPPED.contains(table + "." + name)) {
          continue;
        }
        List<Fallen> foretold = impact.of(table + "." + name).orElseThrow();
        JsonNode contract = json.readTree(before);
        ArrayNode fields = (ArrayNode) contract.path("fields");
        for (int i = fields.size() - 1; i >= 0; i--) {
          if (fields.path(i).path("name").asText().equals(name)) {
            fields.remove(i);
          }
        }
        Files.writeString(file, contract.toString());
        var findings = new Findings();
        boolean stands = Domain.read(folder, findings).isPresent();
        Files.write(file, before);
        Set<String> beyond =
            foretold.stream()
                .filter(one -> !one.kind().equals("contract") || one.because().size() > 1)
                .map(one -> one.kind() + ":" + one.name())
                .collect(Collectors.toSet());
        String which = table + "." + name + ": " + findings.toList();
        assertThat(stands).as(which).isEqualTo(beyond.isEmpty());
        findings.toList().stream()
            .filter(finding -> finding.isError() && finding.location().file().equals("model.yaml"))
            .forEach(finding -> assertNamed(finding, foretold));
      }
    }
  }

  /// The dataset, field, relationship or metric that a mistake of the model names.
  private static void assertNamed(Finding finding, List<Fallen> foretold) {
    var kinds =
        java.util.regex.Pattern.compile("(dataset|field|relationship|metric) '([a-z_0-9.]+)'")
            .matcher(finding.message());
    while (kinds.find()) {
      assertThat(names(foretold, kinds.group(1)))
          .as(finding.toString())
          .anyMatch(name -> name.equals(kinds.group(2)) || name.endsWith("." + kinds.group(2)));
    }
  }
}
