package io.scorebook.gateway.doors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.fail;

import io.scorebook.gateway.cli.Stage;
import io.scorebook.gateway.doors.JdbcDoor.Driver;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// What tools ask of JDBC's metadata before their first question, by Avatica's driver.
@ExtendWith(OnStage.class)
@Timeout(120)
final class JdbcMetadataTest {
  /// What the driver itself has left open, and asks nobody: this throws before a byte is sent.
  private static final Set<String> BY_THE_DRIVER =
      Set.of(
          "ownUpdatesAreVisible",
          "ownDeletesAreVisible",
          "ownInsertsAreVisible",
          "othersUpdatesAreVisible",
          "othersDeletesAreVisible",
          "othersInsertsAreVisible",
          "updatesAreDetected",
          "deletesAreDetected",
          "insertsAreDetected",
          "supportsResultSetHoldability");

  /// Each answers, or says in words that it does not; nothing fails on the way.
  @Test
  void everyMethodAnswersOrSaysThatItDoesNot(Stage stage) throws Exception {
    var wrong = new ArrayList<String>();
    int asked = 0;
    try (Connection connection = JdbcDoor.connect(stage, Driver.AVATICA, "ann")) {
      DatabaseMetaData metadata = connection.getMetaData();
      for (Method method : DatabaseMetaData.class.getDeclaredMethods()) {
        if (java.lang.reflect.Modifier.isStatic(method.getModifiers())) {
          continue;
        }
        asked++;
        try {
          Object told =
              method.invoke(
                  metadata,
                  Arrays.stream(method.getParameterTypes())
                      .map(JdbcMetadataTest::argument)
                      .toArray());
          if (told instanceof ResultSet rows) {
            read(rows);
          }
        } catch (InvocationTargetException e) {
          Throwable thrown = e.getCause();
          boolean isSaid =
              thrown instanceof SQLFeatureNotSupportedException && thrown.getMessage() != null;
          if (!isSaid && !BY_THE_DRIVER.contains(method.getName())) {
            wrong.add(method.getName() + ": " + thrown);
          }
        } catch (SQLException e) {
          wrong.add(method.getName() + ", its rows: " + e);
        }
      }
    }
    assertThat(asked).isGreaterThan(150);
    assertThat(wrong).isEmpty();
  }

  private static @Nullable Object argument(Class<?> type) {
    if (type == int.class) {
      return 0;
    }
    if (type == boolean.class) {
      return false;
    }
    return type == String.class ? "%" : null;
  }

