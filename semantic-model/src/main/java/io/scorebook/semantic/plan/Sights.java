package io.scorebook.semantic.plan;

import io.scorebook.semantic.expression.ExactTypes;
import io.scorebook.semantic.expression.FineTimes;
import io.scorebook.semantic.expression.Masks;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.util.DateString;

/// Whether conditions and masks fit their table, before anyone asks.
public final class Sights {
  private Sights() {}

  /// What is wrong with a condition; empty where nothing is.
  public static Optional<String> problem(SourceTable table, String condition) {
    var rex = new RexBuilder(new JavaTypeFactoryImpl(ExactTypes.INSTANCE));
    RelDataType row = StoredTable.rowType(table, rex.getTypeFactory());
    try {
      new RowConditions(rex, row, (_, type) -> Optional.of(List.of(specimen(type))))
          .condition(condition);
      return Optional.empty();
    } catch (Refusal refusal) {
      return Optional.of(refusal.issues().getFirst().message());
    }
  }

  /// Some value of the type, in the place of a caller's.
  private static Object specimen(RelDataType type) {
    return List.of("0", "true", "2000-01-01", "2000-01-01T00:00:00").stream()
        .flatMap(text -> TypedText.parse(text, type).stream())
        .findFirst()
        .orElse("");
  }

  /// Why a column cannot be shown so; empty where it can.
  public static Optional<String> problem(SourceTable table, String column, Sight.Shown shown) {
    var rex = new RexBuilder(new JavaTypeFactoryImpl(ExactTypes.INSTANCE));
    RelDataTypeField field =
        StoredTable.rowType(table, rex.getTypeFactory()).getField(column, true, false);
    if (field == null) {
      throw new IllegalArgumentException("Invalid column: " + column);
    }
    RelDataType type = field.getType();
    boolean isText = type.getSqlTypeName() == SqlTypeName.VARCHAR;
    return switch (shown) {
      case Sight.Shown.Hidden _, Sight.Shown.Nothing _ -> Optional.empty();
      case Sight.Shown.Pseudonym _ ->
          Masks.hasPseudonyms(type)
              ? Optional.empty()
              : Optional.of("there are pseudonyms of texts and longs; deny it, or mask it by null");
      case Sight.Shown.Partial _ ->
          isText ? Optional.empty() : Optional.of("only a text has a part; use bucket, or null");
      case Sight.Shown.Bucket(BigDecimal size) -> bucket(type, size);
      case Sight.Shown.Period _ ->
          type.getSqlTypeName() == SqlTypeName.DATE
                  || type.getSqlTypeName() == SqlTypeName.TIMESTAMP
              ? Optional.empty()
              : Optional.of("only a date or a timestamp lies in a period");
      case Sight.Shown.Constant(String text) ->
          constant(rex, text, type).isPresent()
              ? Optional.empty()
              : Optional.of("'%s' is no value of its type".formatted(text));
    };
  }

  private static Optional<String> bucket(RelDataType type, BigDecimal size) {
    return switch (type.getSqlTypeName()) {
      case INTEGER, BIGINT ->
          size.stripTrailingZeros().scale() > 0
              ? Optional.of("a whole number is put into buckets of a whole size")
              : Optional.empty();
      case DECIMAL ->
          size.stripTrailingZeros().scale() > type.getScale()
              ? Optional.of("the size has more digits behind the point than the column")
              : Optional.empty();
      case REAL, DOUBLE -> Optional.empty();
      default -> Optional.of("only a number is put into buckets by a number");
    };
  }

  /// The text as a literal of the type, if it is one.
  static Optional<RexNode> constant(RexBuilder rex, String text, RelDataType nullable) {
    RelDataType type = rex.getTypeFactory().createTypeWithNullability(nullable, false);
    return TypedText.parse(text, type)
        .filter(value -> fits(value, type))
        .map(value ->
            switch (value) {
              case String day when type.getSqlTypeName() == SqlTypeName.DATE ->
                  rex.makeDateLiteral(new DateString(day));
              case String time when type.getSqlTypeName() == SqlTypeName.TIMESTAMP ->
                  rex.ensureType(
                      type,
                      rex.makeTimestampLiteral(
                          FineTimes.literal(LocalDateTime.parse(time)), FineTimes.DIGITS),
                      true);
              case Boolean bool -> rex.makeLiteral(bool);
              case BigDecimal number when SqlTypeUtil.isApproximateNumeric(type) ->
                  rex.ensureType(type, rex.makeApproxLiteral(number), true);
              case BigDecimal number -> rex.ensureType(type, rex.makeExactLiteral(number), true);
              default -> rex.makeLiteral(value, type, true);
            });
  }

  private static boolean fits(Object value, RelDataType type) {
    if (!(value instanceof BigDecimal number)) {
      return type.getSqlTypeName() != SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
    }
    return switch (type.getSqlTypeName()) {
      case INTEGER -> number.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0;
      case BIGINT -> number.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
      case DECIMAL ->
          number.stripTrailingZeros().scale() <= type.getScale()
              && number.precision() - number.scale() <= type.getPrecision() - type.getScale();
      default -> true;
    };
  }
}
