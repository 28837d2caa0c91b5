package io.scorebook.gateway.jdbc;

import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.ProblemException;
import io.scorebook.gateway.session.Session;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.calcite.avatica.ConnectionPropertiesImpl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A connection of a client, with its statements.
final class OpenConnection {
  private static final Logger LOG = LoggerFactory.getLogger(OpenConnection.class);
  private static final int MOST_STATEMENTS = 1000;

  private final Session session;
  private final Map<Integer, OpenStatement> statements = new ConcurrentHashMap<>();
  private final ConnectionPropertiesImpl properties =
      new ConnectionPropertiesImpl(true, true, java.sql.Connection.TRANSACTION_NONE, null, null);
  private volatile long lastUsed = System.nanoTime();
  private volatile boolean closed;

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

  /// Keeps a statement until it is closed.
  ///
  /// @throws ProblemException where there are too many, or the connection was closed meanwhile
  void keep(int id, OpenStatement statement) {
    if (statements.size() >= MOST_STATEMENTS) {
      throw new ProblemException(
          ErrorCode.TOO_MANY_QUESTIONS,
          "Cannot keep more than %d statements of a connection; close some"
              .formatted(MOST_STATEMENTS));
    }
    statements.put(id, statement);
    if (closed) {
      close(); // which may have seen the statements before this one
      throw new ProblemException(
          ErrorCode.ANSWER_LOST, "Cannot make a statement: its connection was closed");
    }
  }

  void close() {
    closed = true;
    for (OpenStatement statement : List.copyOf(statements.values())) {
      try {
        statement.close();
      } catch (RuntimeException e) {
        LOG.error("Cannot close a statement", e); // the others still
      }
    }
    statements.clear();
  }
}
