package io.scorebook.gateway.jdbc;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.scorebook.catalog.policy.Caller;
import io.scorebook.gateway.session.Token;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.calcite.avatica.proto.Common.WireMessage;
import org.apache.calcite.avatica.proto.Requests;

/// Lets in who logs in as JDBC has it, `getConnection(url, "token", TOKEN)`, or sends a header.
///
/// The driver sends that user and password once, when it opens a connection, and no header then or
/// later. So the connection's id, which the driver draws at random (a UUID), stands for the login
/// until the connection is closed or forgotten. A connection belongs to who opened it: another
/// caller's header does not open its door.
final class Login {
  private static final String USER = "token";

  /// How each request names its connection; one that is not listed needs the header.
  private static final Map<String, Parser> REQUESTS =
      Map.ofEntries(
          Map.entry(
              name(Requests.CloseConnectionRequest.class),
              bytes -> Requests.CloseConnectionRequest.parseFrom(bytes).getConnectionId()),
          Map.entry(
              name(Requests.ConnectionSyncRequest.class),
              bytes -> Requests.ConnectionSyncRequest.parseFrom(bytes).getConnectionId()),
          Map.entry(
              name(Requests.DatabasePropertyRequest.class),
              bytes -> Requests.DatabasePropertyRequest.parseFrom(bytes).getConnectionId()),
          Map.entry(
              name(Requests.CatalogsRequest.class),
              bytes -> Requests.CatalogsRequest.parseFrom(bytes).getConnectionId()),
          Map.entry(
              name(Requests.SchemasRequest.class),
              bytes -> Requests.SchemasRequest.parseFrom(bytes).getConnectionId()),
          Map.entry(
              name(Requests.TablesRequest.class),
              bytes -> Requests.TablesRequest.parseFrom(bytes).getConnectionId()),
          Map.entry(
              name(Requests.TableTypesRequest.class),
              bytes -> Requests.TableTypesRequest.parseFrom(bytes).getConnectionId()),
          Map.entry(
              name(Requests.ColumnsRequest.class),
              bytes -> Requests.ColumnsRequest.parseFrom(bytes).getConnectionId()),
          Map.entry(
              name(Requests.TypeInfoRequest.class),
              bytes -> Requests.TypeInfoRequest.parseFrom(bytes).getConnectionId()),
          Map.entry(
              name(Requests.CreateStatementRequest.class),
              bytes -> Requests.CreateStatementRequest.parseFrom(bytes).getConnectionId()),
          Map.entry(
              name(Requests.CloseStatementRequest.class),
              bytes -> Requests.CloseStatementRequest.parseFrom(bytes).getConnectionId()),
          Map.entry(
              name(Requests.PrepareRequest.class),
              bytes -> Requests.PrepareRequest.parseFrom(bytes).getConnectionId()),
          Map.entry(
              name(Requests.PrepareAndExecuteRequest.class),
              bytes -> Requests.PrepareAndExecuteRequest.parseFrom(bytes).getConnectionId()),
          Map.entry(
              name(Requests.PrepareAndExecuteBatchRequest.class),
              bytes -> Requests.PrepareAndExecuteBatchRequest.parseFrom(bytes).getConnectionId()),
          Map.entry(
              name(Requests.ExecuteRequest.class),
              bytes ->
                  Requests.ExecuteRequest.parseFrom(bytes).getStatementHandle().getConnectionId()),
          Map.entry(
              name(Requests.ExecuteBatchRequest.class),
              bytes -> Requests.ExecuteBatchRequest.parseFrom(bytes).getConnectionId()),
          Map.entry(
              name(Requests.FetchRequest.class),
              bytes -> Requests.FetchRequest.parseFrom(bytes).getConnectionId()),
          Map.entry(
              name(Requests.SyncResultsRequest.class),
              bytes -> Requests.SyncResultsRequest.parseFrom(bytes).getConnectionId()),
          Map.entry(
              name(Requests.CommitRequest.class),
              bytes -> Requests.CommitRequest.parseFrom(bytes).getConnectionId()),
          Map.entry(
              name(Requests.RollbackRequest.class),
              bytes -> Requests.RollbackRequest.parseFrom(bytes).getConnectionId()));

  private final Token token;
  private final Map<String, Caller> connections = new ConcurrentHashMap<>();

  private interface Parser {
    String connectionId(ByteString request) throws InvalidProtocolBufferException;
  }

  Login(Token token) {
    this.token = token;
  }

  private static String name(Class<?> request) {
    return request.getName();
  }

  /// Whether a message may pass: one that logs in, or of a connection that did.
  ///
  /// @param header who the message's header says that it is from
  boolean admits(byte[] message, Optional<Caller> header) {
    try {
      WireMessage wire = WireMessage.parseFrom(message);
      if (wire.getName().equals(name(Requests.OpenConnectionRequest.class))) {
        return open(Requests.OpenConnectionRequest.parseFrom(wire.getWrappedMessage()), header);
      }
      Parser parser = REQUESTS.get(wire.getName());
      if (parser == null) {
        return header.isPresent();
      }
      Caller owner = connections.get(parser.connectionId(wire.getWrappedMessage()));
      // One that is forgotten is for the protocol to tell, to those who are let in at all.
      return owner == null ? header.isPresent() : header.map(owner::equals).orElse(true);
    } catch (InvalidProtocolBufferException _) {
      return false;
    }
  }

  private boolean open(Requests.OpenConnectionRequest request, Optional<Caller> header) {
    Optional<Caller> caller = header.or(() -> caller(request.getInfoMap()));
    if (caller.isEmpty() || request.getConnectionId().isBlank()) {
      return false;
    }
    Caller owner = connections.putIfAbsent(request.getConnectionId(), caller.get());
    return owner == null || owner.equals(caller.get());
  }

  private Optional<Caller> caller(Map<String, String> info) {
    return USER.equals(info.get("user")) && token.matches(info.getOrDefault("password", ""))
        ? Optional.of(Caller.token())
        : Optional.empty();
  }

  /// Who opened a connection; empty where it is closed or forgotten.
  Optional<Caller> caller(String connection) {
    return Optional.ofNullable(connections.get(connection));
  }

  /// A connection that is closed or forgotten has to log in again.
  void forget(String connection) {
    connections.remove(connection);
  }
}
