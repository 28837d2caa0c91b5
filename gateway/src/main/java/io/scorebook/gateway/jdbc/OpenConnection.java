package io.scorebook.gateway.jdbc;

import io.scorebook.gateway.session.Session;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.calcite.avatica.ConnectionPropertiesImpl;

/// A connection of a client, with its statements.
final class OpenConnection {
  private final Session session;
  private final Map<Integer, OpenStatement> statements = new ConcurrentHashMap<>();
  private final ConnectionPropertiesImpl properties =
      new ConnectionPropertiesImpl(true, true, java.sql.Connection.TRANSACTION_NONE, null, null);
  private volatile long lastUsed = System.nanoTime();

  /// @param session of who opened it: whoever knows its id sees what he may see
  OpenConnection(Session session) {
    this.session = session;
  }

  Session session() {
    return session;
  }

  void use() {
    lastUsed = System.nanoTime();
  }

  boolean isIdleFor(long nanos) {
    return System.nanoTime() - lastUsed > nanos;
  }

  Map<Integer, OpenStatement> statements() {
    return statements;
  }

  ConnectionPropertiesImpl properties() {
    return properties;
  }

  void close() {
    statements.values().forEach(OpenStatement::close);
    statements.clear();
  }
}
