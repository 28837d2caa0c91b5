package io.scorebook.gateway.flight;

import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.Problem;
import io.scorebook.gateway.session.ProblemException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DateMilliVector;
import org.apache.arrow.vector.Decimal256Vector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.UInt2Vector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.DenseUnionVector;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.dictionary.DictionaryProvider.MapDictionaryProvider;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.jspecify.annotations.Nullable;

/// The values of `?` as a client sends them, one row of columns, as values that have a literal.
final class Parameters {
  private Parameters() {}

  /// @param count of the parameters that the statement has
  /// @param dictionaries of columns that hold places in one
  /// @throws ProblemException where there are more or fewer, more than one row, or one has a type
  ///   without a literal
  static List<@Nullable Object> read(
      VectorSchemaRoot root, int count, DictionaryProvider dictionaries) {
    if (root.getRowCount() != 1) {
      throw new ProblemException(
          ErrorCode.UNSUPPORTED,
          "Cannot run a query with %d rows of parameters at once; send one"
              .formatted(root.getRowCount()));
    }
    List<FieldVector> columns = root.getFieldVectors();
    if (columns.size() != count) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST,
          "Cannot run the query: it has %d parameters (?), and %d values are given"
              .formatted(count, columns.size()));
    }
    var values = new ArrayList<@Nullable Object>();
    for (FieldVector column : columns) {
      try {
        values.add(value(column, 0, values.size() + 1, dictionaries));
      } catch (DateTimeException | ArithmeticException e) {
        throw new ProblemException(
            Problem.of(
                ErrorCode.INVALID_VALUE,
                "Cannot read parameter %d: it is out of range".formatted(values.size() + 1)),
            e);
      }
    }
    return values;
  }

  private static @Nullable Object value(
      FieldVector column, int row, int number, DictionaryProvider dictionaries) {
    if (column instanceof NullVector || column.isNull(row)) {
      return null;
    }
    DictionaryEncoding encoding = column.getField().getDictionary();
    if (encoding != null) {
      return encoded(column, row, number, dictionaries.lookup(encoding.getId()));
    }
    return switch (column) {
      case VarCharVector texts -> texts.getObject(row).toString();
      case LargeVarCharVector texts -> texts.getObject(row).toString();
      case UInt8Vector numbers -> numbers.getObjectNoOverflow(row);
      case UInt4Vector numbers -> numbers.getObjectNoOverflow(row);
      case UInt2Vector numbers -> (long) numbers.get(row);
      case UInt1Vector numbers -> numbers.getObjectNoOverflow(row);
      case BaseIntVector numbers -> numbers.getValueAsLong(row);
      case Float8Vector numbers -> numbers.get(row);
      case Float4Vector numbers -> numbers.get(row);
      case DecimalVector numbers -> numbers.getObject(row);
      case Decimal256Vector numbers -> numbers.getObject(row);
      case BitVector truths -> truths.get(row) != 0;
      case DateDayVector days -> LocalDate.ofEpochDay(days.get(row));
      case DateMilliVector days ->
          LocalDateTime.ofInstant(Instant.ofEpochMilli(days.get(row)), ZoneOffset.UTC)
              .toLocalDate();
      case TimeStampVector times -> time(times, row);
      case DenseUnionVector union ->
          value(
              (FieldVector) union.getVectorByType(union.getTypeId(row)),
              union.getOffset(row),
              number,
              dictionaries);
      default ->
          throw new ProblemException(
              ErrorCode.UNSUPPORTED,
              "Cannot use a value of Arrow's type %s as parameter %d; write it into the query"
                  .formatted(column.getField().getType(), number));
    };
  }

  /// The value at the place that a column holds.
  private static @Nullable Object encoded(
      FieldVector column, int row, int number, @Nullable Dictionary dictionary) {
    long place = column instanceof BaseIntVector places ? places.getValueAsLong(row) : -1;
    if (dictionary == null || place < 0 || place >= dictionary.getVector().getValueCount()) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST,
          "Cannot read parameter %d: its dictionary does not have it".formatted(number));
    }
    return value(
        dictionary.getVector(), Math.toIntExact(place), number, new MapDictionaryProvider());
  }

  /// A time of a zone is a moment, which is told in UTC.
  private static LocalDateTime time(TimeStampVector times, int row) {
    var type = (ArrowType.Timestamp) times.getField().getType();
    ChronoUnit unit =
        switch (type.getUnit()) {
          case SECOND -> ChronoUnit.SECONDS;
          case MILLISECOND -> ChronoUnit.MILLIS;
          case MICROSECOND -> ChronoUnit.MICROS;
          case NANOSECOND -> ChronoUnit.NANOS;
        };
    return LocalDateTime.of(1970, 1, 1, 0, 0).plus(times.get(row), unit);
  }
}
