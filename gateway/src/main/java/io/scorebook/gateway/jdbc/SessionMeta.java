package io.scorebook.gateway.jdbc;

import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.ProblemException;
import io.scorebook.gateway.session.Release;
import io.scorebook.gateway.session.Session;
import io.scorebook.gateway.session.SqlParameters;
import io.scorebook.gateway.session.StatementTime;
import io.scorebook.gateway.session.Told;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.calcite.avatica.AvaticaParameter;
import org.apache.calcite.avatica.MissingResultsException;
import org.apache.calcite.avatica.NoSuchConnectionException;
import org.apache.calcite.avatica.NoSuchStatementException;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the driver asks: connections, statements, metadata and rows. Everything that is answered
/// goes over the desk.
final class SessionMeta extends ReadOnlyMeta implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SessionMeta.class);

  /// Of all callers together. Each is closed after a while of saying nothing.
  private static final int MOST_CONNECTIONS = 10_000;

  private final Consumer<String> closed;
  private final Function<String, Optional<Session>> sessions;
  private final Map<String, OpenConnection> connections = new ConcurrentHashMap<>();
  private final AtomicInteger statementIds = new AtomicInteger();
  private final ScheduledExecutorService sweeper =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("jdbc-idle").factory());

  /// @param idle how long a connection may say nothing before it is closed; its driver opens it
  ///   anew with the next call
  /// @param sessions made for who opens a connection, by its id
  /// @param closed told the id of every connection that is closed or forgotten
  SessionMeta(
      Duration idle, Function<String, Optional<Session>> sessions, Consumer<String> closed) {
    this.closed = closed;
    this.sessions = sessions;
    long pause = Math.max(10, idle.toMillis() / 4);
    sweeper.scheduleWithFixedDelay(
        () -> sweep(idle.toNanos()), pause, pause, TimeUnit.MILLISECONDS);
  }

  private void sweep(long idle) {
    connections.forEach((id, connection) -> {
      if (connection.isIdleFor(idle) && connections.remove(id, connection)) {
        try {
          closed.accept(id);
          connection.close();
        } catch (RuntimeException e) {
          LOG.error("Cannot close a connection that says nothing", e); // the others still
        }
      }
    });
  }

  @Override
  public void close() {
    sweeper.shutdownNow();
    connections.values().forEach(OpenConnection::close);
    connections.clear();
  }

  @Override
  public void openConnection(ConnectionHandle ch, @Nullable Map<String, String> info) {
    Session session = sessions.apply(ch.id).orElseThrow(() -> new NoSuchConnectionException(ch.id));
    boolean open = false;
    try {
      Refusals.translate(() -> {
        if (connections.size() >= MOST_CONNECTIONS) {
          throw new ProblemException(
              ErrorCode.TOO_MANY_QUESTIONS,
              "Cannot take more than %d connections; close some".formatted(MOST_CONNECTIONS));
        }
        if (info != null) {
          session.time(info.getOrDefault(StatementTime.SETTING, "0"));
        }
        return session;
      });
      open = true;
    } finally {
      if (!open && !connections.containsKey(ch.id)) {
        closed.accept(ch.id);
      }
    }
    OpenConnection before = connections.put(ch.id, new OpenConnection(session));
    if (before != null) {
      before.close();
    }
  }

  @Override
  public void closeConnection(ConnectionHandle ch) {
    OpenConnection connection = connections.remove(ch.id);
    closed.accept(ch.id);
    if (connection != null) {
      connection.close();
    }
  }

  @Override
  public ConnectionProperties connectionSync(ConnectionHandle ch, ConnectionProperties wanted) {
    // Transactions, isolation and read-only are all the same where nothing is written.
    return connection(ch.id).properties().setDirty(false);
  }

  private OpenConnection connection(String id) {
    OpenConnection connection = connections.get(id);
    if (connection == null) {
      var missing = new NoSuchConnectionException(id);
      missing.setStackTrace(new StackTraceElement[0]);
      throw missing;
    }
    connection.use();
    return connection;
  }

  private OpenStatement statement(StatementHandle h) throws NoSuchStatementException {
    OpenStatement statement = connection(h.connectionId).statements().get(h.id);
    if (statement == null) {
      throw new NoSuchStatementException(h);
    }
    return statement;
  }

  @Override
  public StatementHandle createStatement(ConnectionHandle ch) {
    return Refusals.translate(() -> open(ch, Optional.empty(), null));
  }

  private StatementHandle open(
      ConnectionHandle ch,
      Optional<OpenStatement.Prepared> prepared,
      @Nullable Signature signature) {
    int id = statementIds.incrementAndGet();
    OpenConnection connection = connection(ch.id);
    connection.keep(id, new OpenStatement(connection.session(), prepared));
    return new StatementHandle(ch.id, id, signature);
  }

  @Override
  public void closeStatement(StatementHandle h) {
    OpenConnection connection = connections.get(h.connectionId);
    OpenStatement statement = connection == null ? null : connection.statements().remove(h.id);
    if (statement != null) {
      statement.close();
    }
  }

  /// Plans the query for its columns, with NULL for each parameter; runs nothing. What is wrong
  /// with it is told where it is run: of a preparation that fails the driver keeps the reason to
  /// itself.
  @Override
  public StatementHandle prepare(ConnectionHandle ch, String sql, long maxRowCount) {
    return Refusals.translate(() -> {
      int parameters = (int) sql.chars().filter(c -> c == '?').count();
      try {
        parameters = SqlParameters.count(sql);
        String planned =
            parameters == 0 ? sql : SqlParameters.bind(sql, Collections.nCopies(parameters, null));
        List<Session.Column> columns = connection(ch.id).session().columns(planned);
        return open(
            ch,
            Optional.of(new OpenStatement.Prepared(sql, maxRowCount, Optional.empty())),
            signature(sql, columns, parameters));
      } catch (ProblemException e) {
        return open(
            ch,
            Optional.of(new OpenStatement.Prepared(sql, maxRowCount, Optional.of(e))),
            signature(sql, List.of(), parameters));
      }
    });
  }

  private static Signature signature(String sql, List<Session.Column> columns, int parameters) {
    var described = new java.util.ArrayList<AvaticaParameter>();
    for (int i = 0; i < parameters; i++) {
      described.add(
          new AvaticaParameter(
              true, 0, 0, java.sql.Types.OTHER, "ANY", Object.class.getName(), "?" + (i + 1)));
    }
    return Signature.create(
        Types.columns(columns), sql, described, CursorFactory.ARRAY, StatementType.SELECT);
  }

  @Override
  @Deprecated
  public ExecuteResult prepareAndExecute(
      StatementHandle h, String sql, long maxRowCount, PrepareCallback callback)
      throws NoSuchStatementException {
    return prepareAndExecute(h, sql, maxRowCount, -1, callback);
  }

  @Override
  public ExecuteResult prepareAndExecute(
      StatementHandle h, String sql, long maxRowCount, int frameRows, PrepareCallback callback)
      throws NoSuchStatementException {
    OpenStatement statement = statement(h);
    return Refusals.translate(() -> result(h, sql, statement.run(sql, maxRowCount, frameRows)));
  }

  @Override
  @Deprecated
  public ExecuteResult execute(StatementHandle h, List<TypedValue> values, long maxRowCount)
      throws NoSuchStatementException {
    return execute(h, values, Math.clamp(maxRowCount, -1, Integer.MAX_VALUE));
  }

  @Override
  public ExecuteResult execute(StatementHandle h, List<TypedValue> values, int frameRows)
      throws NoSuchStatementException {
    OpenStatement statement = statement(h);
    OpenStatement.Prepared prepared =
        statement.prepared().orElseThrow(() -> new NoSuchStatementException(h));
    return Refusals.translate(() -> {
      if (prepared.refusal().isPresent()) {
        throw prepared.refusal().get();
      }
      String sql = SqlParameters.bind(prepared.sql(), Parameters.of(values));
      return result(h, prepared.sql(), statement.run(sql, prepared.maxRows(), frameRows));
    });
  }

  private static ExecuteResult result(StatementHandle h, String sql, OpenStatement.Begun begun) {
    return new ExecuteResult(
        List.of(
            MetaResultSet.create(
                h.connectionId, h.id, false, signature(sql, begun.columns(), 0), begun.frame())));
  }

  @Override
  public Frame fetch(StatementHandle h, long offset, int frameRows)
      throws NoSuchStatementException, MissingResultsException {
    OpenStatement statement = statement(h);
    Optional<Frame> frame = Refusals.translate(() -> statement.fetch(offset, frameRows));
    if (frame.isEmpty()) {
      throw new MissingResultsException(h);
    }
    return frame.get();
  }

  @Override
  public Map<DatabaseProperty, Object> getDatabaseProperties(ConnectionHandle ch) {
    connection(ch.id);
    String version = Release.version();
    String[] numbers = version.split("\\D+", 3);
    var properties = new EnumMap<DatabaseProperty, Object>(DatabaseProperty.class);
    properties.put(DatabaseProperty.GET_DATABASE_PRODUCT_NAME, "Scorebook");
    properties.put(DatabaseProperty.GET_DATABASE_PRODUCT_VERSION, version);
    properties.put(DatabaseProperty.GET_DATABASE_MAJOR_VERSION, number(numbers, 0));
    properties.put(DatabaseProperty.GET_DATABASE_MINOR_VERSION, number(numbers, 1));
    properties.put(DatabaseProperty.GET_S_Q_L_KEYWORDS, Written.KEYWORDS);
    properties.put(DatabaseProperty.GET_NUMERIC_FUNCTIONS, Written.NUMERIC);
    properties.put(DatabaseProperty.GET_STRING_FUNCTIONS, Written.STRING);
    properties.put(DatabaseProperty.GET_TIME_DATE_FUNCTIONS, Written.TIME);
    properties.put(DatabaseProperty.GET_SYSTEM_FUNCTIONS, Written.SYSTEM);
    properties.put(
        DatabaseProperty.GET_DEFAULT_TRANSACTION_ISOLATION, java.sql.Connection.TRANSACTION_NONE);
    return properties;
  }

  private static int number(String[] numbers, int index) {
    return numbers.length > index && !numbers[index].isEmpty()
        ? Integer.parseInt(numbers[index])
        : 0;
  }

  private Metadata metadata(ConnectionHandle ch, String call) {
    Session session = connection(ch.id).session();
    session.told(Told.metadata(call), System.nanoTime());
    return new Metadata(session.view());
  }

  private MetaResultSet table(ConnectionHandle ch, Metadata.Table table) {
    return MetaResultSet.create(
        ch.id,
        statementIds.incrementAndGet(),
        true,
        Signature.create(table.columns(), "", List.of(), CursorFactory.ARRAY, StatementType.SELECT),
        new Frame(0, true, table.rows()));
  }

  @Override
  public MetaResultSet getTables(
      ConnectionHandle ch,
      @Nullable String catalog,
      Pat schema,
      Pat table,
      @Nullable List<String> types) {
    return Refusals.translate(
        () -> table(ch, metadata(ch, "getTables").tables(schema.s, table.s, types)));
  }

  @Override
  public MetaResultSet getColumns(
      ConnectionHandle ch, @Nullable String catalog, Pat schema, Pat table, Pat column) {
    return Refusals.translate(
        () -> table(ch, metadata(ch, "getColumns").columns(schema.s, table.s, column.s)));
  }

  @Override
  public MetaResultSet getSchemas(ConnectionHandle ch, @Nullable String catalog, Pat schema) {
    return Refusals.translate(() -> table(ch, metadata(ch, "getSchemas").schemas(schema.s)));
  }

  @Override
  public MetaResultSet getCatalogs(ConnectionHandle ch) {
    connection(ch.id);
    return table(ch, Metadata.catalogs());
  }

  @Override
  public MetaResultSet getTableTypes(ConnectionHandle ch) {
    connection(ch.id);
    return table(ch, Metadata.tableTypes());
  }

  @Override
  public MetaResultSet getTypeInfo(ConnectionHandle ch) {
    connection(ch.id);
    return table(ch, Metadata.typeInfo());
  }
}
