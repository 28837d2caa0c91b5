package io.scorebook.engine.answer;

import io.scorebook.semantic.lineage.Lineage;
import io.scorebook.semantic.plan.Plan;
import io.scorebook.semantic.plan.Plan.OutputColumn;
import io.scorebook.semantic.plan.Plan.OutputType;
import io.scorebook.semantic.plan.Plan.Role;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.schema.SchemaPlus;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.tools.FrameworkConfig;
import org.apache.calcite.tools.Frameworks;
import org.apache.calcite.tools.RelBuilder;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/// Plans over the test's tables, from SQL or built by hand.
public final class Plans {
  private final FrameworkConfig config;

  public Plans(Map<String, Schema> tables) {
    SchemaPlus root = Frameworks.createRootSchema(false);
    SchemaPlus test = root.add("test", new AbstractSchema());
    tables.forEach((name, schema) -> test.add(name, new Stored(schema)));
    config =
        Frameworks.newConfigBuilder()
            .defaultSchema(test)
            .typeSystem(new Exact())
            .parserConfig(
                SqlParser.config()
                    .withQuoting(Quoting.DOUBLE_QUOTE)
                    .withUnquotedCasing(Casing.UNCHANGED)
                    .withConformance(SqlConformanceEnum.LENIENT))
            .sqlValidatorConfig(
                org.apache.calcite.sql.validate.SqlValidator.Config.DEFAULT.withConformance(
                    SqlConformanceEnum.LENIENT))
            .build();
  }

  public Plan sql(String sql) {
    try (org.apache.calcite.tools.Planner planner = Frameworks.getPlanner(config)) {
      SqlNode validated = planner.validate(planner.parse(sql));
      return of(planner.rel(validated).project());
    } catch (Exception e) {
      throw new IllegalArgumentException(sql, e);
    }
  }

  public RelBuilder builder() {
    return RelBuilder.create(config);
  }

  public static Plan of(RelNode rel) {
    Set<String> tables = new HashSet<>();
    collect(rel, tables);
    List<OutputColumn> columns =
        rel.getRowType().getFieldList().stream()
            .map(f -> new OutputColumn(f.getName(), output(f.getType()), Role.VALUE))
            .toList();
    return new Plan(
        rel, columns, tables, java.util.Set.of(), java.util.Set.of(), new Lineage(Map.of()));
  }

  private static void collect(RelNode rel, Set<String> tables) {
    if (rel instanceof TableScan scan) {
      tables.add(String.join(".", scan.getTable().getQualifiedName()));
    }
    rel.getInputs().forEach(input -> collect(input, tables));
  }

  private static OutputType output(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case TINYINT, SMALLINT, INTEGER, BIGINT -> OutputType.INTEGER;
      case DECIMAL -> type.getScale() == 0 ? OutputType.INTEGER : OutputType.DECIMAL;
      case REAL, FLOAT, DOUBLE -> OutputType.DOUBLE;
      case BOOLEAN -> OutputType.BOOLEAN;
      case DATE -> OutputType.DATE;
      case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> OutputType.TIMESTAMP;
      default -> OutputType.STRING;
    };
  }

  /// The sums and averages that plans have: exact, and wide enough.
  public static final class Exact extends RelDataTypeSystemImpl {
    @Override
    public int getMaxPrecision(SqlTypeName type) {
      return switch (type) {
        case DECIMAL -> 38;
        case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> 6;
        default -> super.getMaxPrecision(type);
      };
    }

    @Override
    public int getMaxScale(SqlTypeName type) {
      return type == SqlTypeName.DECIMAL ? 38 : super.getMaxScale(type);
    }

    @Override
    public RelDataType deriveSumType(RelDataTypeFactory types, RelDataType argument) {
      RelDataType sum =
          switch (argument.getSqlTypeName()) {
            case INTEGER -> types.createSqlType(SqlTypeName.BIGINT);
            case BIGINT -> types.createSqlType(SqlTypeName.DECIMAL, 38, 0);
            case DECIMAL -> types.createSqlType(SqlTypeName.DECIMAL, 38, argument.getScale());
            default -> argument;
          };
      return types.createTypeWithNullability(sum, argument.isNullable());
    }

    @Override
    public RelDataType deriveAvgAggType(RelDataTypeFactory types, RelDataType argument) {
      return types.createTypeWithNullability(
          types.createSqlType(SqlTypeName.DOUBLE), argument.isNullable());
    }

    @Override
    public boolean shouldConvertRaggedUnionTypesToVarying() {
      return true;
    }
  }

  private static final class Stored extends AbstractTable {
    private final Schema schema;

    Stored(Schema schema) {
      this.schema = schema;
    }

    @Override
    public RelDataType getRowType(RelDataTypeFactory types) {
      var row = types.builder();
      for (Types.NestedField field : schema.columns()) {
        row.add(
            field.name(),
            types.createTypeWithNullability(type(types, field.type()), field.isOptional()));
      }
      return row.build();
    }

    private static RelDataType type(RelDataTypeFactory types, Type type) {
      return switch (type.typeId()) {
        case BOOLEAN -> types.createSqlType(SqlTypeName.BOOLEAN);
        case INTEGER -> types.createSqlType(SqlTypeName.INTEGER);
        case LONG -> types.createSqlType(SqlTypeName.BIGINT);
        case DOUBLE -> types.createSqlType(SqlTypeName.DOUBLE);
        case DATE -> types.createSqlType(SqlTypeName.DATE);
        case TIMESTAMP ->
            ((Types.TimestampType) type).shouldAdjustToUTC()
                ? types.createSqlType(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, 6)
                : types.createSqlType(SqlTypeName.TIMESTAMP, 6);
        case DECIMAL -> {
          var decimal = (Types.DecimalType) type;
          yield types.createSqlType(SqlTypeName.DECIMAL, decimal.precision(), decimal.scale());
        }
        default -> types.createSqlType(SqlTypeName.VARCHAR);
      };
    }
  }
}
