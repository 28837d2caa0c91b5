package io.scorebook.gateway.flight;

import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.Problem;
import io.scorebook.gateway.session.ProblemException;
import java.util.Locale;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.ErrorFlightMetadata;
import org.apache.arrow.flight.FlightRuntimeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Problems in Flight's terms: a status, the message, and as metadata the SQLSTATE and the code.
final class Refusals {
  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

  /// Clients take no more than 8 KB of headers, in which each byte may become three.
  private static final int LONGEST = 2000;

  private Refusals() {}

  static FlightRuntimeException of(ErrorCode code, String message) {
    return of(Problem.of(code, message));
  }

  static FlightRuntimeException of(Problem problem) {
    var metadata = new ErrorFlightMetadata();
    metadata.insert("sqlstate", problem.code().sqlState());
    metadata.insert("scorebook-code", problem.code().name().toLowerCase(Locale.ROOT));
    String told = problem.detail();
    return status(problem.code())
        .withDescription(told.length() > LONGEST ? told.substring(0, LONGEST) + " ..." : told)
        .withMetadata(metadata)
        .toRuntimeException();
  }

  private static CallStatus status(ErrorCode code) {
    return switch (code) {
      case UNKNOWN_METRIC,
          UNKNOWN_DIMENSION,
          AMBIGUOUS_PATH,
          NOT_GROUPABLE,
          INVALID_FILTER,
          INVALID_VALUE,
          DUPLICATE_KEY,
          INVALID_QUESTION,
          SYNTAX,
          INVALID_REQUEST,
          INVALID_SETTING,
          NOT_ACCEPTABLE,
          TOO_LARGE,
          UNSUPPORTED_MEDIA_TYPE,
          TRANSACTION_FAILED,
          NO_TRANSACTION,
          COLUMNS_CHANGED,
          DATA ->
          CallStatus.INVALID_ARGUMENT;
      case UNKNOWN_TABLE,
          GONE,
          NOT_FOUND,
          NO_SUCH_SAVEPOINT,
          NO_SUCH_STATEMENT,
          NO_SUCH_CURSOR,
          SNAPSHOT_EXPIRED,
          ANSWER_LOST ->
          CallStatus.NOT_FOUND;
      case CONFLICT, DUPLICATE_STATEMENT, DUPLICATE_CURSOR -> CallStatus.ALREADY_EXISTS;
      case UNAUTHORIZED -> CallStatus.UNAUTHENTICATED;
      case FORBIDDEN -> CallStatus.UNAUTHORIZED;
      case READ_ONLY, METHOD_NOT_ALLOWED, UNSUPPORTED, UNSUPPORTED_SQL -> CallStatus.UNIMPLEMENTED;
      case ANSWER_TOO_LARGE, TOO_MANY_QUESTIONS, OUT_OF_MEMORY, CACHE_FULL ->
          CallStatus.RESOURCE_EXHAUSTED;
      case TIMEOUT -> CallStatus.TIMED_OUT;
      case CANCELLED -> CallStatus.CANCELLED;
      case ISSUER_UNAVAILABLE, STORE_UNAVAILABLE, CLOSING -> CallStatus.UNAVAILABLE;
      case INTERNAL -> CallStatus.INTERNAL;
    };
  }

  /// What went wrong, as a client is told it; what is ours to look into is in the log.
  static FlightRuntimeException translate(Throwable failure) {
    return switch (failure) {
      case FlightRuntimeException told -> told;
      case ProblemException refused -> {
        if (refused.problem().code().isOurs()) {
          LOG.error("Flight: {}", refused.problem(), refused);
        }
        yield of(refused.problem());
      }
      default -> {
        LOG.error("Flight: internal error", failure);
        yield of(ErrorCode.INTERNAL, "Cannot answer because of an internal error; the log has it");
      }
    };
  }
}
