package io.scorebook.gateway.flight;

import com.google.protobuf.ByteString;
import io.scorebook.catalog.policy.Caller;
import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.ProblemException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The statements that clients have prepared, each its caller's own. Those of clients that went
/// away without closing them are forgotten after a while.
final class Statements {
  private static final Duration IDLE = Duration.ofHours(1);
  private static final int HANDLE_BYTES = 16;
  private static final int MOST = 10_000;

  /// Of one caller, so that he leaves some to the others.
  private static final int MOST_OF_ONE = 1000;

  /// Of the texts of one caller's statements and their values, in characters.
  private static final long MOST_TEXT = 16L * 1024 * 1024;

  private final Map<ByteString, Prepared> open = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();

  /// A statement of one caller, and the values that he gave last.
  static final class Prepared {
    private final Caller caller;
    private final String sql;
    private final int parameters;
    private volatile @Nullable List<@Nullable Object> values;
    private volatile long lastUsed = System.nanoTime();

    private Prepared(Caller caller, String sql, int parameters) {
      this.caller = caller;
      this.sql = sql;
      this.parameters = parameters;
    }

    String sql() {
      return sql;
    }

    int parameters() {
      return parameters;
    }

    private long text() {
      List<@Nullable Object> given = values;
      return sql.length() + (given == null ? 0 : text(given));
    }

    private static long text(List<@Nullable Object> values) {
      return values.stream()
          .mapToLong(value -> value instanceof String text ? text.length() : Long.BYTES)
          .sum();
    }

    void unbind() {
      values = null;
    }

    /// @throws ProblemException where values are needed and none were given
    List<@Nullable Object> values() {
      List<@Nullable Object> given = values;
      if (given == null && parameters > 0) {
        throw new ProblemException(
            ErrorCode.INVALID_REQUEST,
            "Cannot run the query: it has %d parameters (?), and no values are given"
                .formatted(parameters));
      }
      return given == null ? List.of() : given;
    }
  }

  ByteString prepare(Caller caller, String sql, int parameters) {
    long now = System.nanoTime();
    open.values().removeIf(each -> now - each.lastUsed > IDLE.toNanos());
    if (open.size() >= MOST) {
      throw new ProblemException(
          ErrorCode.TOO_MANY_QUESTIONS,
          "Cannot keep more than %d prepared statements; close those that are not needed"
              .formatted(MOST));
    }
    requireRoom(caller, sql.length(), MOST_OF_ONE - 1);
    byte[] bytes = new byte[HANDLE_BYTES];
    random.nextBytes(bytes);
    ByteString handle = ByteString.copyFromUtf8(HexFormat.of().formatHex(bytes));
    open.put(handle, new Prepared(caller, sql, parameters));
    return handle;
  }

  /// Keeps values for what is asked of a statement next.
  ///
  /// @throws ProblemException where they are too long
  void bind(Prepared statement, List<@Nullable Object> values) {
    requireRoom(statement.caller, Prepared.text(values), MOST_OF_ONE);
    statement.values = values;
  }

  private void requireRoom(Caller caller, long more, int most) {
    List<Prepared> own =
        open.values().stream().filter(each -> each.caller.name().equals(caller.name())).toList();
    if (own.size() > most || own.stream().mapToLong(Prepared::text).sum() + more > MOST_TEXT) {
      throw new ProblemException(
          ErrorCode.TOO_MANY_QUESTIONS,
          "Cannot keep more than %d prepared statements of one caller, and %d MB of them; close"
                  .formatted(MOST_OF_ONE, MOST_TEXT >> 20)
              + " those that are not needed");
    }
  }

  /// @throws ProblemException where there is none, or it is another caller's, which is the same
  Prepared find(ByteString handle, Caller caller) {
    Prepared found = open.get(handle);
    if (found == null || !found.caller.equals(caller)) {
      throw new ProblemException(
          ErrorCode.NO_SUCH_STATEMENT,
          "Cannot find the prepared statement: it was closed, forgotten or never made by this"
              + " caller");
    }
    found.lastUsed = System.nanoTime();
    return found;
  }

  void close(ByteString handle, Caller caller) {
    open.computeIfPresent(handle, (_, found) -> found.caller.equals(caller) ? null : found);
  }
}
