package io.scorebook.semantic.plan;

import io.scorebook.semantic.expression.FineTimes;
import io.scorebook.semantic.question.Filter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.util.DateString;
import org.jspecify.annotations.Nullable;

/// Turns the filters of a question into conditions; a value that does not fit its field is refused,
/// not cast.
final class Conditions {
  private final RexBuilder rex;
  private final Function<String, RexNode> fields;

  /// @param fields gives a name its value
  Conditions(RexBuilder rex, Function<String, RexNode> fields) {
    this.rex = rex;
    this.fields = fields;
  }

  /// The condition, in which no OR stands directly in an OR, and no AND in an AND: so plans want
  /// it.
  RexNode condition(Filter filter) {
    return switch (filter) {
      case Filter.Comparison comparison -> comparison(comparison);
      case Filter.And(List<Filter> of) -> combine(SqlStdOperatorTable.AND, of);
      case Filter.Or(List<Filter> of) -> combine(SqlStdOperatorTable.OR, of);
      case Filter.Not(Filter of) -> negated(condition(of));
    };
  }

  /// The opposite, with NOT inside of AND and OR: Calcite brings it there by itself, and takes no
  /// care then that no OR stands in an OR.
  private RexNode negated(RexNode condition) {
    return switch (condition.getKind()) {
      case AND -> flat(rex.makeCall(SqlStdOperatorTable.OR, eachNegated(condition)));
      case OR -> flat(rex.makeCall(SqlStdOperatorTable.AND, eachNegated(condition)));
      case NOT -> ((RexCall) condition).getOperands().getFirst();
      default -> rex.makeCall(SqlStdOperatorTable.NOT, condition);
    };
  }

  /// Calcite looks at the operands of one AND or OR alone, not further down.
  private RexNode flat(RexNode condition) {
    return RexUtil.flatten(rex, condition);
  }

  private List<RexNode> eachNegated(RexNode condition) {
    return ((RexCall) condition).getOperands().stream().map(this::negated).toList();
  }

  private RexNode combine(SqlOperator operator, List<Filter> filters) {
    if (filters.isEmpty()) {
      throw new Refusal(
          Issue.Code.INVALID_FILTER,
          "Cannot use an empty '%s'"
              .formatted(operator.getName().toLowerCase(java.util.Locale.ROOT)));
    }
    List<RexNode> conditions = filters.stream().map(this::condition).toList();
    return conditions.size() == 1
        ? conditions.getFirst()
        : flat(rex.makeCall(operator, conditions));
  }

  private RexNode comparison(Filter.Comparison comparison) {
    RexNode field = fields.apply(comparison.field());
    checkCount(comparison);
    return switch (comparison.op()) {
      case EQUAL -> binary(SqlStdOperatorTable.EQUALS, field, comparison);
      case NOT_EQUAL -> binary(SqlStdOperatorTable.NOT_EQUALS, field, comparison);
      case LESS -> binary(SqlStdOperatorTable.LESS_THAN, field, comparison);
      case LESS_OR_EQUAL -> binary(SqlStdOperatorTable.LESS_THAN_OR_EQUAL, field, comparison);
      case GREATER -> binary(SqlStdOperatorTable.GREATER_THAN, field, comparison);
      case GREATER_OR_EQUAL -> binary(SqlStdOperatorTable.GREATER_THAN_OR_EQUAL, field, comparison);
      case IN -> in(field, comparison);
      case NOT_IN -> negated(in(field, comparison));
      case IS_NULL -> rex.makeCall(SqlStdOperatorTable.IS_NULL, field);
      case IS_NOT_NULL -> rex.makeCall(SqlStdOperatorTable.IS_NOT_NULL, field);
      case CONTAINS -> like(field, comparison, "%");
      case STARTS_WITH -> like(field, comparison, "");
    };
  }

  private static void checkCount(Filter.Comparison comparison) {
    int values = comparison.values().size();
    boolean fits =
        switch (comparison.op()) {
          case IS_NULL, IS_NOT_NULL -> values == 0;
          case IN, NOT_IN -> values > 0;
          default -> values == 1;
        };
    if (!fits) {
      throw new Refusal(
          Issue.Code.INVALID_FILTER,
          comparison.field(),
          "Cannot compare '%s' by '%s' with %d values"
              .formatted(comparison.field(), comparison.op().symbol(), values),
          List.of());
    }
  }

