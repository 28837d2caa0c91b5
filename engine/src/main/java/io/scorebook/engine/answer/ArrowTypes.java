package io.scorebook.engine.answer;

import io.scorebook.engine.answer.ValueType.Decimal;
import io.scorebook.engine.answer.ValueType.Simple;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/// The types of an answer's columns in Arrow. Every column may have NULLs.
public final class ArrowTypes {
  private ArrowTypes() {}

  public static ArrowType of(ValueType type) {
    return switch (type) {
      case Simple.STRING -> ArrowType.Utf8.INSTANCE;
      case Simple.INTEGER -> new ArrowType.Int(Long.SIZE, true);
      case Simple.DOUBLE -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
      case Simple.BOOLEAN -> ArrowType.Bool.INSTANCE;
      case Simple.DATE -> new ArrowType.Date(DateUnit.DAY);
      case Simple.TIMESTAMP -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, null);
      case Simple.INSTANT -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC");
      case Decimal(int precision, int scale) -> new ArrowType.Decimal(precision, scale, 128);
    };
  }

  /// Columns without metadata.
  ///
  /// @param names as many as types; one name may stand twice
  public static Schema schema(List<String> names, List<ValueType> types) {
    var fields = new ArrayList<Field>();
    for (int i = 0; i < types.size(); i++) {
      fields.add(Field.nullable(names.get(i), of(types.get(i))));
    }
    return new Schema(fields);
  }
}
