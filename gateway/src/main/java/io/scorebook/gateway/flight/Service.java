package io.scorebook.gateway.flight;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.scorebook.catalog.policy.Caller;
import io.scorebook.engine.answer.Cancellation;
import io.scorebook.engine.answer.ValueType;
import io.scorebook.gateway.session.Ask;
import io.scorebook.gateway.session.Desk;
import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.ProblemException;
import io.scorebook.gateway.session.SqlParameters;
import io.scorebook.gateway.session.Told;
import io.scorebook.gateway.wire.ArrowSchema;
import io.scorebook.semantic.plan.Plan;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.flight.CancelFlightInfoRequest;
import org.apache.arrow.flight.CancelStatus;
import org.apache.arrow.flight.CloseSessionRequest;
import org.apache.arrow.flight.CloseSessionResult;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.FlightEndpoint;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.PutResult;
import org.apache.arrow.flight.Result;
import org.apache.arrow.flight.SchemaResult;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.flight.sql.CancelResult;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionClosePreparedStatementRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionCreatePreparedStatementRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionCreatePreparedStatementResult;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandPreparedStatementQuery;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementQuery;
import org.apache.arrow.flight.sql.impl.FlightSql.DoPutPreparedStatementResult;
import org.apache.arrow.flight.sql.impl.FlightSql.TicketStatementQuery;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/// What Flight SQL's clients ask: queries, prepared or not, and metadata. Everything that is
/// answered goes over the desk.
final class Service extends ReadOnlyProducer {
  private final Desk desk;
  private final Tickets tickets;
  private final Running running = new Running();
  private final Statements statements = new Statements();

  Service(Desk desk, Tickets tickets, BufferAllocator allocator) {
    super(allocator);
    this.desk = desk;
    this.tickets = tickets;
  }

  @Override
  Metadata metadata(CallContext context, Message command) {
    Caller caller = session(context).caller();
    Metadata.call(command)
        .ifPresent(call -> desk.told(caller, Told.metadata(call), System.nanoTime()));
    return new Metadata(desk.as(caller));
  }

  private static Login.Session session(CallContext context) {
    Login.Session session = context.getMiddleware(Login.KEY);
    if (session == null) {
      throw new ProblemException(ErrorCode.UNAUTHORIZED, "Cannot answer without a token");
    }
    return session;
  }

  /// The columns of a query, which is planned and not run.
  ///
  /// @param sql with no parameter left in it
  private List<Field> columns(Login.Session session, String sql) {
    Plan plan = desk.describe(session.caller(), new Ask.Sql(sql, Optional.empty()));
    return ArrowSchema.fields(plan.columns(), ValueType.of(plan.rel().getRowType()));
  }

  private static String withNulls(String sql, int parameters) {
    return parameters == 0 ? sql : SqlParameters.bind(sql, Collections.nCopies(parameters, null));
  }

  private FlightInfo info(Login.Session session, String sql, FlightDescriptor descriptor) {
    List<Field> columns = columns(session, sql);
    Tickets.Answer answer = tickets.issue(sql, columns);
    var ticket =
        TicketStatementQuery.newBuilder()
            .setStatementHandle(tickets.close(answer, session.caller()))
            .build();
    var endpoint =
        FlightEndpoint.builder(new Ticket(Any.pack(ticket).toByteArray()))
            .setExpirationTime(answer.until())
            .build();
    return FlightInfo.builder(new Schema(columns), descriptor, List.of(endpoint)).build();
  }

  @Override
  public FlightInfo getFlightInfoStatement(
      CommandStatementQuery command, CallContext context, FlightDescriptor descriptor) {
    refuseTransaction(command.hasTransactionId());
    return info(session(context), command.getQuery(), descriptor);
  }

  @Override
  public SchemaResult getSchemaStatement(
      CommandStatementQuery command, CallContext context, FlightDescriptor descriptor) {
    refuseTransaction(command.hasTransactionId());
    return new SchemaResult(new Schema(columns(session(context), command.getQuery())));
  }

  @Override
  public void getStreamStatement(
      TicketStatementQuery ticket, CallContext context, ServerStreamListener listener) {
    Login.Session session = session(context);
    stream(session, tickets.open(ticket.getStatementHandle(), session.caller()), listener);
  }

  private void stream(Login.Session session, Tickets.Answer answer, ServerStreamListener listener) {
    var cancellation = new Cancellation();
    var ask = new Ask.Sql(answer.sql(), Optional.empty());
    var streaming = new Streaming(listener, cancellation);
    running.add(answer.id(), streaming);
    streaming.start(
        () -> desk.ask(session.caller(), ask, session.time(), cancellation),
        answer.columns(),
        () -> running.remove(answer.id(), streaming));
  }

