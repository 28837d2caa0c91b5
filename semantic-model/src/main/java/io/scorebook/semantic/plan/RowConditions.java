package io.scorebook.semantic.plan;

import io.scorebook.documents.Suggestions;
import io.scorebook.semantic.expression.Sql;
import io.scorebook.semantic.question.Filter;
import io.scorebook.semantic.question.Filter.Op;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.NlsString;
import org.apache.calcite.util.TimestampString;
import org.jspecify.annotations.Nullable;

/// Reads the condition of a policy: columns compared with literals and with attributes of the
/// caller, joined by AND, OR and NOT. There is nothing in it that could fail for a value, so that a
/// hidden row cannot be told by an error; and values of attributes become literals of the column's
/// type, never text of SQL.
final class RowConditions {
  private static final int MAX_LENGTH = 10_000;
  private static final int MAX_DEPTH = 100;

  private final RexBuilder rex;
  private final RelDataType row;
  private final Attributes attributes;
  private final Conditions conditions;

  /// The attributes of who asks.
  interface Attributes {
    /// The values as filters have them; empty where there is none, or one is not of the type.
    Optional<List<Object>> find(String name, RelDataType type);
  }

  /// Those that are given as texts.
  static Attributes of(Map<String, List<String>> texts) {
    return (name, type) -> {
      List<Optional<Object>> values =
          texts.getOrDefault(name, List.of()).stream()
              .map(text -> TypedText.parse(text, type))
              .toList();
      return values.isEmpty() || values.stream().anyMatch(Optional::isEmpty)
          ? Optional.empty()
          : Optional.of(values.stream().map(Optional::orElseThrow).toList());
    };
  }

