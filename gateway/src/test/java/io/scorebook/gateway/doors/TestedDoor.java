package io.scorebook.gateway.doors;

import io.scorebook.gateway.cli.Stage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One way to ask at a door: what a client does, and nothing of what the answer should be. A new
/// door takes part in the suite by one class and a line in [#all].
interface TestedDoor extends AutoCloseable {
  /// Every way to ask, with connections of its own.
  static List<TestedDoor> all(Stage stage) {
    return List.of(
        new HttpDoor(stage, HttpDoor.Form.JSON),
        new HttpDoor(stage, HttpDoor.Form.ARROW),
        new JdbcDoor(stage, JdbcDoor.Driver.AVATICA, JdbcDoor.How.STATEMENT),
        new JdbcDoor(stage, JdbcDoor.Driver.AVATICA, JdbcDoor.How.PREPARED),
        new JdbcDoor(stage, JdbcDoor.Driver.POSTGRES_SIMPLE, JdbcDoor.How.PREPARED),
        new JdbcDoor(stage, JdbcDoor.Driver.POSTGRES_TEXT, JdbcDoor.How.PREPARED),
        new JdbcDoor(stage, JdbcDoor.Driver.POSTGRES_BINARY, JdbcDoor.How.PREPARED),
        new JdbcDoor(stage, JdbcDoor.Driver.POSTGRES_TEXT, JdbcDoor.How.STATEMENT),
        new FlightSqlDoor(stage));
  }

  /// What the audit calls it.
  String audited();

  /// How a type appears here, where a door does not tell all of it.
  ///
  /// @param exact as `decimal(12,2)` or `instant`
  String seen(String exact);

  /// Whether the values of `?` are sent apart from the query.
  boolean takesParameters();

  /// Whether times that are finer than a millisecond can be told.
  boolean carriesMicroseconds();

  /// Asks, and reads the whole answer.
  Told ask(String caller, String sql, List<? extends @Nullable Object> values);

  /// Asks for a purpose, in the way of the door, and is then as it was before.
  Told askFor(String purpose, String caller, String sql);

  /// What is told of a product's table that is no row of it: that its version ends.
  List<String> tellsOf(String caller, String schema, String table);

  /// Asks by a new connection, or ends what this one has, so that no state is left from before.
  @Override
  void close();
}