  /// All rows, with the value of each column as an object and as a text.
  private static int read(ResultSet rows) throws SQLException {
    int count = 0;
    try (rows) {
      while (rows.next()) {
        count++;
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          rows.getObject(i);
          rows.getString(i);
        }
      }
    }
    return count;
  }

  private static List<String> values(ResultSet rows, String... columns) throws SQLException {
    var all = new ArrayList<String>();
    try (rows) {
      while (rows.next()) {
        var row = new ArrayList<String>();
        for (String column : columns) {
          row.add(String.valueOf(rows.getString(column)));
        }
        all.add(String.join(" ", row));
      }
    }
    return all;
  }

  /// Of a preparation that fails the driver tells its own words alone.
  @Test
  void whatIsPreparedAndWrongIsToldInFullWhereItIsRun(Stage stage) throws SQLException {
    try (Connection connection = JdbcDoor.connect(stage, Driver.AVATICA, "ann");
        PreparedStatement wrong =
            connection.prepareStatement("SELECT citty FROM events_v1.events WHERE event_id = ?")) {
      wrong.setLong(1, 1);
      SQLException refused = catchThrowableOfType(SQLException.class, wrong::executeQuery);
      assertThat(refused.getMessage()).contains("Cannot find column 'citty'; did you mean 'city'?");
      assertThat(refused.getSQLState()).isEqualTo("42703");
    }
  }

  /// Avatica's protocol has no place for warnings.
  @Test
  void aVersionThatEndsIsAWarningOfPostgresDrivers(Stage stage) throws SQLException {
    for (Driver driver : List.of(Driver.POSTGRES_SIMPLE, Driver.POSTGRES_BINARY)) {
      try (Connection connection = JdbcDoor.connect(stage, driver, "ann");
          Statement statement = connection.createStatement()) {
        statement.executeQuery("SELECT total FROM totals_v1.totals").close();
        assertThat(String.valueOf(statement.getWarnings()))
            .contains("The version 1.0.0 of 'totals' is deprecated, and ends at ")
            .contains("its successor is totals 2.0.0");
        statement.executeQuery("SELECT total FROM totals_v2.totals").close();
        assertThat((Object) statement.getWarnings()).isNull();
      }
    }
  }

  @Test
  void productsAreListedWithTheTypesOfTheirColumns(Stage stage) throws SQLException {
    try (Connection connection = JdbcDoor.connect(stage, Driver.AVATICA, "ann")) {
      DatabaseMetaData metadata = connection.getMetaData();
      assertThat(values(metadata.getSchemas(), "TABLE_SCHEM"))
          .contains("stage", "events_v1", "totals_v1", "totals_v2");
      assertThat(
              values(
                  metadata.getColumns(null, "events_v1", "events", "%"),
                  "COLUMN_NAME",
                  "TYPE_NAME",
                  "DATA_TYPE"))
          .contains(
              "event_id BIGINT " + Types.BIGINT,
              "city VARCHAR " + Types.VARCHAR,
              "day DATE " + Types.DATE,
              "taken TIMESTAMP " + Types.TIMESTAMP,
              "amount DECIMAL " + Types.DECIMAL,
              "ratio DOUBLE " + Types.DOUBLE,
              "flag BOOLEAN " + Types.BOOLEAN);
      assertThat(values(metadata.getColumns(null, "stage", "events", "total"), "REMARKS"))
          .singleElement()
          .asString()
          .contains("AGGREGATE(total)");
      assertThat(values(metadata.getColumns(null, "totals_v1", "%", "total"), "REMARKS"))
          .singleElement()
          .asString()
          .contains("2.0.0");
      // What one caller may not see is not listed for him.
      try (Connection other = JdbcDoor.connect(stage, Driver.AVATICA, "ben")) {
        assertThat(values(other.getMetaData().getColumns(null, "stage", "%", "%"), "COLUMN_NAME"))
            .contains("note")
            .doesNotContain("secret", "mean_ratio", "tick_id");
      }
    }
  }

  @Test
  void whatThereIsToWriteIsListed(Stage stage) throws SQLException {
    try (Connection connection = JdbcDoor.connect(stage, Driver.AVATICA, "ann")) {
      DatabaseMetaData metadata = connection.getMetaData();
      assertThat(metadata.getNumericFunctions()).contains("ABS", "ROUND");
      assertThat(metadata.getStringFunctions()).contains("UPPER", "SUBSTRING");
      assertThat(metadata.getTimeDateFunctions()).contains("DATE_TRUNC", "EXTRACT");
      assertThat(metadata.getSQLKeywords()).contains("QUALIFY").contains("AGGREGATE");
    }
  }

  @Test
  void aPreparedQueryTellsItsColumnsBeforeItRuns(Stage stage) throws SQLException {
    try (Connection connection = JdbcDoor.connect(stage, Driver.AVATICA, "ann");
        PreparedStatement prepared =
            connection.prepareStatement(
                "SELECT city, amount FROM events_v1.events WHERE event_id = ?")) {
      assertThat(prepared.getMetaData().getColumnTypeName(2)).isEqualTo("DECIMAL");
      assertThat(prepared.getMetaData().getPrecision(2)).isEqualTo(12);
      assertThat(prepared.getMetaData().getScale(2)).isEqualTo(2);
      assertThat(prepared.getParameterMetaData().getParameterCount()).isEqualTo(1);
    }
  }

  @Test
  void aConnectionHasItsTimeForEachQuestion(Stage stage) throws SQLException {
    var properties = new java.util.Properties();
    properties.setProperty("user", "ann");
    properties.setProperty("password", stage.secret("ann"));
    properties.setProperty("statement_timeout", "200ms");
    String four =
        String.join(
            ", ", Stream.of("a", "b", "c", "d").map(name -> "events_v1.events " + name).toList());
    try (Connection connection = java.sql.DriverManager.getConnection(stage.jdbc(), properties);
        var statement = connection.createStatement()) {
      try {
        statement.executeQuery(
            "SELECT COUNT(*) AS n FROM "
                + four
                + " WHERE a.ratio + b.ratio + c.ratio + d.ratio < 0.3");
        fail("It has ended within its time");
      } catch (SQLException e) {
        assertThat(e.getSQLState()).isEqualTo("57014");
        assertThat(e.getMessage()).contains("within 200 ms");
      }
      assertThat(read(statement.executeQuery("SELECT 1 AS one"))).isEqualTo(1);
    }
  }
}