  /// An attribute that is not there, or of another type than the column: no row then.
  private static final class NoRow extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoRow() {
      super("no row", null, false, false);
    }
  }

  /// @param row the columns of the table
  /// @param attributes of the caller
  RowConditions(RexBuilder rex, RelDataType row, Attributes attributes) {
    this.rex = rex;
    this.row = row;
    this.attributes = attributes;
    this.conditions = new Conditions(rex, this::column);
  }

  /// @throws Refusal where the text is no such condition, whoever asks
  RexNode condition(String sql) {
    SqlNode parsed = parse(sql);
    try {
      if (parsed instanceof SqlLiteral literal && literal.getTypeName() == SqlTypeName.BOOLEAN) {
        return rex.makeLiteral(literal.booleanValue());
      }
      return conditions.condition(filter(parsed, 0));
    } catch (NoRow _) {
      return rex.makeLiteral(false);
    }
  }

  private static SqlNode parse(String sql) {
    if (sql.length() > MAX_LENGTH) {
      throw refusal("it is longer than %d characters".formatted(MAX_LENGTH));
    }
    try {
      return Sql.parseExpression(sql);
    } catch (SqlParseException e) {
      throw refusal(String.valueOf(e.getMessage()).lines().findFirst().orElse("it is no SQL"));
    } catch (StackOverflowError _) {
      throw refusal("it is nested too deep");
    }
  }

  private Filter filter(SqlNode node, int depth) {
    if (depth > MAX_DEPTH) {
      throw refusal("it is nested too deep");
    }
    if (!(node instanceof SqlCall call)) {
      throw unusable(node);
    }
    return switch (call.getKind()) {
      case AND -> new Filter.And(filters(call, depth));
      case OR -> new Filter.Or(filters(call, depth));
      case NOT -> new Filter.Not(filter(call.operand(0), depth + 1));
      case EQUALS -> comparison(call, Op.EQUAL, Op.EQUAL);
      case NOT_EQUALS -> comparison(call, Op.NOT_EQUAL, Op.NOT_EQUAL);
      case LESS_THAN -> comparison(call, Op.LESS, Op.GREATER);
      case LESS_THAN_OR_EQUAL -> comparison(call, Op.LESS_OR_EQUAL, Op.GREATER_OR_EQUAL);
      case GREATER_THAN -> comparison(call, Op.GREATER, Op.LESS);
      case GREATER_THAN_OR_EQUAL -> comparison(call, Op.GREATER_OR_EQUAL, Op.LESS_OR_EQUAL);
      case IS_NULL -> new Filter.Comparison(name(call.operand(0)), Op.IS_NULL, List.of());
      case IS_NOT_NULL -> new Filter.Comparison(name(call.operand(0)), Op.IS_NOT_NULL, List.of());
      case IN -> oneOf(call, Op.IN);
      case NOT_IN -> oneOf(call, Op.NOT_IN);
      case BETWEEN -> between(call);
      default -> throw unusable(node);
    };
  }

  private List<Filter> filters(SqlCall call, int depth) {
    return call.getOperandList().stream().map(operand -> filter(operand, depth + 1)).toList();
  }

  /// A column on one side, a value on the other.
  private Filter comparison(SqlCall call, Op op, Op turned) {
    SqlNode left = call.operand(0);
    SqlNode right = call.operand(1);
    if (isColumn(left) && !isColumn(right)) {
      return comparison(left, op, right);
    }
    if (isColumn(right) && !isColumn(left)) {
      return comparison(right, turned, left);
    }
    throw refusal(
        "%s compares %s; a column is compared with a literal or with caller.x"
            .formatted(text(call), isColumn(left) ? "two columns" : "no column"));
  }

  private Filter comparison(SqlNode column, Op op, SqlNode value) {
    List<Object> values = values(column, value);
    if (values.size() == 1) {
      return new Filter.Comparison(name(column), op, List.copyOf(values));
    }
    return switch (op) {
      case EQUAL -> new Filter.Comparison(name(column), Op.IN, List.copyOf(values));
      case NOT_EQUAL -> new Filter.Comparison(name(column), Op.NOT_IN, List.copyOf(values));
      default -> throw new NoRow(); // larger than which of them?
    };
  }

  private Filter oneOf(SqlCall call, Op op) {
    SqlNode column = call.operand(0);
    if (!(call.operand(1) instanceof SqlNodeList list)) {
      throw refusal("%s has a query in it; list values".formatted(text(call)));
    }
    var values = new ArrayList<@Nullable Object>();
    list.forEach(item -> values.addAll(values(column, item)));
    return new Filter.Comparison(name(column), op, values);
  }

  private Filter between(SqlCall call) {
    if (!call.getOperator().getName().equals("BETWEEN ASYMMETRIC")) {
      throw refusal("%s is not written with BETWEEN a AND b".formatted(text(call)));
    }
    return new Filter.And(
        List.of(
            comparison(call.operand(0), Op.GREATER_OR_EQUAL, call.operand(1)),
            comparison(call.operand(0), Op.LESS_OR_EQUAL, call.operand(2))));
  }

  /// The values of a literal or an attribute.
  private List<Object> values(SqlNode column, SqlNode value) {
    RelDataType type = column(name(column)).getType();
    if (value instanceof SqlIdentifier id && isAttribute(id)) {
      return attributes.find(id.names.get(1), type).orElseThrow(NoRow::new);
    }
    return List.of(literal(value));
  }

  private static Object literal(SqlNode node) {
    if (node instanceof SqlCall minus
        && minus.getKind() == SqlKind.MINUS_PREFIX
        && literal(minus.operand(0)) instanceof BigDecimal number) {
      return number.negate();
    }
    if (node instanceof SqlUnknownLiteral unknown) {
      return literal(resolved(unknown));
    }
    if (node instanceof SqlLiteral literal) {
      return switch (literal.getTypeName().getFamily()) {
        case CHARACTER -> literal.getValueAs(NlsString.class).getValue();
        case EXACT_NUMERIC, APPROXIMATE_NUMERIC, NUMERIC -> literal.bigDecimalValue();
        case BOOLEAN -> literal.booleanValue();
        case DATE -> literal.getValueAs(DateString.class).toString();
        case TIMESTAMP -> literal.getValueAs(TimestampString.class).toString().replace(' ', 'T');
        default -> throw unusable(node);
      };
    }
    throw unusable(node);
  }

  /// `DATE '2020-01-01'` is given its type by who reads it.
  private static SqlLiteral resolved(SqlUnknownLiteral literal) {
    SqlTypeName type = SqlTypeName.get(literal.tag);
    try {
      if (type == SqlTypeName.DATE || type == SqlTypeName.TIMESTAMP) {
        return literal.resolve(type);
      }
    } catch (CalciteException _) {
      // said below
    }
    throw unusable(literal);
  }

  private static String text(SqlNode node) {
    return node.toString().replaceAll("\\s+", " ");
  }

  private boolean isColumn(SqlNode node) {
    return node instanceof SqlIdentifier id && !isAttribute(id);
  }

  private static boolean isAttribute(SqlIdentifier id) {
    return id.names.size() == 2 && id.names.getFirst().equalsIgnoreCase("caller");
  }

  private String name(SqlNode node) {
    if (isColumn(node) && node instanceof SqlIdentifier id && id.isSimple()) {
      return id.getSimple();
    }
    throw unusable(node);
  }

  private RexNode column(String name) {
    RelDataTypeField field = row.getField(name, false, false);
    if (field == null) {
      throw refusal(
          "there is no column '%s'; %s"
              .formatted(name, Suggestions.clause(name, row.getFieldNames())));
    }
    return rex.makeInputRef(field.getType(), field.getIndex());
  }

  private static Refusal unusable(SqlNode node) {
    return refusal(
        "'%s' cannot stand in it; it has columns compared with literals and caller.x, AND, OR and NOT"
            .formatted(text(node)));
  }

  private static Refusal refusal(String why) {
    return new Refusal(Issue.Code.INVALID_FILTER, "Cannot use the condition: " + why);
  }
}