  @Override
  public void createPreparedStatement(
      ActionCreatePreparedStatementRequest request,
      CallContext context,
      StreamListener<Result> listener) {
    refuseTransaction(request.hasTransactionId());
    Login.Session session = session(context);
    String sql = request.getQuery();
    int parameters = SqlParameters.count(sql);
    var columns = new Schema(columns(session, withNulls(sql, parameters)));
    var result =
        ActionCreatePreparedStatementResult.newBuilder()
            .setPreparedStatementHandle(statements.prepare(session.caller(), sql, parameters))
            .setDatasetSchema(ByteString.copyFrom(columns.serializeAsMessage()))
            .setParameterSchema(
                ByteString.copyFrom(
                    new Schema(ParameterTypes.of(sql, parameters, desk.as(session.caller())))
                        .serializeAsMessage()))
            .build();
    listener.onNext(new Result(Any.pack(result).toByteArray()));
    listener.onCompleted();
  }

  @Override
  public void closePreparedStatement(
      ActionClosePreparedStatementRequest request,
      CallContext context,
      StreamListener<Result> listener) {
    statements.close(request.getPreparedStatementHandle(), session(context).caller());
    listener.onCompleted();
  }

  private Statements.Prepared prepared(CommandPreparedStatementQuery command, CallContext context) {
    return statements.find(command.getPreparedStatementHandle(), session(context).caller());
  }

  private static String bound(Statements.Prepared statement) {
    return SqlParameters.bind(statement.sql(), statement.values());
  }

  @Override
  public FlightInfo getFlightInfoPreparedStatement(
      CommandPreparedStatementQuery command, CallContext context, FlightDescriptor descriptor) {
    return info(session(context), bound(prepared(command, context)), descriptor);
  }

  @Override
  public SchemaResult getSchemaPreparedStatement(
      CommandPreparedStatementQuery command, CallContext context, FlightDescriptor descriptor) {
    Statements.Prepared statement = prepared(command, context);
    return new SchemaResult(
        new Schema(columns(session(context), withNulls(statement.sql(), statement.parameters()))));
  }

  @Override
  public void getStreamPreparedStatement(
      CommandPreparedStatementQuery command, CallContext context, ServerStreamListener listener) {
    Login.Session session = session(context);
    String sql = bound(prepared(command, context));
    stream(session, tickets.issue(sql, columns(session, sql)), listener);
  }

  /// Takes the values of the parameters for what is asked next.
  @Override
  public Runnable acceptPutPreparedStatementQuery(
      CommandPreparedStatementQuery command,
      CallContext context,
      FlightStream stream,
      StreamListener<PutResult> acknowledged) {
    Statements.Prepared statement = prepared(command, context);
    return () -> {
      statement.unbind(); // whatever comes now: what was given before is not meant any more
      List<@Nullable Object> values = null;
      while (stream.next()) {
        if (stream.getRoot().getRowCount() > 0) {
          if (values != null) {
            throw new ProblemException(
                ErrorCode.UNSUPPORTED,
                "Cannot run a query with several rows of parameters at once; send one");
          }
          values =
              Parameters.read(
                  stream.getRoot(), statement.parameters(), stream.getDictionaryProvider());
        }
      }
      if (values != null) {
        statements.bind(statement, values);
      }
      byte[] same =
          DoPutPreparedStatementResult.newBuilder()
              .setPreparedStatementHandle(command.getPreparedStatementHandle())
              .build()
              .toByteArray();
      var buffer = allocator().buffer(same.length);
      buffer.writeBytes(same);
      try (PutResult result = PutResult.metadata(buffer)) { // which closes the buffer
        acknowledged.onNext(result);
      }
      acknowledged.onCompleted();
    };
  }

  @Override
  public void cancelFlightInfo(
      CancelFlightInfoRequest request, CallContext context, StreamListener<CancelStatus> listener) {
    listener.onNext(
        cancel(request.getInfo(), session(context))
            ? CancelStatus.CANCELLED
            : CancelStatus.NOT_CANCELLABLE);
    listener.onCompleted();
  }

  @Override
  @Deprecated
  public void cancelQuery(
      FlightInfo info, CallContext context, StreamListener<CancelResult> listener) {
    listener.onNext(
        cancel(info, session(context)) ? CancelResult.CANCELLED : CancelResult.NOT_CANCELLABLE);
    listener.onCompleted();
  }

  /// Ends what runs of a description; what does not run yet, or any more, needs no end.
  private boolean cancel(FlightInfo info, Login.Session session) {
    boolean any = false;
    for (FlightEndpoint endpoint : info.getEndpoints()) {
      Message command = Commands.of(endpoint.getTicket().getBytes());
      if (command instanceof TicketStatementQuery ticket) {
        any |= running.cancel(tickets.open(ticket.getStatementHandle(), session.caller()).id());
      }
    }
    return any;
  }

  @Override
  public void closeSession(
      CloseSessionRequest request,
      CallContext context,
      StreamListener<CloseSessionResult> listener) {
    session(context);
    listener.onNext(new CloseSessionResult(CloseSessionResult.Status.CLOSED));
    listener.onCompleted();
  }

  @Override
  public void close() {
    running.cancelAll();
  }
}
