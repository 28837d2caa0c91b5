package io.scorebook.gateway.jdbc;

import static io.scorebook.gateway.session.FakeBackend.NUMBERS;
import static io.scorebook.gateway.session.FakeBackend.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.scorebook.catalog.policy.Caller;
import io.scorebook.engine.answer.EngineException;
import io.scorebook.gateway.http.Door;
import io.scorebook.gateway.session.Ask;
import io.scorebook.gateway.session.FakeBackend;
import io.scorebook.gateway.session.Session;
import io.scorebook.gateway.wire.ExplainStatements;
import io.scorebook.semantic.plan.Issue;
import io.scorebook.semantic.plan.Plan.OutputType;
import io.scorebook.semantic.plan.Plan.Role;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/// The standard Avatica driver, over the wire.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class JdbcDoorTest {
  private FakeBackend backend;
  private Door door;

  @SuppressWarnings("NullAway.Init")
  JdbcDoorTest() {}

  @BeforeAll
  void open() {
    backend = FakeBackend.ofSampleDomain();
    door = Door.open(new ExplainStatements(backend));
  }

  @BeforeEach
  void forget() {
    backend.asked.clear();
  }

  @AfterAll
  void close() {
    door.close();
  }

  private Connection connect() throws SQLException {
    return connect(Door.TOKEN);
  }

  private Connection connect(String password) throws SQLException {
    var properties = new Properties();
    properties.setProperty("avatica_user", "token");
    properties.setProperty("avatica_password", password);
    return DriverManager.getConnection(
        "jdbc:avatica:remote:url=http://127.0.0.1:%d/jdbc;serialization=protobuf;authentication=BASIC"
            .formatted(door.port()),
        properties);
  }

  private String url() {
    return "jdbc:avatica:remote:url=http://127.0.0.1:%d/jdbc;serialization=protobuf;authentication=BASIC"
        .formatted(door.port());
  }

  @Test
  void userAndPasswordAsJdbcHasThem() throws SQLException {
    backend.answering((_, _) ->
        backend.rows(
            List.of(column("n", OutputType.INTEGER, Role.VALUE)), List.of(Arrays.asList(1L))));
    try (var connection = DriverManager.getConnection(url(), "token", Door.TOKEN);
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT 1 AS n")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(1);
      try (var tables = connection.getMetaData().getTables(null, "basketball", "%", null)) {
        assertThat(tables.next()).isTrue();
      }
      try (var prepared = connection.prepareStatement("SELECT 1 AS n")) {
        assertThat(prepared.executeQuery().next()).isTrue();
      }
    }
  }

  /// Of a preparation that fails the driver says nothing: so it is told where the query is run.
  @Test
  void whatCannotBeParsedIsToldWhereItIsRun() throws SQLException {
    try (var connection = connect();
        var statement = connection.prepareStatement("SELEC wins FROM team_games WHERE team = ?")) {
      statement.setString(1, "BOS");
      assertThatThrownBy(statement::executeQuery)
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42601"))
          .hasMessageContaining("Cannot parse");
    }
  }

  @Test
  void aWrongUserOrPasswordIsNotLetIn() {
    for (String[] login :
        new String[][] {{"token", "wrong"}, {"root", Door.TOKEN}, {"token", ""}}) {
      assertThatThrownBy(
              () -> {
                try (var connection = DriverManager.getConnection(url(), login[0], login[1])) {
                  connection.createStatement().executeQuery("SELECT 1 AS n").next();
                }
              })
          .hasStackTraceContaining("401");
    }
    assertThat(backend.asked).isEmpty();
  }

  @Test
  void valuesOfAllTypesArrive() throws SQLException {
    backend.answering((_, _) ->
        backend.rows(
            List.of(
                column("s", OutputType.STRING, Role.VALUE),
                column("i", OutputType.INTEGER, Role.VALUE),
                column("d", OutputType.DECIMAL, Role.VALUE),
                column("f", OutputType.DOUBLE, Role.VALUE),
                column("b", OutputType.BOOLEAN, Role.VALUE),
                column("day", OutputType.DATE, Role.VALUE),
                column("at", OutputType.TIMESTAMP, Role.VALUE)),
            List.of(
                Arrays.<@Nullable Object>asList(
                    "Jokić",
                    9007199254740993L,
                    new BigDecimal("12345678901234567890.50"),
                    0.1,
                    true,
                    LocalDate.of(1969, 12, 31),
                    LocalDateTime.of(2018, 1, 6, 20, 0)),
                Arrays.<@Nullable Object>asList(null, null, null, null, null, null, null))));
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT everything")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo("Jokić");
      assertThat(rows.getLong(2)).isEqualTo(9007199254740993L);
      assertThat(rows.getBigDecimal(3)).isEqualByComparingTo("12345678901234567890.50");
      assertThat(rows.getDouble(4)).isEqualTo(0.1);
      assertThat(rows.getBoolean(5)).isTrue();
      assertThat(rows.getString(6)).isEqualTo("1969-12-31");
      assertThat(rows.getString(7)).isEqualTo("2018-01-06 20:00:00.000");
      assertThat(rows.getMetaData().getColumnTypeName(6)).isEqualTo("DATE");
      assertThat(rows.getMetaData().getColumnLabel(2)).isEqualTo("i");
      assertThat(rows.next()).isTrue();
      for (int i = 1; i <= 7; i++) {
        assertThat(rows.getObject(i)).as("column %d", i).isNull();
      }
      assertThat(rows.next()).isFalse();
    }
  }

  @Test
  void manyRowsComeInFrames() throws SQLException {
    backend.answering(
        (_, _) -> backend.generated(NUMBERS, number -> number < 25_000 ? List.of(number) : null));
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT many")) {
      long expected = 0;
      while (rows.next()) {
        assertThat(rows.getLong(1)).isEqualTo(expected++);
      }
      assertThat(expected).isEqualTo(25_000);
    }
    await().untilAsserted(() -> assertThat(backend.open).hasValue(0));
  }

  @Test
  void maxRowsAndClosingEndTheWork() throws SQLException {
    backend.answering((_, _) -> backend.generated(NUMBERS, List::of));
    try (Connection connection = connect()) {
      try (Statement statement = connection.createStatement()) {
        statement.setMaxRows(7);
        ResultSet rows = statement.executeQuery("SELECT some");
        int count = 0;
        while (rows.next()) {
          count++;
        }
        assertThat(count).isEqualTo(7);
        assertThat(backend.open).hasValue(0);
      }
      Statement statement = connection.createStatement();
      assertThat(statement.executeQuery("SELECT endless").next()).isTrue();
      assertThat(backend.open).hasValue(1);
      statement.close();
      assertThat(backend.open).hasValue(0);
    }
  }

  @Test
  void refusalsHaveTheirMessageAndSqlState() throws SQLException {
    backend.answering((_, _) -> FakeBackend.refused(Issue.Code.UNKNOWN_METRIC));
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.executeQuery("SELECT wnis"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42703"))
          .hasMessageContaining("Cannot take it");
      backend.answering((_, _) -> {
        throw new EngineException(EngineException.Kind.TIMEOUT, "Cannot go on after 1 s", null);
      });
      assertThatThrownBy(() -> statement.executeQuery("SELECT slowly"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
    }
  }

  @Test
  void aFailureInALaterFrameIsAFailure() throws SQLException {
    backend.answering((_, _) ->
        backend.generated(
            NUMBERS,
            number -> {
              if (number == 3000) {
                throw new EngineException(EngineException.Kind.DATA, "Cannot add up", null);
              }
              return List.of(number);
            }));
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT many")) {
      assertThatThrownBy(
              () -> {
                while (rows.next()) {
                  // until it fails
                }
              })
          .hasStackTraceContaining("Cannot add up");
    }
  }

  @Test
  void aWrongTokenDoesNotConnect() {
    assertThatThrownBy(() -> connect("wrong").createStatement().executeQuery("SELECT 1"))
        .isInstanceOf(Exception.class);
    assertThat(backend.asked).isEmpty();
  }

  @Test
  void parametersBecomeLiterals() throws SQLException {
    backend.answering((_, _) -> backend.rows(NUMBERS, List.of(List.of(1L))));
    try (Connection connection = connect();
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT season AS number FROM basketball.team_games"
                    + " WHERE team = ? AND season - ? > 0 AND \"date\" > ? -- why?")) {
      assertThat(statement.getMetaData().getColumnLabel(1)).isEqualTo("number");
      assertThat(statement.getParameterMetaData().getParameterCount()).isEqualTo(3);
      statement.setString(1, "O'Neal' OR '1'='1");
      statement.setInt(2, -5);
      statement.setDate(3, Date.valueOf("2018-01-06"));
      assertThat(statement.executeQuery().next()).isTrue();
    }
    assertThat(((Ask.Sql) backend.asked.getLast()).sql())
        .isEqualTo(
            "SELECT season AS number FROM basketball.team_games"
                + " WHERE team = 'O''Neal'' OR ''1''=''1' AND season - (-5) > 0"
                + " AND \"date\" > DATE '2018-01-06' -- why?");
  }

  @Test
  void metadataListsDatasetsAndProducts() throws SQLException {
    try (Connection connection = connect()) {
      var metadata = connection.getMetaData();
      assertThat(values(metadata.getSchemas(), "TABLE_SCHEM"))
          .contains("basketball", "standings_v1");
      assertThat(values(metadata.getTables(null, "basketball", "%", null), "TABLE_NAME"))
          .contains("team_games", "player_games");
      assertThat(
              values(
                  metadata.getTables(null, "standings\\_v1", "%", new String[] {"VIEW"}),
                  "TABLE_NAME"))
          .containsExactly("standings");
      assertThat(values(metadata.getTableTypes(), "TABLE_TYPE")).containsExactly("TABLE", "VIEW");
      assertThat(values(metadata.getTypeInfo(), "TYPE_NAME")).contains("BIGINT", "DECIMAL");
      try (ResultSet columns = metadata.getColumns(null, "basketball", "team_games", "wins")) {
        assertThat(columns.next()).isTrue();
        assertThat(columns.getString("REMARKS")).startsWith("Metric, asked as AGGREGATE(wins)");
        assertThat(columns.getInt("DATA_TYPE")).isEqualTo(java.sql.Types.BIGINT);
        assertThat(columns.getString("IS_NULLABLE")).isEqualTo("YES");
      }
      assertThat(values(metadata.getPrimaryKeys(null, "basketball", "team_games"), "COLUMN_NAME"))
          .isEmpty();
    }
  }

  /// The standard driver tells its own name instead; other clients of the protocol tell ours.
  @Test
  void theProductIsScorebook() {
    var desk =
        new io.scorebook.gateway.session.Desk(
            backend, io.scorebook.gateway.session.Desk.Allowance.DEFAULT);
    try (var meta =
        new SessionMeta(
            java.time.Duration.ofMinutes(1),
            _ -> Optional.of(Session.of(desk, Caller.token())),
            _ -> {})) {
      var connection = new org.apache.calcite.avatica.Meta.ConnectionHandle("c");
      meta.openConnection(connection, java.util.Map.of());
      assertThat(meta.getDatabaseProperties(connection))
          .containsEntry(
              org.apache.calcite.avatica.Meta.DatabaseProperty.GET_DATABASE_PRODUCT_NAME,
              "Scorebook");
    }
  }

  /// A driver opens an expired connection anew, without the user's knowing.
  @Test
  void anIdleConnectionIsOpenedAnew() {
    var desk =
        new io.scorebook.gateway.session.Desk(
            backend, io.scorebook.gateway.session.Desk.Allowance.DEFAULT);
    try (var meta =
        new SessionMeta(
            java.time.Duration.ofMillis(50),
            _ -> Optional.of(Session.of(desk, Caller.token())),
            _ -> {})) {
      var connection = new org.apache.calcite.avatica.Meta.ConnectionHandle("c");
      meta.openConnection(connection, java.util.Map.of());
      await()
          .pollInterval(java.time.Duration.ofMillis(200))
          .untilAsserted(() ->
              assertThatThrownBy(() -> meta.createStatement(connection))
                  .isInstanceOf(org.apache.calcite.avatica.NoSuchConnectionException.class));
    }
  }

  private static List<String> values(ResultSet rows, String name) throws SQLException {
    var found = new ArrayList<String>();
    try (rows) {
      while (rows.next()) {
        found.add(rows.getString(name));
      }
    }
    return found;
  }

  @Test
  void timestampsHaveNoZone() throws SQLException {
    backend.answering((_, _) ->
        backend.rows(
            List.of(column("at", OutputType.TIMESTAMP, Role.VALUE)),
            List.of(List.of(LocalDateTime.of(2018, 7, 6, 2, 30)))));
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT at")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getTimestamp(1)).isEqualTo(Timestamp.valueOf("2018-07-06 02:30:00"));
    }
  }

  @Test
  void explainsInRows() throws SQLException {
    try (var connection = connect();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery("EXPLAIN SELECT team, wins FROM team_games GROUP BY team")) {
      assertThat(rows.getMetaData().getColumnName(1)).isEqualTo("explanation");
      var words = new StringBuilder();
      while (rows.next()) {
        words.append(rows.getString(1)).append('\n');
      }
      assertThat(words).contains("wins");
    }
    try (var connection = connect();
        var prepared =
            connection.prepareStatement("EXPLAIN SELECT team, wins FROM team_games GROUP BY team");
        var rows = prepared.executeQuery()) {
      assertThat(rows.next()).isTrue();
    }
  }
}
