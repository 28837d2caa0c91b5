package io.scorebook.gateway.jdbc;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.scorebook.catalog.policy.Caller;
import io.scorebook.gateway.callers.Admitted;
import io.scorebook.gateway.callers.Credentials;
import io.scorebook.gateway.callers.Doorkeeper;
import io.scorebook.gateway.session.ProblemException;
import io.scorebook.gateway.session.Witness;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.calcite.avatica.proto.Common.WireMessage;
import org.apache.calcite.avatica.proto.Requests;

/// Lets in who logs in as JDBC has it, `getConnection(url, NAME, KEY)`, or sends a header.
///
/// The driver sends that user and password once, when it opens a connection, and no header then or
/// later. So the connection's id, which the driver draws at random (a UUID), stands for the login
/// until the connection is closed or forgotten. A connection belongs to who opened it: another
/// caller's header does not open its door.
final class Login {
  /// The property of a connection that says what its answers are for.
  private static final String PURPOSE = "purpose";

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

  private final Doorkeeper doorkeeper;
  private final Consumer<String> ended;
  private final Map<String, Session> connections = new ConcurrentHashMap<>();

  private interface Parser {
    String connectionId(ByteString request) throws InvalidProtocolBufferException;
  }

  /// @param caller with the purpose that he asks for
  private record Session(Caller caller, Admitted admitted) {
    boolean belongsTo(Admitted other) {
      return admitted.caller().equals(other.caller());
    }
  }

  /// @param ended told the id of every connection whose key or token is good no more
  Login(Doorkeeper doorkeeper, Consumer<String> ended) {
    this.doorkeeper = doorkeeper;
    this.ended = ended;
  }

  private static String name(Class<?> request) {
    return request.getName();
  }

  /// Whether a message may pass: one that logs in, or of a connection that did.
  ///
  /// @param header who the message's header says that it is from
  /// @throws ProblemException where a purpose is named that the caller may not ask for
  boolean admits(byte[] message, Optional<Admitted> header) {
    try {
      WireMessage wire = WireMessage.parseFrom(message);
      if (wire.getName().equals(name(Requests.OpenConnectionRequest.class))) {
        return open(Requests.OpenConnectionRequest.parseFrom(wire.getWrappedMessage()), header);
      }
      Parser parser = REQUESTS.get(wire.getName());
      if (parser == null) {
        return header.isPresent();
      }
      String connection = parser.connectionId(wire.getWrappedMessage());
      Session session = connections.get(connection);
      if (session == null) {
        // One that is forgotten is for the protocol to tell, to those who are let in at all.
        return header.isPresent();
      }
      if (!session.admitted().isValid()) {
        ended.accept(connection);
        return false;
      }
      return header.map(session::belongsTo).orElse(true);
    } catch (InvalidProtocolBufferException _) {
      return false;
    }
  }

  private boolean open(Requests.OpenConnectionRequest request, Optional<Admitted> header) {
    Map<String, String> info = request.getInfoMap();
    Optional<Admitted> admitted = header.or(() -> admit(info));
    if (admitted.isEmpty() || request.getConnectionId().isBlank()) {
      return false;
    }
    Caller caller = admitted.get().asking(Optional.ofNullable(info.get(PURPOSE)));
    Session before = connections.get(request.getConnectionId());
    if (before != null && !before.belongsTo(admitted.get())) {
      return false;
    }
    connections.put(request.getConnectionId(), new Session(caller, admitted.get()));
    return true;
  }

  private Optional<Admitted> admit(Map<String, String> info) {
    var shown =
        new Credentials(
            Optional.of(info.getOrDefault("user", "")), info.getOrDefault("password", ""));
    Optional<Admitted> admitted = doorkeeper.admit(shown);
    if (admitted.isEmpty()) {
      doorkeeper.refused(Witness.Through.JDBC, shown);
    }
    return admitted;
  }

  /// Who opened a connection; empty where it is closed or forgotten.
  Optional<Caller> caller(String connection) {
    return Optional.ofNullable(connections.get(connection)).map(Session::caller);
  }

  /// A connection that is closed or forgotten has to log in again.
  void forget(String connection) {
    connections.remove(connection);
  }
}