  private RexNode binary(SqlOperator operator, RexNode field, Filter.Comparison comparison) {
    return rex.makeCall(
        operator, field, literal(comparison, field.getType(), comparison.values().getFirst()));
  }

  private RexNode in(RexNode field, Filter.Comparison comparison) {
    List<RexNode> equalities =
        comparison.values().stream()
            .map(value ->
                rex.makeCall(
                    SqlStdOperatorTable.EQUALS, field, literal(comparison, field.getType(), value)))
            .toList();
    return equalities.size() == 1
        ? equalities.getFirst()
        : rex.makeCall(SqlStdOperatorTable.OR, equalities);
  }

  private RexNode like(RexNode field, Filter.Comparison comparison, String before) {
    if (!SqlTypeUtil.inCharFamily(field.getType())
        || !(comparison.values().getFirst() instanceof String text)) {
      throw invalid(comparison, "a text of a text field");
    }
    String escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    return rex.makeCall(SqlStdOperatorTable.LIKE, field, text(before + escaped + "%"), text("\\"));
  }

  private RexNode literal(Filter.Comparison comparison, RelDataType type, @Nullable Object value) {
    if (value == null) {
      throw new Refusal(
          Issue.Code.INVALID_FILTER,
          comparison.field(),
          "Cannot compare '%s' with null; use the op isNull or isNotNull"
              .formatted(comparison.field()),
          List.of());
    }
    return switch (type.getSqlTypeName()) {
      case VARCHAR, CHAR -> {
        if (value instanceof String text) {
          yield text(text);
        }
        throw invalid(comparison, "a text");
      }
      case TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL, REAL, FLOAT, DOUBLE -> {
        BigDecimal number = number(value);
        if (number == null) {
          throw invalid(comparison, "a number");
        }
        yield SqlTypeUtil.isApproximateNumeric(type)
            ? rex.makeApproxLiteral(number)
            : rex.makeExactLiteral(number);
      }
      case BOOLEAN -> {
        if (value instanceof Boolean bool) {
          yield rex.makeLiteral(bool);
        }
        throw invalid(comparison, "true or false");
      }
      case DATE -> date(comparison, value);
      case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> timestamp(comparison, type, value);
      default -> throw invalid(comparison, "a value of a comparable type");
    };
  }

  private RexNode text(String value) {
    return rex.makeLiteral(
        value,
        rex.getTypeFactory()
            .createTypeWithNullability(
                rex.getTypeFactory().createSqlType(SqlTypeName.VARCHAR), false),
        true);
  }

  private static @Nullable BigDecimal number(Object value) {
    return switch (value) {
      case BigDecimal decimal -> decimal;
      case BigInteger integer -> new BigDecimal(integer);
      case Long integer -> BigDecimal.valueOf(integer);
      case Integer integer -> BigDecimal.valueOf(integer);
      case Double real when Double.isFinite(real) -> BigDecimal.valueOf(real);
      default -> null;
    };
  }

  private RexNode date(Filter.Comparison comparison, Object value) {
    try {
      LocalDate date =
          value instanceof LocalDate day ? day : LocalDate.parse(String.valueOf(value));
      return rex.makeDateLiteral(new DateString(date.toString()));
    } catch (DateTimeParseException | IllegalArgumentException _) {
      throw invalid(comparison, "a date as 2018-10-16");
    }
  }

  private RexNode timestamp(Filter.Comparison comparison, RelDataType type, Object value) {
    try {
      String text = String.valueOf(value);
      LocalDateTime time =
          text.length() == 10 ? LocalDate.parse(text).atStartOfDay() : LocalDateTime.parse(text);
      if (!FineTimes.isKept(time)) {
        throw invalid(comparison, "a time that is no finer than a microsecond");
      }
      return rex.ensureType(
          type, rex.makeTimestampLiteral(FineTimes.literal(time), FineTimes.DIGITS), true);
    } catch (DateTimeParseException | IllegalArgumentException _) {
      throw invalid(comparison, "a time as 2018-10-16T19:30:00");
    }
  }

  private static Refusal invalid(Filter.Comparison comparison, String expected) {
    return new Refusal(
        Issue.Code.INVALID_VALUE,
        comparison.field(),
        "Invalid value %s for '%s %s': must be %s"
            .formatted(comparison.values(), comparison.field(), comparison.op().symbol(), expected),
        List.of());
  }
}
