package io.scorebook.gateway.flight;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import java.util.List;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.FlightEndpoint;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.flight.sql.FlightSqlProducer;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetCatalogs;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetCrossReference;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetDbSchemas;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetExportedKeys;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetImportedKeys;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetPrimaryKeys;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetSqlInfo;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetTableTypes;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetTables;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetXdbcTypeInfo;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;

/// The calls of Flight SQL for metadata, each of which is two: a description, whose ticket is the
/// call itself, and the rows, which are made for whoever brings the ticket.
abstract class MetadataProducer implements FlightSqlProducer {
  private final BufferAllocator allocator;

  MetadataProducer(BufferAllocator allocator) {
    this.allocator = allocator;
  }

  /// What the asker of a call may know, who is about to be told.
  abstract Metadata metadata(CallContext context, Message command);

  private void give(CallContext context, Message command, ServerStreamListener listener) {
    metadata(context, command).rows(command).send(allocator, listener);
  }

  final BufferAllocator allocator() {
    return allocator;
  }

  private static FlightInfo described(Message command, FlightDescriptor descriptor) {
    return described(command, Metadata.schema(command), descriptor);
  }

  private static FlightInfo described(Message command, Schema schema, FlightDescriptor descriptor) {
    var endpoint = new FlightEndpoint(new Ticket(Any.pack(command).toByteArray()));
    return FlightInfo.builder(schema, descriptor, List.of(endpoint)).build();
  }

  @Override
  public final FlightInfo getFlightInfoCatalogs(
      CommandGetCatalogs command, CallContext context, FlightDescriptor descriptor) {
    return described(command, descriptor);
  }

  @Override
  public final void getStreamCatalogs(CallContext context, ServerStreamListener listener) {
    give(context, CommandGetCatalogs.getDefaultInstance(), listener);
  }

  @Override
  public final FlightInfo getFlightInfoSchemas(
      CommandGetDbSchemas command, CallContext context, FlightDescriptor descriptor) {
    return described(command, descriptor);
  }

  @Override
  public final void getStreamSchemas(
      CommandGetDbSchemas command, CallContext context, ServerStreamListener listener) {
    give(context, command, listener);
  }

  @Override
  public final FlightInfo getFlightInfoTables(
      CommandGetTables command, CallContext context, FlightDescriptor descriptor) {
    return described(command, descriptor);
  }

  @Override
  public final void getStreamTables(
      CommandGetTables command, CallContext context, ServerStreamListener listener) {
    give(context, command, listener);
  }

  @Override
  public final FlightInfo getFlightInfoTableTypes(
      CommandGetTableTypes command, CallContext context, FlightDescriptor descriptor) {
    return described(command, descriptor);
  }

  @Override
  public final void getStreamTableTypes(CallContext context, ServerStreamListener listener) {
    give(context, CommandGetTableTypes.getDefaultInstance(), listener);
  }

  @Override
  public final FlightInfo getFlightInfoPrimaryKeys(
      CommandGetPrimaryKeys command, CallContext context, FlightDescriptor descriptor) {
    return described(command, descriptor);
  }

  @Override
  public final void getStreamPrimaryKeys(
      CommandGetPrimaryKeys command, CallContext context, ServerStreamListener listener) {
    give(context, command, listener);
  }

  @Override
  public final FlightInfo getFlightInfoImportedKeys(
      CommandGetImportedKeys command, CallContext context, FlightDescriptor descriptor) {
    return described(command, descriptor);
  }

  @Override
  public final void getStreamImportedKeys(
      CommandGetImportedKeys command, CallContext context, ServerStreamListener listener) {
    give(context, command, listener);
  }

  @Override
  public final FlightInfo getFlightInfoExportedKeys(
      CommandGetExportedKeys command, CallContext context, FlightDescriptor descriptor) {
    return described(command, descriptor);
  }

  @Override
  public final void getStreamExportedKeys(
      CommandGetExportedKeys command, CallContext context, ServerStreamListener listener) {
    give(context, command, listener);
  }

  @Override
  public final FlightInfo getFlightInfoCrossReference(
      CommandGetCrossReference command, CallContext context, FlightDescriptor descriptor) {
    return described(command, descriptor);
  }

  @Override
  public final void getStreamCrossReference(
      CommandGetCrossReference command, CallContext context, ServerStreamListener listener) {
    give(context, command, listener);
  }

  @Override
  public final FlightInfo getFlightInfoTypeInfo(
      CommandGetXdbcTypeInfo command, CallContext context, FlightDescriptor descriptor) {
    return described(command, descriptor);
  }

  @Override
  public final void getStreamTypeInfo(
      CommandGetXdbcTypeInfo command, CallContext context, ServerStreamListener listener) {
    give(context, command, listener);
  }

  @Override
  public final FlightInfo getFlightInfoSqlInfo(
      CommandGetSqlInfo command, CallContext context, FlightDescriptor descriptor) {
    return described(command, Schemas.GET_SQL_INFO_SCHEMA, descriptor);
  }

  @Override
  public final void getStreamSqlInfo(
      CommandGetSqlInfo command, CallContext context, ServerStreamListener listener) {
    SqlInfos.builder().send(command.getInfoList(), listener);
  }
}
