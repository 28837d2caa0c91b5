package io.scorebook.gateway.jdbc;

import io.scorebook.engine.answer.Cancellation;
import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.OpenAnswer;
import io.scorebook.gateway.session.ProblemException;
import io.scorebook.gateway.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.calcite.avatica.Meta;
import org.jspecify.annotations.Nullable;

/// A statement of a client: one answer at a time, handed out frame by frame. Closing it, from any
/// thread, ends the work.
final class OpenStatement {
  /// A frame is at least so long, whatever small number a driver asks by default ...
  private static final int LEAST = 1000;

  /// ... and at most so long, whatever it asks: a frame is held in memory.
  private static final int MOST = 20_000;

  /// A query that was prepared.
  ///
  /// @param sql with its parameters
  /// @param maxRows of an answer, negative for all
  /// @param refusal why it has no answer, to be told where it is run
  record Prepared(String sql, long maxRows, Optional<ProblemException> refusal) {}

  private final Session session;
  private final Optional<Prepared> prepared;
  private final ReentrantLock reading = new ReentrantLock();
  private volatile Cancellation cancellation = new Cancellation();
  private @Nullable OpenAnswer answer;
  private boolean closed;
  private List<Types> types = List.of();
  private long offset;
  private long rowsLeft;

  OpenStatement(Session session, Optional<Prepared> prepared) {
    this.session = session;
    this.prepared = prepared;
  }

  Optional<Prepared> prepared() {
    return prepared;
  }

  /// An answer's columns and its first rows.
  record Begun(List<Session.Column> columns, Meta.Frame frame) {}

  /// Runs a query; an answer that was open before is closed.
  ///
  /// @throws ProblemException where there is no answer, and where the statement was closed
  ///   meanwhile
  Begun run(String sql, long maxRows, int frameRows) {
    reading.lock();
    try {
      if (closed) {
        throw new ProblemException(
            ErrorCode.NO_SUCH_STATEMENT, "Cannot run the query: its statement was closed");
      }
      closeAnswer();
      cancellation = new Cancellation();
      OpenAnswer open = session.ask(sql, cancellation);
      answer = open;
      List<Session.Column> columns = Session.Column.of(open);
      types = columns.stream().map(column -> Types.of(column.type())).toList();
      offset = 0;
      rowsLeft = maxRows < 0 ? Long.MAX_VALUE : maxRows;
      return new Begun(columns, next(frameRows));
    } finally {
      reading.unlock();
    }
  }

  /// The rows from `from` on; absent where no answer is open.
  Optional<Meta.Frame> fetch(long from, int frameRows) {
    reading.lock();
    try {
      if (answer == null) {
        return Optional.empty();
      }
      if (from != offset) {
        throw new ProblemException(
            ErrorCode.ANSWER_LOST,
            "Cannot go to row %d of the answer: it stands at row %d, and only goes forward"
                .formatted(from, offset));
      }
      return Optional.of(next(frameRows));
    } finally {
      reading.unlock();
    }
  }

  private Meta.Frame next(int frameRows) {
    OpenAnswer open = answer;
    if (open == null) {
      throw new IllegalStateException("no answer is open");
    }
    boolean whole = false;
    try {
      long most = Math.min(rowsLeft, Math.clamp(frameRows, LEAST, MOST));
      var rows = new ArrayList<@Nullable Object[]>();
      boolean done = rowsLeft == 0;
      while (!done && rows.size() < most) {
        if (!open.next()) {
          done = true;
        } else {
          rows.add(row(open));
        }
      }
      rowsLeft -= rows.size();
      if (rowsLeft == 0) {
        open.satisfied();
        done = true;
      }
      var frame = new RowsFrame(offset, done, rows);
      offset += rows.size();
      whole = !done;
      return frame;
    } finally {
      if (!whole) {
        closeAnswer();
      }
    }
  }

  private @Nullable Object[] row(OpenAnswer open) {
    var row = new @Nullable Object[types.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = types.get(i).carried(open.value(i));
    }
    return row;
  }

  private void closeAnswer() {
    OpenAnswer open = answer;
    answer = null;
    if (open != null) {
      open.close();
    }
  }

  void close() {
    cancellation.cancel(); // a reader in another thread ends soon, and gives up the lock
    reading.lock();
    try {
      closed = true; // one who found it before may run it only now
      closeAnswer();
    } finally {
      reading.unlock();
    }
  }
}
