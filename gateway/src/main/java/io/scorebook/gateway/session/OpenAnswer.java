package io.scorebook.gateway.session;

import io.scorebook.engine.answer.Answer;
import io.scorebook.engine.answer.Batches;
import io.scorebook.engine.answer.Cancellation;
import io.scorebook.engine.answer.EngineException;
import io.scorebook.engine.answer.Provenance;
import io.scorebook.engine.answer.ValueType;
import io.scorebook.semantic.plan.Plan.OutputColumn;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/// An answer on its way to an asker: read by one thread, ended from any.
public final class OpenAnswer implements AutoCloseable {
  /// Of one batch: some thousand rows of half a megabyte each.
  private static final long MOST_BATCH_BYTES = 1L << 30;

  private final Answer answer;
  private final Cancellation cancellation;
  private final OptionalLong most;
  private final Optional<Duration> time;
  private final long begun;
  private final Witness.Seen seen;
  private final Runnable onClose;
  private final BufferAllocator allocator = new RootAllocator(MOST_BATCH_BYTES);
  private @Nullable Batches batches;
  private long rows;
  private boolean whole;

  /// Whether a batch had more rows than may be given.
  private boolean cut;

  private Optional<ErrorCode> broken = Optional.empty();
  private final AtomicBoolean closed = new AtomicBoolean();

  /// @param most rows that may be given
  /// @param time that it may take, from `begun` to the last row
  /// @param begun by the clock of [System#nanoTime]
  OpenAnswer(
      Answer answer,
      Cancellation cancellation,
      OptionalLong most,
      Optional<Duration> time,
      long begun,
      Witness.Seen seen,
      Runnable onClose) {
    this.answer = answer;
    this.cancellation = cancellation;
    this.most = most;
    this.time = time;
    this.begun = begun;
    this.seen = seen;
    this.onClose = onClose;
  }

  /// An answer that no desk keeps count of, as one that another gateway gives.
  public static OpenAnswer of(Answer answer, Cancellation cancellation) {
    return new OpenAnswer(
        answer,
        cancellation,
        OptionalLong.empty(),
        Optional.empty(),
        System.nanoTime(),
        Witness.Seen.NOTHING,
        () -> {});
  }

  /// How long it may wait for its reader: what is left of its time, and no longer than he is waited
  /// for anyhow. Zero where its time is over.
  public Duration patience(Duration most) {
    Duration left = time.map(given -> given.minusNanos(System.nanoTime() - begun)).orElse(most);
    return left.isNegative() ? Duration.ZERO : left.compareTo(most) < 0 ? left : most;
  }

  /// Told where its reader did not come, for so long.
  ///
  /// @return what to tell him
  public ProblemException unread(Duration waited) {
    return broken(
        ErrorCode.TIMEOUT,
        time.isPresent() && patience(waited).isZero()
            ? "Cannot give the answer within %s: its reader took too little of it; allow more time"
                .formatted(words(time.get()))
            : "Cannot give the answer: nothing of it was taken for " + words(waited));
  }

  private static String words(Duration time) {
    return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }

  private ProblemException broken(ErrorCode code, String message) {
    broken = Optional.of(code);
    return new ProblemException(code, message);
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
      boolean there = answer.rows().next();
      if (!there) {
        whole = true;
      } else if (++rows > most.orElse(Long.MAX_VALUE)) {
        rows--;
        throw tooLarge();
      }
      return there;
    } catch (EngineException e) {
      throw broken(e);
    }
  }

  /// Steps to the next row, which is looked at and not given: it counts for nobody's limit; false
  /// after the last.
  ///
  /// @throws ProblemException where the work behind it fails, is cancelled or runs out of time
  public boolean look() {
    try {
      boolean there = answer.rows().next();
      whole |= !there;
      return there;
    } catch (EngineException e) {
      throw broken(e);
    }
  }

  /// Looks at all rows that are left.
  public void skip() {
    boolean more = true;
    while (more) {
      more = look();
    }
  }

  /// How many rows such as these can be kept; see [io.scorebook.engine.answer.Rows#room].
  public long room() {
    return answer.rows().room();
  }

  /// The answer as record batches, in place of its rows: [#nextBatch] puts one after the other into
  /// the root that is given here, which lasts until [#close]. To be called once, before all else.
  ///
  /// @param schema a column each, of the types of [io.scorebook.engine.answer.ArrowTypes]
  /// @throws ProblemException where the work behind it fails, is cancelled or runs out of time
  public VectorSchemaRoot batches(Schema schema) {
    try {
      batches = answer.rows().batches(schema, allocator);
      return batches.root();
    } catch (EngineException e) {
      throw broken(e);
    }
  }

  /// Steps to the next batch; false after the last. Where more rows come than may be given, those
  /// that may are, before it is told.
  ///
  /// @throws ProblemException where the work behind it fails, is cancelled or runs out of time
  public boolean nextBatch() {
    if (batches == null) {
      throw new IllegalStateException("Cannot step in batches that were not asked for");
    }
    if (cut) {
      throw tooLarge(); // whether or not there is another batch
    }
    try {
      if (!batches.next()) {
        whole = true;
        return false;
      }
    } catch (EngineException e) {
      throw broken(e);
    }
    long left = most.orElse(Long.MAX_VALUE) - rows;
    VectorSchemaRoot root = batches.root();
    if (root.getRowCount() > left) {
      if (left == 0) {
        throw tooLarge();
      }
      root.setRowCount(Math.toIntExact(left));
      cut = true;
    }
    rows += root.getRowCount();
    return true;
  }

  /// Told where the reader stops in the middle of a batch.
  ///
  /// @param left rows of the batch that he did not give
  public void ungiven(long left) {
    rows -= left;
  }

  private ProblemException broken(EngineException e) {
    ProblemException problem = Desk.translate(e);
    broken = Optional.of(problem.problem().code());
    return problem;
  }

  private ProblemException tooLarge() {
    return broken(
        ErrorCode.ANSWER_TOO_LARGE,
        "Cannot give more than %d rows in one answer to this caller; ask for fewer"
            .formatted(most.orElseThrow()));
  }

  /// Told where the reader has all rows that he wants, and does not look whether there are more.
  public void satisfied() {
    whole = true;
  }

  /// A value of the current row, of the types that [io.scorebook.engine.answer.Rows#value] names.
  public @Nullable Object value(int column) {
    return answer.rows().value(column);
  }

  /// Asks the work to end; the reader then gets a [ProblemException]. Safe from any thread.
  public void cancel() {
    cancellation.cancel();
  }

  private Witness.Ending ending() {
    return broken.isPresent()
        ? Witness.Ending.PROBLEM
        : whole ? Witness.Ending.SERVED : Witness.Ending.BROKEN_OFF;
  }

  private void closeAnswer() {
    if (batches == null) {
      answer.close();
    } else {
      batches.close();
    }
  }

  /// Ends the work and gives its place back. To be called by the reading thread, or once nobody
  /// reads any more; more than once does nothing more.
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      try (allocator) {
        closeAnswer();
      } finally {
        try {
          seen.ended(rows, ending(), broken);
        } finally {
          onClose.run();
        }
      }
    }
  }
}
