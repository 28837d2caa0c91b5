import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;

/// What the Flight SQL JDBC driver sees of the sample: FlightJdbc ADDRESS PASSWORD EXPECTED ROWS.
final class FlightJdbc {
  private static boolean wrong;

  private interface Setting {
    void set(PreparedStatement query) throws SQLException;
  }

  public static void main(String[] arguments) throws SQLException {
    List<String> expected = arguments[2].lines().toList();
    String url = "jdbc:arrow-flight-sql://" + arguments[0] + "/?useEncryption=false";
    try (Connection connection = DriverManager.getConnection(url, "token", arguments[1])) {
      parameters(connection, expected);
      metadata(connection.getMetaData());
      try (Statement large = connection.createStatement();
          ResultSet rows =
              large.executeQuery("SELECT game_id, player_id FROM player_games_v1.player_games")) {
        long count = 0;
        while (rows.next()) {
          count++;
        }
        check("all rows", List.of("" + count), List.of(arguments[3]));
      }
      refusals(connection);
    }
    var bearer = new Properties();
    bearer.put("token", arguments[1]);
    try (Connection connection = DriverManager.getConnection(url, bearer);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT team, season, wins FROM standings_v1.standings WHERE season = 2018"
                    + " ORDER BY wins DESC, team LIMIT 3")) {
      check("rows, by a bearer", all(rows, 1, 2, 3), expected);
    }
    System.exit(wrong ? 1 : 0);
  }

  private static void parameters(Connection connection, List<String> expected) {
    asked(connection, "an int", "season = ?", query -> query.setInt(1, 2018), expected);
    asked(connection, "a long", "season = ?", query -> query.setLong(1, 2018), expected);
    asked(connection, "a long for a text", "season = CAST(? AS BIGINT)", query -> query.setString(1, "2018"), expected);
    asked(connection, "null", "season = ?", query -> query.setNull(1, Types.BIGINT), List.of());
    asked(connection, "a text", "season = 2018 AND team <> ?", query -> query.setString(1, "none"), expected);
    asked(connection, "a double", "season = 2018 AND win_pct < ?", query -> query.setDouble(1, 1.5), expected);
    asked(connection, "a decimal", "season = 2018 AND CAST(wins AS DECIMAL(12, 2)) < ?", query -> query.setBigDecimal(1, new BigDecimal("999.50")), expected);
    asked(connection, "a date", "season = 2018 AND DATE '2018-01-02' = ?", query -> query.setDate(1, Date.valueOf("2018-01-02")), expected);
    asked(connection, "a boolean", "season = 2018 AND (wins > 0) = ?", query -> query.setBoolean(1, true), expected);
  }

  private static void asked(
      Connection connection, String what, String condition, Setting setting, List<String> expected) {
    String sql =
        "SELECT team, season, wins FROM standings_v1.standings WHERE %s ORDER BY wins DESC, team LIMIT 3"
            .formatted(condition);
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      setting.set(query);
      try (ResultSet rows = query.executeQuery()) {
        check("a parameter of " + what, all(rows, 1, 2, 3), expected);
      }
    } catch (SQLException | RuntimeException e) {
      check("a parameter of " + what, List.of(e.toString()), expected);
    }
  }

  private static void metadata(DatabaseMetaData data) throws SQLException {
    try (ResultSet tables = data.getTables(null, "standings\\_v1", "%", new String[] {"VIEW"})) {
      check("tables", all(tables, 2, 3, 4), List.of("standings_v1,standings,VIEW"));
    }
    try (ResultSet columns = data.getColumns(null, "standings_v1", "standings", "w%")) {
      check("columns", all(columns, 4, 6, 12), List.of(
          "wins,BIGINT,Games that the team won (games)",
          "win_pct,DOUBLE,Wins among the games played, from 0 to 1"));
    }
    try (ResultSet keys = data.getPrimaryKeys(null, "basketball", "player_games")) {
      all(keys, 4, 5, 6);
      check("primary keys", List.of(), List.of());
    }
    try (ResultSet keys = data.getImportedKeys(null, "basketball", "player_games")) {
      all(keys, 3, 4, 7, 8);
      check("imported keys", List.of(), List.of());
    }
    try (ResultSet schemas = data.getSchemas(null, "standings%")) {
      check("schemas", all(schemas, 1), List.of("standings_v1"));
    }
    try (ResultSet catalogs = data.getCatalogs()) {
      check("catalogs", all(catalogs, 1), List.of());
    }
    try (ResultSet types = data.getTableTypes()) {
      check("types of tables", all(types, 1), List.of("TABLE", "VIEW"));
    }
    check("the product", List.of(data.getDatabaseProductName()), List.of("Scorebook"));
  }

  private static void refusals(Connection connection) throws SQLException {
    for (String sql :
        List.of("SELECT nothing FROM standings_v1.standings", "DROP TABLE standings_v1.standings")) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
        check("a refusal", List.of("answered"), List.of(sql));
      } catch (SQLException e) {
        boolean told = String.valueOf(e.getMessage()).contains("Cannot");
        check("a refusal", told ? List.of() : List.of(e.toString()), List.of());
      }
    }
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT a.team FROM standings_v1.standings a CROSS JOIN standings_v1.standings b"
                    + " CROSS JOIN standings_v1.standings c")) {
      rows.next();
      statement.cancel();
      String ended = "all was given";
      try {
        while (rows.next()) {
          // what was on its way
        }
      } catch (SQLException e) {
        ended = "cancelled";
      }
      check("a cancel", List.of(ended), List.of("cancelled"));
    }
  }

  private static List<String> all(ResultSet rows, int... columns) throws SQLException {
    var all = new ArrayList<String>();
    while (rows.next()) {
      var row = new ArrayList<String>();
      for (int column : columns) {
        row.add(Objects.toString(rows.getString(column)));
      }
      all.add(String.join(",", row));
    }
    return all;
  }

  private static void check(String what, List<String> found, List<String> expected) {
    boolean right = found.equals(expected);
    wrong |= !right;
    System.out.println(
        "Flight SQL JDBC, %s: %s".formatted(what, right ? "right" : "wrong: " + found));
  }
}
