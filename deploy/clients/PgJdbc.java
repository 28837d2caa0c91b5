import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// What pgjdbc sees of the sample: PgJdbc URL PASSWORD EXPECTED ROWS.
final class PgJdbc {
  private static boolean wrong;

  public static void main(String[] arguments) throws SQLException {
    List<String> expected = arguments[2].lines().toList();
    try (Connection connection =
        DriverManager.getConnection("jdbc:" + arguments[0], "token", arguments[1])) {
      try (PreparedStatement query =
          connection.prepareStatement(
              "SELECT team, season, wins FROM standings_v1.standings WHERE season = ?"
                  + " ORDER BY wins DESC, team LIMIT 3")) {
        query.setInt(1, 2018);
        // The sixth time it is a prepared statement of the server, with binary values.
        for (int i = 0; i < 6; i++) {
          try (ResultSet rows = query.executeQuery()) {
            check("rows, time " + (i + 1), all(rows, 1, 2, 3), expected);
          }
        }
      }
      metadata(connection.getMetaData());
      connection.setAutoCommit(false);
      try (Statement large = connection.createStatement()) {
        large.setFetchSize(5_000);
        long count = 0;
        try (ResultSet rows =
            large.executeQuery("SELECT game_id, player_id FROM player_games_v1.player_games")) {
          while (rows.next()) {
            count++;
          }
        }
        check("all rows, 5000 at a time", List.of("" + count), List.of(arguments[3]));
      }
      connection.commit();
    }
    System.exit(wrong ? 1 : 0);
  }

  private static void metadata(DatabaseMetaData data) throws SQLException {
    try (ResultSet tables = data.getTables(null, "standings\\_v1", "%", new String[] {"VIEW"})) {
      check("tables", all(tables, 2, 3, 4), List.of("standings_v1,standings,VIEW"));
    }
    try (ResultSet columns = data.getColumns(null, "standings_v1", "standings", "w%")) {
      check("columns", all(columns, 4, 6, 12), List.of(
          "wins,int8,Games that the team won (games)",
          "win_pct,float8,Wins among the games played, from 0 to 1"));
    }
    try (ResultSet keys = data.getPrimaryKeys(null, "player_games_v1", "player_games")) {
      check("a primary key", all(keys, 4, 5, 6), List.of(
          "game_id,1,player_games_pkey", "player_id,2,player_games_pkey"));
    }
    try (ResultSet indexes = data.getIndexInfo(null, "standings_v1", "standings", true, true)) {
      check("a unique key", all(indexes, 4, 6, 9), List.of("f,standings_key,team", "f,standings_key,season"));
    }
    try (ResultSet schemas = data.getSchemas(null, "standings%")) {
      check("schemas", all(schemas, 1), List.of("standings_v1"));
    }
    for (String call : List.of("types", "imported keys", "privileges", "procedures")) {
      try (ResultSet rows =
          switch (call) {
            case "types" -> data.getTypeInfo();
            case "imported keys" -> data.getImportedKeys(null, "standings_v1", "standings");
            case "privileges" -> data.getTablePrivileges(null, "standings_v1", "standings");
            default -> data.getProcedures(null, "standings_v1", "%");
          }) {
        all(rows, 1);
        check(call, List.of(), List.of());
      }
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
    System.out.println("pgjdbc, %s: %s".formatted(what, right ? "right" : "wrong: " + found));
  }
}
