package io.scorebook.engine.reference;

import io.scorebook.engine.answer.EngineException;
import io.scorebook.engine.answer.EngineException.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.schema.impl.ScalarFunctionImpl;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;

/// Calls of functions by their names, as calls of the methods of [Texts], [Numbers] and [Calendar].
final class Natives {
  private static final Map<String, String> TEXTS =
      Map.ofEntries(
          Map.entry("LENGTH", "length"),
          Map.entry("UPPER", "upper"),
          Map.entry("LOWER", "lower"),
          Map.entry("TRIM", "trim"),
          Map.entry("LTRIM", "ltrim"),
          Map.entry("RTRIM", "rtrim"),
          Map.entry("LEFT", "left"),
          Map.entry("RIGHT", "right"),
          Map.entry("REPLACE", "replace"),
          Map.entry("SPLIT_PART", "splitPart"),
          Map.entry("POSITION", "position"),
          Map.entry("CONTAINS", "contains"),
          Map.entry("STARTS_WITH", "startsWith"),
          Map.entry("ENDS_WITH", "endsWith"),
          Map.entry("REGEXP_LIKE", "regexpLike"),
          Map.entry("REGEXP_COUNT", "regexpCount"),
          Map.entry("REGEXP_EXTRACT", "regexpExtract"));

  private static final List<String> REALS =
      List.of(
          "SQRT", "EXP", "LN", "LOG10", "LOG", "POWER", "SIN", "COS", "TAN", "ASIN", "ACOS", "ATAN",
          "ATAN2", "RADIANS", "DEGREES", "PI");

  private final RexBuilder rex;

  Natives(RexBuilder rex) {
    this.rex = rex;
  }

  /// The call as one of a method; as it is where it is none that is known here.
  RexNode rewrite(RexCall call) {
    String name = call.getOperator().getName();
    if (call.getKind() != SqlKind.OTHER_FUNCTION) {
      return call;
    }
    if (TEXTS.containsKey(name)) {
      return method(Texts.class, TEXTS.get(name), call);
    }
    if (REALS.contains(name)) {
      List<RexNode> doubles =
          call.getOperands().stream().map(operand -> as(operand, SqlTypeName.DOUBLE)).toList();
      return method(Numbers.class, name.toLowerCase(Locale.ROOT), call, doubles);
    }
    return switch (name) {
      case "SUBSTRING" ->
          method(Texts.class, call.getOperands().size() == 2 ? "substringFrom" : "substring", call);
      case "ROUND", "TRUNC" ->
          method(
              Numbers.class,
              name.toLowerCase(Locale.ROOT) + kind(call),
              call,
              List.of(
                  call.getOperands().getFirst(),
                  call.getOperands().size() == 1 ? number(0) : call.getOperands().get(1)));
      case "ABS", "SIGN" -> method(Numbers.class, name.toLowerCase(Locale.ROOT) + kind(call), call);
      case "DATEADD" -> dateAdd(call);
      case "DATEDIFF" -> dateDiff(call);
      case "EPOCH", "SECONDS" ->
          method(
              Calendar.class,
              name.toLowerCase(Locale.ROOT),
              call,
              List.of(as(call.getOperands().getFirst(), SqlTypeName.TIMESTAMP)));
      case "GREATEST" -> extreme(call, SqlStdOperatorTable.GREATER_THAN_OR_EQUAL);
      case "LEAST" -> extreme(call, SqlStdOperatorTable.LESS_THAN_OR_EQUAL);
      default -> call;
    };
  }

  /// A cast from a text, or to one, as a call of a method; as it is where it is none of these.
  RexNode cast(RexCall call) {
    RexNode operand = call.getOperands().getFirst();
    SqlTypeName from = operand.getType().getSqlTypeName();
    SqlTypeName to = call.getType().getSqlTypeName();
    boolean toText = SqlTypeName.CHAR_TYPES.contains(to);
    if (SqlTypeName.CHAR_TYPES.contains(from) && !toText) {
      return parsed(call, operand, rex.makeLiteral(call.getKind() == SqlKind.SAFE_CAST));
    }
    if (call.getKind() == SqlKind.SAFE_CAST) {
      throw new EngineException(Kind.UNSUPPORTED, "Cannot run TRY_CAST but of a text", null);
    }
    if (!toText) {
      return SqlTypeName.APPROX_TYPES.contains(from) && to == SqlTypeName.DECIMAL
          ? method(
              Casts.class, "rounded", call, List.of(operand, number(call.getType().getScale())))
          : call;
    }
    return switch (from) {
      case DECIMAL ->
          method(
              Casts.class,
              "decimalText",
              call,
              List.of(operand, number(operand.getType().getScale())));
      case TIMESTAMP -> method(Casts.class, "timestampText", call);
      case REAL, FLOAT, DOUBLE, TIME ->
          throw new EngineException(
              Kind.UNSUPPORTED, "Cannot run the cast of %s to %s".formatted(from, to), null);
      default -> call;
    };
  }

  private RexNode parsed(RexCall call, RexNode text, RexNode isTry) {
    RelDataType to = call.getType();
    return switch (to.getSqlTypeName()) {
      case TINYINT, SMALLINT, INTEGER, BIGINT ->
          method(
              Casts.class,
              "toInteger",
              call,
              List.of(text, rex.makeLiteral(to.getSqlTypeName().getName()), isTry));
      case DECIMAL ->
          method(
              Casts.class,
              "toDecimal",
              call,
              List.of(text, number(to.getPrecision()), number(to.getScale()), isTry));
      case REAL, FLOAT, DOUBLE -> method(Casts.class, "toDouble", call, List.of(text, isTry));
      case BOOLEAN -> method(Casts.class, "toBoolean", call, List.of(text, isTry));
      case DATE -> method(Casts.class, "toDate", call, List.of(text, isTry));
      case TIME -> method(Casts.class, "toTime", call, List.of(text, isTry));
      case TIMESTAMP -> method(Casts.class, "toTimestamp", call, List.of(text, isTry));
      default -> call;
    };
  }

