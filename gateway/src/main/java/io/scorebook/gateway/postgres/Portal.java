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
  private final List<Integer> types;
  private final Formats formats;
  private final Optional<Prepared> prepared;
  private final long size;
  private final Cancellation cancellation = new Cancellation();
  private Optional<RowSource> rows = Optional.empty();
  private Optional<List<Field>> fields = Optional.empty();
  private Optional<List<Field>> told;
  private long given;
  private boolean done;
  private boolean broken;

  private Portal(
      Command command,
      List<@Nullable Object> values,
      List<Integer> types,
      Formats formats,
      Optional<Prepared> prepared,
      long size) {
    this.command = command;
    this.values = values;
    this.types = types;
    this.formats = formats;
    this.prepared = prepared;
    this.told = prepared.flatMap(Prepared::told);
    this.size = size;
  }

  /// Of a statement that was not prepared, without values.
  Portal(Command command) {
    this(command, List.of(), List.of(), Formats.TEXT, Optional.empty(), 0);
  }

  /// A cursor with the values of the statement that declares it.
  ///
  /// @param size in bytes of what it keeps
  Portal(Command.Query query, Portal declaring, long size) {
    this(query, declaring.values, declaring.types, Formats.TEXT, Optional.empty(), size);
  }

  /// @param size in bytes of what it keeps
  Portal(Prepared prepared, List<@Nullable Object> values, Formats formats, long size) {
    this(prepared.command(), values, prepared.types(), formats, Optional.of(prepared), size);
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

  /// Of the values, as the client gave them.
  List<Integer> types() {
    return types;
  }

  Formats formats() {
    return formats;
  }

  Cancellation cancellation() {
    return cancellation;
  }

  /// The statement that it was opened of.
  Optional<Prepared> prepared() {
    return prepared;
  }

  /// In bytes, of what it keeps of the client's words.
  long size() {
    return size;
  }

  /// What the client was told of the columns.
  void tell(List<Field> columns) {
    told = Optional.of(columns);
    prepared.ifPresent(statement -> statement.tell(columns));
  }

  /// @throws ProblemException where there are neither none, one, nor as many format codes as
  ///   columns
  void check(List<Field> columns) {
    if (!formats.fits(columns.size())) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST, "Invalid format codes: not one for each column");
    }
  }

  /// Rows in the types that the client was told.
  ///
  /// @throws ProblemException where that cannot be
  RowSource asTold(RowSource source) {
    check(source.fields());
    return told.isPresent() ? ToldRows.of(source, told.get()) : source;
  }

  Optional<RowSource> rows() {
    return rows;
  }

  /// The columns of its answer; empty where that was never opened.
  Optional<List<Field>> fields() {
    return fields;
  }

  /// @throws ProblemException where it broke off before: another answer would begin anew
  void requireWhole() {
    if (broken) {
      throw new ProblemException(
          ErrorCode.NO_SUCH_CURSOR,
          "Cannot go on with this cursor: its answer broke off; close it, and ask again");
    }
  }

  void open(RowSource source) {
    rows = Optional.of(source);
    fields = Optional.of(source.fields());
  }

  /// Whether all rows were given.
  boolean isDone() {
    return done;
  }

  void finish() {
    done = true;
    close();
  }

  /// Rows were given, and the others are lost.
  void breakOff() {
    broken = true;
    close();
  }

  /// How many rows it has given of others, as `FETCH` does.
  long given() {
    return given;
  }

  void give(long more) {
    given += more;
  }

  @Override
  public void close() {
    Optional<RowSource> open = rows;
    rows = Optional.empty();
    open.ifPresent(RowSource::close);
  }
}
