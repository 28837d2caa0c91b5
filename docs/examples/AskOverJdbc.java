import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.StringJoiner;

/// Asks a running gateway over JDBC, with nothing but Avatica's driver on the class path:
///
/// ```
/// ./scorebook java docs/examples/AskOverJdbc.java URL TOKEN "SELECT ..."
/// ```
///
/// `URL` is what `gateway.json` calls `jdbc`.
final class AskOverJdbc {
  private AskOverJdbc() {}

  public static void main(String[] args) throws SQLException {
    if (args.length != 3) {
      System.err.println("Usage: AskOverJdbc URL TOKEN SQL");
      System.exit(2);
    }
    try (Connection connection = DriverManager.getConnection(args[0], "token", args[1]);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(args[2])) {
      int columns = rows.getMetaData().getColumnCount();
      StringJoiner names = new StringJoiner(" | ");
      for (int i = 1; i <= columns; i++) {
        names.add(rows.getMetaData().getColumnLabel(i));
      }
      System.out.println(names);
      int count = 0;
      while (rows.next()) {
        StringJoiner values = new StringJoiner(" | ");
        for (int i = 1; i <= columns; i++) {
          values.add(String.valueOf(rows.getObject(i)));
        }
        System.out.println(values);
        count++;
      }
      System.out.println(
          count + " rows from " + connection.getMetaData().getDatabaseProductName());
    }
  }
}
