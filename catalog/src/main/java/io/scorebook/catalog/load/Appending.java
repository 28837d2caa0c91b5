package io.scorebook.catalog.load;

import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/// Appends rows to the staging database on a thread of its own, while the next rows are read and
/// parsed. A few thousand rows are on their way at most; no row is there for sure before [#finish].
final class Appending implements AutoCloseable {
  private static final int ROWS = 1024;
  private static final int BATCHES = 4;

  private final Database database;
  private final FieldParser[] parsers;
  private final BlockingQueue<Batch> empty = new ArrayBlockingQueue<>(BATCHES);
  private final BlockingQueue<Batch> full = new ArrayBlockingQueue<>(BATCHES + 1);
  private final FutureTask<@Nullable Void> task = new FutureTask<>(this::appendAll);
  private final Thread thread;
  private Batch batch;

  /// Some rows; one without room for any is the end.
  private static final class Batch {
    private final TypedRow[] rows;
    private final long[] numbers = new long[ROWS];
    private final int[] files = new int[ROWS];
    private final long[] lines = new long[ROWS];
    private int size;

    Batch(int size, int fields) {
      rows = new TypedRow[size];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = new TypedRow(fields);
      }
    }

    boolean isEnd() {
      return rows.length == 0;
    }
  }

  /// @param database whose table `rows` is appended to
  Appending(Database database, FieldParser[] parsers) {
    this.database = database;
    this.parsers = parsers;
    for (int i = 1; i < BATCHES; i++) {
      empty.add(new Batch(ROWS, parsers.length));
    }
    this.batch = new Batch(ROWS, parsers.length);
    this.thread = Thread.ofPlatform().daemon().name("append").start(task);
  }

  /// The next row, to be filled; kept where [#keep] follows, otherwise filled again.
  TypedRow row() {
    TypedRow row = batch.rows[batch.size];
    row.clear();
    return row;
  }

  void keep(long number, int file, long line) {
    batch.numbers[batch.size] = number;
    batch.files[batch.size] = file;
    batch.lines[batch.size] = line;
    batch.size++;
    if (batch.size == ROWS) {
      hand(batch);
      batch = next();
    }
  }

  /// Waits until all that was kept is in the database.
  void finish() {
    hand(batch);
    hand(new Batch(0, 0));
    result();
  }

  private void hand(Batch filled) {
    try {
      full.put(filled);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /// A batch that was appended; the appender's failure where it ended before.
  private Batch next() {
    try {
      Batch next = empty.take();
      if (next.isEnd()) {
        result();
        throw new IllegalStateException("Cannot stage the rows: appending ended early");
      }
      next.size = 0;
      return next;
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private void result() {
    try {
      Void unused = task.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case SQLException failure -> throw Database.failure(failure);
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case null, default -> throw new IllegalStateException("Cannot stage the rows", e);
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("Cannot stage the rows: interrupted", e);
  }

  /// On the thread, to which alone the appender belongs.
  private @Nullable Void appendAll() throws SQLException, InterruptedException {
    try (DuckDBAppender appender = database.appender("rows")) {
      for (Batch next = full.take(); !next.isEnd(); next = full.take()) {
        append(next, appender);
        empty.put(next);
      }
      return null;
    } finally {
      // Whoever waits for a batch learns that none comes any more.
      empty.offer(new Batch(0, 0));
    }
  }

  private void append(Batch filled, DuckDBAppender appender) throws SQLException {
    for (int i = 0; i < filled.size; i++) {
      appender.beginRow().append(filled.numbers[i]).append(filled.files[i]).append(filled.lines[i]);
      for (FieldParser parser : parsers) {
        parser.append(filled.rows[i], appender);
      }
      appender.endRow();
    }
  }

  /// Ends the thread, also where the reading failed.
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
