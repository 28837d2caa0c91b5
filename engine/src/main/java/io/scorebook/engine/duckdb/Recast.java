package io.scorebook.engine.duckdb;

import io.scorebook.engine.answer.Cells;
import io.scorebook.engine.answer.EngineException;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.types.pojo.Field;

/// A column of DuckDB as a column of an answer.
abstract sealed class Recast implements AutoCloseable {
  private final FieldVector given;

  /// A row whose value an answer cannot have.
  record Bad(int row, EngineException why) {}

  private Recast(FieldVector given) {
    this.given = given;
  }

  /// The column of the answer.
  FieldVector given() {
    return given;
  }

  /// After a batch was loaded.
  ///
  /// @return the first row that cannot be had
  abstract Optional<Bad> cast(int rows);

  @Override
  public void close() {
    given.close();
  }

  static Recast of(FieldVector made, Field field, BufferAllocator allocator) {
    FieldVector given = field.createVector(allocator);
    if (given.getClass() != made.getClass() || isOfOtherDigits(made, given)) {
      return made instanceof BaseIntVector whole && given instanceof BigIntVector wide
          ? new Widened(whole, wide)
          : new Copied(made, given);
    }
    given.close();
    return switch (made) {
      case Float8Vector _, DateDayVector _, TimeStampMicroVector _, TimeStampMicroTZVector _ ->
          new Checked(made);
      case BigIntVector _, VarCharVector _, BitVector _, DecimalVector _ -> new Same(made);
      default -> throw new IllegalArgumentException("Invalid column of an answer: " + field);
    };
  }

  private static boolean isOfOtherDigits(FieldVector made, FieldVector given) {
    return made instanceof DecimalVector from
        && given instanceof DecimalVector to
        && (from.getPrecision() != to.getPrecision() || from.getScale() != to.getScale());
  }

  /// Every value that DuckDB has there is one of an answer.
  private static final class Same extends Recast {
    Same(FieldVector made) {
      super(made);
    }

    @Override
    Optional<Bad> cast(int rows) {
      return Optional.empty();
    }
  }

  /// The same but for what is not finite.
  private static final class Checked extends Recast {
    private final FieldVector made;

    Checked(FieldVector made) {
      super(made);
      this.made = made;
    }

    @Override
    Optional<Bad> cast(int rows) {
      for (int row = 0; row < rows; row++) {
        if (isOdd(row)) {
          try {
            Cells.value(made, row);
          } catch (EngineException e) {
            return Optional.of(new Bad(row, e));
          }
        }
      }
      return Optional.empty();
    }

    /// Whether it might not be finite; of a NULL anything may be there.
    private boolean isOdd(int row) {
      return switch (made) {
        case Float8Vector numbers -> !Double.isFinite(number(numbers, row));
        case DateDayVector dates ->
            Math.abs((long) dates.getDataBuffer().getInt((long) row * DateDayVector.TYPE_WIDTH))
                == Integer.MAX_VALUE;
        default ->
            Math.abs(made.getDataBuffer().getLong((long) row * Long.BYTES)) == Long.MAX_VALUE;
      };
    }

    private static double number(Float8Vector numbers, int row) {
      return numbers.getDataBuffer().getDouble((long) row * Float8Vector.TYPE_WIDTH);
    }
  }

  /// Integers of fewer bits.
  private static final class Widened extends Recast {
    private final BaseIntVector made;
    private final BigIntVector given;

    Widened(BaseIntVector made, BigIntVector given) {
      super(given);
      this.made = made;
      this.given = given;
    }

    @Override
    Optional<Bad> cast(int rows) {
      given.reset();
      given.setInitialCapacity(rows);
      for (int row = 0; row < rows; row++) {
        if (((FieldVector) made).isNull(row)) {
          given.setNull(row);
        } else {
          given.setSafe(row, made.getValueAsLong(row));
        }
      }
      given.setValueCount(rows);
      return Optional.empty();
    }
  }

  /// Value by value.
  private static final class Copied extends Recast {
    private final FieldVector made;
    private final FieldVector given;

    Copied(FieldVector made, FieldVector given) {
      super(given);
      this.made = made;
      this.given = given;
    }

    @Override
    Optional<Bad> cast(int rows) {
      given.reset();
      Optional<Bad> bad = Optional.empty();
      for (int row = 0; row < rows && bad.isEmpty(); row++) {
        try {
          Cells.set(given, row, Cells.value(made, row));
        } catch (EngineException e) {
          bad = Optional.of(new Bad(row, e));
        }
      }
      given.setValueCount(rows);
      return bad;
    }
  }
}