  private RexNode number(int value) {
    return rex.makeExactLiteral(BigDecimal.valueOf(value));
  }

  private static String kind(RexCall call) {
    SqlTypeName type = call.getOperands().getFirst().getType().getSqlTypeName();
    return SqlTypeName.INT_TYPES.contains(type)
        ? "Integer"
        : type == SqlTypeName.DECIMAL ? "Decimal" : "Double";
  }

  private RexNode dateAdd(RexCall call) {
    boolean day = call.getType().getSqlTypeName() == SqlTypeName.DATE;
    RexNode moment = call.getOperands().get(2);
    return method(
        Calendar.class,
        day ? "addToDate" : "addToTimestamp",
        call,
        List.of(
            call.getOperands().get(0),
            call.getOperands().get(1),
            day ? moment : as(moment, SqlTypeName.TIMESTAMP)));
  }

  private RexNode dateDiff(RexCall call) {
    return method(
        Calendar.class,
        "difference",
        call,
        List.of(
            call.getOperands().get(0),
            as(call.getOperands().get(1), SqlTypeName.TIMESTAMP),
            as(call.getOperands().get(2), SqlTypeName.TIMESTAMP)));
  }

  /// CASE WHEN a IS NULL OR b IS NULL THEN NULL WHEN a >= b THEN a ELSE b END, of any number.
  private RexNode extreme(RexCall call, SqlOperator comparison) {
    List<RexNode> values =
        call.getOperands().stream()
            .map(operand -> rex.ensureType(nullable(call.getType()), operand, false))
            .toList();
    var cases = new ArrayList<RexNode>();
    for (RexNode value : values) {
      cases.add(rex.makeCall(SqlStdOperatorTable.IS_NULL, value));
      cases.add(rex.makeNullLiteral(nullable(call.getType())));
    }
    for (int i = 0; i < values.size() - 1; i++) {
      RexNode best = rex.makeLiteral(true);
      for (int j = i + 1; j < values.size(); j++) {
        best =
            rex.makeCall(
                SqlStdOperatorTable.AND,
                best,
                rex.makeCall(comparison, values.get(i), values.get(j)));
      }
      cases.add(best);
      cases.add(values.get(i));
    }
    cases.add(values.getLast());
    return rex.makeCall(nullable(call.getType()), SqlStdOperatorTable.CASE, cases);
  }

  RexNode method(Class<?> type, String name, RexCall call) {
    return method(type, name, call, call.getOperands());
  }

  /// Integers are given as BIGINT, texts as VARCHAR; what comes back is brought to the call's type.
  RexNode method(Class<?> type, String name, RexCall call, List<RexNode> operands) {
    var implementation = ScalarFunctionImpl.create(type, name);
    if (implementation == null) {
      throw new IllegalStateException("Cannot find the method " + name);
    }
    Class<?> result =
        Arrays.stream(type.getMethods())
            .filter(method -> method.getName().equals(name))
            .findFirst()
            .orElseThrow()
            .getReturnType();
    var function =
        new SqlUserDefinedFunction(
            new SqlIdentifier(name, SqlParserPos.ZERO),
            SqlKind.OTHER_FUNCTION,
            ReturnTypes.ARG0,
            InferTypes.FIRST_KNOWN,
            OperandTypes.operandMetadata(
                Collections.nCopies(operands.size(), SqlTypeFamily.ANY),
                _ -> List.of(),
                i -> "p" + i,
                _ -> false),
            implementation);
    RelDataType given =
        result == Long.class && SqlTypeName.INT_TYPES.contains(call.getType().getSqlTypeName())
            ? simple(SqlTypeName.BIGINT)
            : result == Double.class ? simple(SqlTypeName.DOUBLE) : nullable(call.getType());
    RexNode value = rex.makeCall(given, function, operands.stream().map(this::canonical).toList());
    return given.getSqlTypeName() == SqlTypeName.DECIMAL || given != nullable(call.getType())
        ? rex.makeAbstractCast(nullable(call.getType()), value, false)
        : value;
  }

  private RexNode canonical(RexNode operand) {
    SqlTypeName type = operand.getType().getSqlTypeName();
    return switch (type) {
      case TINYINT, SMALLINT, INTEGER -> as(operand, SqlTypeName.BIGINT);
      case REAL, FLOAT -> as(operand, SqlTypeName.DOUBLE);
      case CHAR -> as(operand, SqlTypeName.VARCHAR);
      default -> operand;
    };
  }

  private RexNode as(RexNode operand, SqlTypeName type) {
    return operand.getType().getSqlTypeName() == type
        ? operand
        : rex.makeAbstractCast(
            rex.getTypeFactory()
                .createTypeWithNullability(
                    rex.getTypeFactory().createSqlType(type), operand.getType().isNullable()),
            operand,
            false);
  }

  private RelDataType simple(SqlTypeName type) {
    return nullable(rex.getTypeFactory().createSqlType(type));
  }

  private RelDataType nullable(RelDataType type) {
    return rex.getTypeFactory().createTypeWithNullability(type, true);
  }
}
