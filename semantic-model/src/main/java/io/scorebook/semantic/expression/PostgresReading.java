package io.scorebook.semantic.expression;

import java.util.List;
import java.util.stream.Stream;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.sql.validate.SqlValidatorCatalogReader;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.util.Litmus;
import org.jspecify.annotations.Nullable;

/// What PostgreSQL reads otherwise than the validator.
///
/// Names in ORDER BY: one that stands alone is a column of the answer; one inside of an expression
/// is a column of what is read, where there is one, so that `SELECT -wins AS wins ... ORDER BY
/// -wins` begins with the most. And keys of ROLLUP and CUBE that stand twice, which give their
/// groups twice, and here once: refused.
final class PostgresReading extends SqlValidatorImpl {
  PostgresReading(
      SqlOperatorTable operators,
      SqlValidatorCatalogReader catalog,
      RelDataTypeFactory types,
      Config config) {
    super(operators, catalog, types, config);
  }

  /// Looks at keys once they are called by their full names, whatever they are called by.
  @Override
  protected void validateGroupClause(SqlSelect select) {
    super.validateGroupClause(select);
    SqlNodeList group = select.getGroup();
    if (group != null) {
      group.accept(
          new SqlBasicVisitor<Void>() {
            @Override
            public Void visit(SqlCall call) {
              if (call.getKind() == SqlKind.ROLLUP || call.getKind() == SqlKind.CUBE) {
                refuseTwice(call.getKind(), keys(call));
              }
              return super.visit(call);
            }
          });
    }
  }

  private static void refuseTwice(SqlKind kind, List<SqlNode> keys) {
    for (int i = 1; i < keys.size(); i++) {
      SqlNode key = keys.get(i);
      if (keys.subList(0, i).stream().anyMatch(other -> other.equalsDeep(key, Litmus.IGNORE))) {
        throw new Misuse(key, "Cannot use a key twice in %s; write it once".formatted(kind))
            .toContextException();
      }
    }
  }

  /// Also those that stand together in brackets.
  private static List<SqlNode> keys(SqlCall call) {
    return call.getOperandList().stream()
        .flatMap(key ->
            key instanceof SqlCall row && row.getKind() == SqlKind.ROW
                ? row.getOperandList().stream()
                : key instanceof SqlNodeList list ? list.stream() : Stream.of(key))
        .toList();
  }

  @Override
  public SqlNode expandOrderExpr(SqlSelect select, SqlNode item) {
    return super.expandOrderExpr(select, ofWhatIsRead(select, item));
  }

  private SqlNode ofWhatIsRead(SqlSelect select, SqlNode item) {
    return switch (item.getKind()) {
      case IDENTIFIER -> item;
      case DESCENDING, NULLS_FIRST, NULLS_LAST -> {
        SqlCall call = (SqlCall) item;
        SqlNode ordered = ofWhatIsRead(select, call.operand(0));
        yield ordered == call.operand(0)
            ? item
            : call.getOperator().createCall(call.getParserPosition(), ordered);
      }
      default -> {
        SqlNode qualified = item.accept(new Qualified(getSelectScope(select)));
        yield qualified == null ? item : qualified;
      }
    };
  }

  /// Simple names with the table that has them; those that no table has stay as they are.
  private static final class Qualified extends SqlShuttle {
    private final SqlValidatorScope scope;

    private Qualified(SqlValidatorScope scope) {
      this.scope = scope;
    }

    @Override
    public SqlNode visit(SqlIdentifier name) {
      return name.isSimple() && scope.resolveColumn(name.getSimple(), name) != null
          ? scope.fullyQualify(name).identifier
          : name;
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
      if (call.isA(SqlKind.QUERY)) {
        return call;
      }
      boolean namesWindow =
          call.getKind() == SqlKind.OVER && call.operand(1) instanceof SqlIdentifier;
      if (!namesWindow) {
        return super.visit(call);
      }
      SqlNode aggregate = call.<SqlNode>operand(0).accept(this);
      return call.getOperator().createCall(call.getParserPosition(), aggregate, call.operand(1));
    }
  }
}
