package io.scorebook.gateway.postgres;

import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.ProblemException;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Rows in the types that a client was told before there were any: he reads them by those, and in
/// binary would take them for something else. A number that turned out to be a whole one is given
/// as the decimal that was told; what is not the same in the type that was told is refused.
final class ToldRows implements RowSource {
  private final RowSource rows;
  private final List<Field> told;

  private ToldRows(RowSource rows, List<Field> told) {
    this.rows = rows;
    this.told = told;
  }

  /// @throws ProblemException where a client who goes by what he was told would not read them
  static RowSource of(RowSource rows, List<Field> told) {
    List<Field> given = rows.fields();
    if (told.stream().map(Field::oid).toList().equals(given.stream().map(Field::oid).toList())) {
      return rows;
    }
    if (told.size() != given.size()
        || !IntStream.range(0, told.size()).allMatch(i -> holds(told.get(i), given.get(i)))) {
      throw new ProblemException(
          ErrorCode.COLUMNS_CHANGED,
          "Cannot give the answer: its columns are of other types than was told of the statement"
              + " before, by its values or by what is published now; prepare it again");
    }
    return new ToldRows(rows, told);
  }

  private static boolean holds(Field told, Field given) {
    return told.oid() == given.oid()
        || told.oid() == PgType.NUMERIC.oid() && given.oid() == PgType.INT8.oid();
  }

  @Override
  public List<Field> fields() {
    return told;
  }

  @Override
  public boolean next() {
    return rows.next();
  }

  @Override
  public @Nullable Object value(int column) {
    return rows.value(column);
  }

  @Override
  public Cell cell(int column, boolean binary) {
    return told.get(column).oid() == rows.fields().get(column).oid()
        ? rows.cell(column, binary)
        : RowSource.super.cell(column, binary);
  }

  @Override
  public void satisfied() {
    rows.satisfied();
  }

  @Override
  public void close() {
    rows.close();
  }
}
