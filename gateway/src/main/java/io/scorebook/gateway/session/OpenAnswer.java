package io.scorebook.gateway.session;

import io.scorebook.engine.answer.Answer;
import io.scorebook.engine.answer.Cancellation;
import io.scorebook.engine.answer.EngineException;
import io.scorebook.engine.answer.Provenance;
import io.scorebook.engine.answer.ValueType;
import io.scorebook.semantic.plan.Plan.OutputColumn;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// An answer on its way to an asker: read by one thread, ended from any.
public final class OpenAnswer implements AutoCloseable {
  private final Answer answer;
  private final Cancellation cancellation;
  private final Runnable onClose;
  private final AtomicBoolean closed = new AtomicBoolean();

  OpenAnswer(Answer answer, Cancellation cancellation, Runnable onClose) {
    this.answer = answer;
    this.cancellation = cancellation;
    this.onClose = onClose;
  }

  /// An answer that no desk keeps count of, as one that another gateway gives.
  public static OpenAnswer of(Answer answer, Cancellation cancellation) {
    return new OpenAnswer(answer, cancellation, () -> {});
  }

  public List<OutputColumn> columns() {
    return answer.columns();
  }

  /// The exact type of each column.
  public List<ValueType> types() {
    return answer.types();
  }

  public Provenance provenance() {
    return answer.provenance();
  }

  /// Steps to the next row; false after the last.
  ///
  /// @throws ProblemException where the work behind it fails, is cancelled or runs out of time
  public boolean next() {
    try {
      return answer.rows().next();
    } catch (EngineException e) {
      throw Desk.translate(e);
    }
  }

  /// A value of the current row, of the types that [io.scorebook.engine.answer.Rows#value] names.
  public @Nullable Object value(int column) {
    return answer.rows().value(column);
  }

  /// Asks the work to end; the reader then gets a [ProblemException]. Safe from any thread.
  public void cancel() {
    cancellation.cancel();
  }

  /// Ends the work and gives its place back. To be called by the reading thread, or once nobody
  /// reads any more; more than once does nothing more.
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      try {
        answer.close();
      } finally {
        onClose.run();
      }
    }
  }
}
