package io.scorebook.semantic.expression;

import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.sql.validate.SqlValidatorCatalogReader;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.jspecify.annotations.Nullable;

/// Names in ORDER BY as PostgreSQL reads them: one that stands alone is a column of the answer; one
/// inside of an expression is a column of what is read, where there is one, so that `SELECT -wins
/// AS wins ... ORDER BY -wins` begins with the most.
final class OrderedNames extends SqlValidatorImpl {
  OrderedNames(
      SqlOperatorTable operators,
      SqlValidatorCatalogReader catalog,
      RelDataTypeFactory types,
      Config config) {
    super(operators, catalog, types, config);
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
