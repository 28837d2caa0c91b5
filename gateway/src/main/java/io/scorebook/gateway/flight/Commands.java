package io.scorebook.gateway.flight;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.Problem;
import io.scorebook.gateway.session.ProblemException;
import java.util.List;
import org.apache.arrow.flight.sql.impl.FlightSql.TicketStatementQuery;

/// The messages that tickets hold.
final class Commands {
  private Commands() {}

  /// A ticket's own message where it is one of a query; else the wrapping one.
  ///
  /// @throws ProblemException where the bytes are no message
  static Message of(byte[] ticket) {
    try {
      Any any = Any.parseFrom(ticket);
      return any.is(TicketStatementQuery.class) ? any.unpack(TicketStatementQuery.class) : any;
    } catch (InvalidProtocolBufferException e) {
      throw new ProblemException(
          new Problem(
              ErrorCode.INVALID_REQUEST, "Invalid ticket: it is none of Flight SQL's", List.of()),
          e);
    }
  }
}
