package io.scorebook.gateway.flight;

import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.ProblemException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.arrow.flight.Action;
import org.apache.arrow.flight.Criteria;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.FlightEndpoint;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.GetSessionOptionsRequest;
import org.apache.arrow.flight.GetSessionOptionsResult;
import org.apache.arrow.flight.PutResult;
import org.apache.arrow.flight.RenewFlightEndpointRequest;
import org.apache.arrow.flight.Result;
import org.apache.arrow.flight.SchemaResult;
import org.apache.arrow.flight.SetSessionOptionsRequest;
import org.apache.arrow.flight.SetSessionOptionsResult;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionBeginSavepointRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionBeginSavepointResult;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionBeginTransactionRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionBeginTransactionResult;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionCreatePreparedStatementResult;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionCreatePreparedSubstraitPlanRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionEndSavepointRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionEndTransactionRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandPreparedStatementUpdate;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementIngest;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementSubstraitPlan;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementUpdate;
import org.apache.arrow.memory.BufferAllocator;

/// Refuses what a server that only reads cannot do, and tells everything that goes wrong in
/// Flight's terms.
abstract class ReadOnlyProducer extends MetadataProducer {

  ReadOnlyProducer(BufferAllocator allocator) {
    super(allocator);
  }

  private static <T> T told(Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      throw Refusals.translate(e);
    }
  }

  private static void requireCommand(FlightDescriptor descriptor) {
    if (!descriptor.isCommand()) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST,
          "Invalid descriptor: it must be a command of Flight SQL, and no path");
    }
  }

  @Override
  public final FlightInfo getFlightInfo(CallContext context, FlightDescriptor descriptor) {
    return told(() -> {
      requireCommand(descriptor);
      return super.getFlightInfo(context, descriptor);
    });
  }

  @Override
  public final SchemaResult getSchema(CallContext context, FlightDescriptor descriptor) {
    return told(() -> {
      requireCommand(descriptor);
      return super.getSchema(context, descriptor);
    });
  }

  @Override
  public final void getStream(CallContext context, Ticket ticket, ServerStreamListener listener) {
    told(() -> {
      Commands.of(ticket.getBytes());
      super.getStream(context, ticket, listener);
      return true;
    });
  }

  @Override
  public final Runnable acceptPut(
      CallContext context, FlightStream stream, StreamListener<PutResult> acknowledged) {
    return told(() -> {
      requireCommand(stream.getDescriptor());
      Runnable work = super.acceptPut(context, stream, acknowledged);
      return () ->
          told(() -> {
            work.run();
            return true;
          });
    });
  }

  @Override
  public final void doAction(CallContext context, Action action, StreamListener<Result> listener) {
    told(() -> {
      super.doAction(context, action, listener);
      return true;
    });
  }

  @Override
  public final void listFlights(
      CallContext context, Criteria criteria, StreamListener<FlightInfo> listener) {
    throw Refusals.of(
        ErrorCode.UNSUPPORTED, "Cannot list flights; ask for tables by GetTables of Flight SQL");
  }

  static void refuseTransaction(boolean named) {
    if (named) {
      throw noTransactions();
    }
  }

  private static ProblemException noTransactions() {
    return new ProblemException(
        ErrorCode.UNSUPPORTED,
        "Cannot open a transaction: nothing is written here, and each query reads one state");
  }

  private static ProblemException readOnly() {
    return new ProblemException(
        ErrorCode.READ_ONLY, "Cannot write: this server only answers queries");
  }

  private static ProblemException noSubstrait() {
    return new ProblemException(
        ErrorCode.UNSUPPORTED, "Cannot run a Substrait plan; write the query in SQL");
  }

  @Override
  public final Runnable acceptPutStatement(
      CommandStatementUpdate command,
      CallContext context,
      FlightStream stream,
      StreamListener<PutResult> acknowledged) {
    throw readOnly();
  }

  @Override
  public final Runnable acceptPutPreparedStatementUpdate(
      CommandPreparedStatementUpdate command,
      CallContext context,
      FlightStream stream,
      StreamListener<PutResult> acknowledged) {
    throw readOnly();
  }

  @Override
  public final Runnable acceptPutStatementBulkIngest(
      CommandStatementIngest command,
      CallContext context,
      FlightStream stream,
      StreamListener<PutResult> acknowledged) {
    throw readOnly();
  }

  @Override
  public final Runnable acceptPutSubstraitPlan(
      CommandStatementSubstraitPlan command,
      CallContext context,
      FlightStream stream,
      StreamListener<PutResult> acknowledged) {
    throw noSubstrait();
  }

  @Override
  public final FlightInfo getFlightInfoSubstraitPlan(
      CommandStatementSubstraitPlan command, CallContext context, FlightDescriptor descriptor) {
    throw noSubstrait();
  }

  @Override
  public final SchemaResult getSchemaSubstraitPlan(
      CommandStatementSubstraitPlan command, CallContext context, FlightDescriptor descriptor) {
    throw noSubstrait();
  }

  @Override
  public final void createPreparedSubstraitPlan(
      ActionCreatePreparedSubstraitPlanRequest request,
      CallContext context,
      StreamListener<ActionCreatePreparedStatementResult> listener) {
    throw noSubstrait();
  }

  @Override
  public final void beginTransaction(
      ActionBeginTransactionRequest request,
      CallContext context,
      StreamListener<ActionBeginTransactionResult> listener) {
    throw noTransactions();
  }

  @Override
  public final void endTransaction(
      ActionEndTransactionRequest request, CallContext context, StreamListener<Result> listener) {
    throw noTransactions();
  }

  @Override
  public final void beginSavepoint(
      ActionBeginSavepointRequest request,
      CallContext context,
      StreamListener<ActionBeginSavepointResult> listener) {
    throw noTransactions();
  }

  @Override
  public final void endSavepoint(
      ActionEndSavepointRequest request, CallContext context, StreamListener<Result> listener) {
    throw noTransactions();
  }

  @Override
  public final void renewFlightEndpoint(
      RenewFlightEndpointRequest request,
      CallContext context,
      StreamListener<FlightEndpoint> listener) {
    throw new ProblemException(
        ErrorCode.UNSUPPORTED, "Cannot renew a ticket; ask for the query again");
  }

  /// A call says all that it needs: there is no state of a session that an option could set.
  @Override
  public final void setSessionOptions(
      SetSessionOptionsRequest request,
      CallContext context,
      StreamListener<SetSessionOptionsResult> listener) {
    var errors = new LinkedHashMap<String, SetSessionOptionsResult.Error>();
    request
        .getSessionOptions()
        .keySet()
        .forEach(name ->
            errors.put(
                name,
                new SetSessionOptionsResult.Error(
                    SetSessionOptionsResult.ErrorValue.INVALID_NAME)));
    listener.onNext(new SetSessionOptionsResult(errors));
    listener.onCompleted();
  }

  @Override
  public final void getSessionOptions(
      GetSessionOptionsRequest request,
      CallContext context,
      StreamListener<GetSessionOptionsResult> listener) {
    listener.onNext(new GetSessionOptionsResult(Map.of()));
    listener.onCompleted();
  }
}
