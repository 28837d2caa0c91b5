package io.scorebook.gateway.postgres;

import io.scorebook.engine.answer.Cancellation;
import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.ProblemException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A statement with its values, at some row of its answer.
final class Portal implements AutoCloseable {
  private final Command command;
  private final List<@Nullable Object> values;
  private final Formats formats;
  private final Cancellation cancellation = new Cancellation();
  private Optional<RowSource> rows = Optional.empty();
  private boolean done;

  Portal(Command command, List<@Nullable Object> values, Formats formats) {
    this.command = command;
    this.values = values;
    this.formats = formats;
  }

  Command command() {
    return command;
  }

  /// The query that it is a cursor of.
  ///
  /// @throws ProblemException where it is none
  String query() {
    if (command instanceof Command.Query(var sql)) {
      return sql;
    }
    throw new ProblemException(
        ErrorCode.NO_SUCH_CURSOR, "Cannot fetch from this cursor: it is not one of a query");
  }

  List<@Nullable Object> values() {
    return values;
  }

  Formats formats() {
    return formats;
  }

  Cancellation cancellation() {
    return cancellation;
  }

  Optional<RowSource> rows() {
    return rows;
  }

  void open(RowSource source) {
    rows = Optional.of(source);
  }

  /// Whether all rows were given.
  boolean isDone() {
    return done;
  }

  void finish() {
    done = true;
    close();
  }

  @Override
  public void close() {
    rows.ifPresent(RowSource::close);
    rows = Optional.empty();
  }
}
