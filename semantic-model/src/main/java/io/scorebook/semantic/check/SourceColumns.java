package io.scorebook.semantic.check;

import io.scorebook.semantic.expression.Expressions;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.plan.SourceTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.schema.SchemaPlus;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.tools.Frameworks;

/// The columns of the datasets' sources, where the tables of the catalog are known.
final class SourceColumns {
  private final Collection<SourceTable> tables;
  private final Expressions expressions;
  private final Map<String, Optional<RelDataType>> rows = new HashMap<>();
  private final Map<String, Invalid> invalid = new HashMap<>();

  /// Why a source is no relation, and where in its SQL.
  record Invalid(SqlParserPos position, String why) {}

  SourceColumns(Collection<SourceTable> tables) {
    this.tables = tables;
    SchemaPlus root = Frameworks.createRootSchema(false);
    for (SourceTable table : tables) {
      SchemaPlus namespace = root.subSchemas().get(table.namespace());
      if (namespace == null) {
        namespace = root.add(table.namespace(), new AbstractSchema());
      }
      namespace.add(table.name(), new Columns(table));
    }
    this.expressions = Expressions.over(root);
  }

  Expressions expressions() {
    return expressions;
  }

  Collection<SourceTable> tables() {
    return tables;
  }

  Optional<SourceTable> findTable(Dataset.Source.Table wanted) {
    return tables.stream()
        .filter(table ->
            table.namespace().equalsIgnoreCase(wanted.namespace())
                && table.name().equalsIgnoreCase(wanted.name()))
        .findFirst();
  }

  /// The columns of a dataset's source; empty where it is not valid.
  Optional<RelDataType> row(Dataset dataset, Parsed query) {
    return rows.computeIfAbsent(key(dataset), _ -> find(dataset, query));
  }

  Optional<Invalid> invalid(Dataset dataset) {
    return Optional.ofNullable(invalid.get(key(dataset)));
  }

  private Optional<RelDataType> find(Dataset dataset, Parsed query) {
    return switch (dataset.source()) {
      case Dataset.Source.Table table ->
          findTable(table)
              .map(found -> new Columns(found).getRowType(expressions.cluster().getTypeFactory()));
      case Dataset.Source.Query _ -> query.tree().flatMap(tree -> validate(dataset, tree));
    };
  }

  private Optional<RelDataType> validate(Dataset dataset, SqlNode query) {
    try {
      return Optional.of(expressions.query(query).validatedRowType);
    } catch (CalciteContextException e) {
      invalid.put(key(dataset), new Invalid(SqlProblem.position(e), SqlProblem.reason(e)));
    } catch (RuntimeException | AssertionError | StackOverflowError e) {
      invalid.put(key(dataset), new Invalid(SqlParserPos.ZERO, SqlProblem.reason(e)));
    }
    return Optional.empty();
  }

  private static String key(Dataset dataset) {
    return dataset.name().toLowerCase(Locale.ROOT);
  }

  /// A table of the catalog in Calcite's terms.
  private static final class Columns extends AbstractTable {
    private final SourceTable table;

    Columns(SourceTable table) {
      this.table = table;
    }

    @Override
    public RelDataType getRowType(RelDataTypeFactory types) {
      List<String> names = new ArrayList<>();
      List<RelDataType> columns = new ArrayList<>();
      for (SourceTable.Column column : table.columns()) {
        names.add(column.name());
        columns.add(
            types.createTypeWithNullability(type(types, column.type()), !column.required()));
      }
      return types.createStructType(columns, names);
    }

    private static RelDataType type(RelDataTypeFactory types, SourceTable.Type type) {
      return switch (type) {
        case SourceTable.Type.Decimal(int precision, int scale) ->
            types.createSqlType(SqlTypeName.DECIMAL, precision, scale);
        case SourceTable.Type.Simple simple -> types.createSqlType(sqlType(simple));
      };
    }

    private static SqlTypeName sqlType(SourceTable.Type.Simple type) {
      return switch (type) {
        case BOOLEAN -> SqlTypeName.BOOLEAN;
        case INTEGER -> SqlTypeName.INTEGER;
        case LONG -> SqlTypeName.BIGINT;
        case FLOAT -> SqlTypeName.REAL;
        case DOUBLE -> SqlTypeName.DOUBLE;
        case STRING -> SqlTypeName.VARCHAR;
        case BINARY -> SqlTypeName.VARBINARY;
        case DATE -> SqlTypeName.DATE;
        case TIME -> SqlTypeName.TIME;
        case TIMESTAMP -> SqlTypeName.TIMESTAMP;
        case TIMESTAMP_TZ -> SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
      };
    }
  }
}
