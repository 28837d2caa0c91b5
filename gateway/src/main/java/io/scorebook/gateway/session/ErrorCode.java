package io.scorebook.gateway.session;

import io.scorebook.engine.answer.EngineException;
import io.scorebook.semantic.plan.Issue;
import java.util.Locale;

/// Everything that can go wrong at a door: one row each, for HTTP and for JDBC.
public enum ErrorCode {
  // The question.
  UNKNOWN_METRIC(422, "42703", "Unknown metric"),
  UNKNOWN_DIMENSION(422, "42703", "Unknown dimension"),
  UNKNOWN_TABLE(422, "42P01", "Unknown table"),
  GONE(410, "42P01", "Version has ended"),
  AMBIGUOUS_PATH(422, "42702", "Ambiguous path"),
  NOT_GROUPABLE(422, "42803", "Metric cannot be grouped so"),
  INVALID_FILTER(422, "42804", "Invalid filter"),
  INVALID_VALUE(422, "22018", "Invalid value"),
  DUPLICATE_KEY(422, "23505", "Data breaks a declared key"),
  INVALID_QUESTION(422, "42000", "Invalid question"),
  SYNTAX(400, "42601", "Invalid SQL"),
  UNSUPPORTED_SQL(422, "0A000", "Unsupported SQL"),

  // The request around it.
  INVALID_REQUEST(400, "08P01", "Invalid request"),
  UNAUTHORIZED(401, "28000", "Token required"),
  FORBIDDEN(403, "42501", "Not allowed"),
  NOT_FOUND(404, "42P01", "Not found"),
  CONFLICT(409, "23000", "Contradicts what is published"),
  READ_ONLY(422, "25006", "Nothing is written here"),
  METHOD_NOT_ALLOWED(405, "08P01", "Method not allowed"),
  NOT_ACCEPTABLE(406, "08P01", "Format not available"),
  TOO_LARGE(413, "54000", "Request too large"),
  ANSWER_TOO_LARGE(413, "54000", "Answer too large"),
  UNSUPPORTED_MEDIA_TYPE(415, "08P01", "Media type not supported"),
  UNSUPPORTED(501, "0A000", "Not supported"),

  // The connection.
  TRANSACTION_FAILED(409, "25P02", "Transaction has failed"),
  NO_TRANSACTION(409, "25P01", "No transaction"),
  NO_SUCH_SAVEPOINT(404, "3B001", "Unknown savepoint"),
  NO_SUCH_STATEMENT(404, "26000", "Unknown prepared statement"),
  DUPLICATE_STATEMENT(409, "42P05", "Prepared statement is there already"),
  NO_SUCH_CURSOR(404, "34000", "Unknown cursor"),
  DUPLICATE_CURSOR(409, "42P03", "Cursor is there already"),
  COLUMNS_CHANGED(409, "0A000", "Columns have changed"),

  INVALID_SETTING(400, "22023", "Invalid setting"),

  // The work.
  TOO_MANY_QUESTIONS(429, "53300", "Too many questions at once"),
  TIMEOUT(504, "57014", "Time limit reached"),
  CANCELLED(503, "57014", "Cancelled"),
  OUT_OF_MEMORY(503, "53200", "Memory limit reached"),
  CACHE_FULL(507, "53100", "No room for data files"),
  ISSUER_UNAVAILABLE(503, "58030", "Keys of the issuer not to be had"),
  STORE_UNAVAILABLE(503, "58030", "Storage does not answer"),
  DATA(422, "22003", "Value out of range"),
  SNAPSHOT_EXPIRED(410, "22023", "Snapshot not there any more"),
  ANSWER_LOST(410, "24000", "Answer not open any more"),
  CLOSING(503, "57P01", "Shutting down"),
  INTERNAL(500, "XX000", "Internal error");

  private final int status;
  private final String sqlState;
  private final String title;

  ErrorCode(int status, String sqlState, String title) {
    this.status = status;
    this.sqlState = sqlState;
    this.title = title;
  }

  /// The HTTP status.
  public int status() {
    return status;
  }

  /// The SQLSTATE: the standard's classes, PostgreSQL's subclasses, which drivers and tools know.
  public String sqlState() {
    return sqlState;
  }

  public String title() {
    return title;
  }

  /// The problem type: a URI that stays the same, whatever the words.
  public String type() {
    return "urn:scorebook:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Whether it is ours to look into, and not the asker's to mend.
  public boolean isOurs() {
    return switch (this) {
      case INTERNAL, OUT_OF_MEMORY, CACHE_FULL, STORE_UNAVAILABLE -> true;
      default -> false;
    };
  }

  public static ErrorCode of(Issue.Code code) {
    return switch (code) {
      case UNKNOWN_METRIC -> UNKNOWN_METRIC;
      case UNKNOWN_DIMENSION -> UNKNOWN_DIMENSION;
      case UNKNOWN_TABLE -> UNKNOWN_TABLE;
      case GONE -> GONE;
      case AMBIGUOUS_PATH -> AMBIGUOUS_PATH;
      case NOT_GROUPABLE -> NOT_GROUPABLE;
      case INVALID_FILTER -> INVALID_FILTER;
      case INVALID_VALUE -> INVALID_VALUE;
      case DUPLICATE_KEY -> DUPLICATE_KEY;
      case INVALID_QUESTION -> INVALID_QUESTION;
      case SYNTAX -> SYNTAX;
      case UNSUPPORTED_SQL -> UNSUPPORTED_SQL;
    };
  }

  public static ErrorCode of(EngineException.Kind kind) {
    return switch (kind) {
      case TIMEOUT -> TIMEOUT;
      case CANCELLED -> CANCELLED;
      case OUT_OF_MEMORY -> OUT_OF_MEMORY;
      case CACHE_FULL -> CACHE_FULL;
      case STORE_UNAVAILABLE -> STORE_UNAVAILABLE;
      case DATA -> DATA;
      case NO_SNAPSHOT -> INVALID_QUESTION;
      case EXPIRED -> SNAPSHOT_EXPIRED;
      case TOO_LARGE -> ANSWER_TOO_LARGE;
      case UNSUPPORTED -> UNSUPPORTED;
      case INTERNAL -> INTERNAL;
    };
  }
}
