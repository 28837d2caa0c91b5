package io.scorebook.semantic.expression;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.calcite.config.CalciteConnectionConfig;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.Context;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptCostImpl;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.ViewExpanders;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.schema.SchemaPlus;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.fun.SqlLibrary;
import org.apache.calcite.sql.fun.SqlLibraryOperatorTableFactory;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.util.SqlOperatorTables;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.sql2rel.StandardConvertletTable;
import org.apache.calcite.tools.RelBuilder;

/// Turns parsed SQL into Calcite's expressions and trees; one for each planning, not shared between
/// threads.
public final class Expressions {
  private static final SqlOperatorTable OPERATORS =
      SqlOperatorTables.chain(
          SqlLibraryOperatorTableFactory.INSTANCE.getOperatorTable(
              SqlLibrary.STANDARD, SqlLibrary.CALCITE, SqlLibrary.POSTGRESQL),
          SqlOperatorTables.of(
              ExactDivision.DIVIDE, SqlLibraryOperators.SAFE_CAST, GroupValue.INSTANCE));

  private final RelOptCluster cluster;
  private final CalciteCatalogReader catalog;
  private final SqlValidator validator;
  private final SqlToRelConverter converter;
  private final List<Meaning> meanings;

  private Expressions(
      RelOptCluster cluster,
      CalciteCatalogReader catalog,
      SqlValidator validator,
      SqlToRelConverter converter) {
    this.cluster = cluster;
    this.catalog = catalog;
    this.validator = validator;
    this.converter = converter;
    this.meanings =
        List.of(
            ExactDivision.expansion(cluster.getRexBuilder()),
            TruthTexts.expansion(cluster.getRexBuilder()));
  }

  /// @param schema the tables that a query may name
  public static Expressions over(SchemaPlus schema) {
    return over(schema, Contexts.empty());
  }

  /// @param schema the tables that a query may name
  /// @param companions what travels with the planning, for [RelOptCluster#getPlanner] to give back
  public static Expressions over(SchemaPlus schema, Context companions) {
    var types = new ExactTypeFactory();
    var planner =
        new HepPlanner(
            HepProgram.builder().build(), companions, false, null, RelOptCostImpl.FACTORY);
    return over(schema, List.of(), RelOptCluster.create(planner, new RexBuilder(types)));
  }

  /// These tables, in the trees of another planning.
  ///
  /// @param path a schema whose tables are found without its name
  public static Expressions over(SchemaPlus schema, List<String> path, RelOptCluster cluster) {
    var catalog =
        new CalciteCatalogReader(
            CalciteSchema.from(schema),
            path,
            cluster.getTypeFactory(),
            CalciteConnectionConfig.DEFAULT.set(
                org.apache.calcite.config.CalciteConnectionProperty.CASE_SENSITIVE, "false"));
    var validator =
        new PostgresReading(
            OPERATORS,
            catalog,
            cluster.getTypeFactory(),
            SqlValidator.Config.DEFAULT
                .withConformance(SqlConformanceEnum.LENIENT)
                .withIdentifierExpansion(true)
                .withNakedMeasuresInNonAggregateQuery(true)
                .withNakedMeasuresInAggregateQuery(true));
    var converter =
        new SqlToRelConverter(
            (type, sql, schemaPath, viewPath) -> {
              throw new IllegalArgumentException("Invalid view: " + sql);
            },
            validator,
            catalog,
            cluster,
            StandardConvertletTable.INSTANCE,
            SqlToRelConverter.config()
                .withExpand(false)
                .withInSubQueryThreshold(Integer.MAX_VALUE)
                .withRelBuilderConfigTransform(config -> config.withSimplify(false)));
    return new Expressions(cluster, catalog, validator, converter);
  }

  public RelOptCluster cluster() {
    return cluster;
  }

  /// A builder of trees of this planning.
  public RelBuilder relBuilder() {
    return RelFactories.LOGICAL_BUILDER
        .create(cluster, null)
        .transform(config -> config.withPruneInputOfAggregate(false).withSimplify(false));
  }

  /// A query that somebody asks: as [#query], with texts of times as tools write them.
  ///
  /// @throws CalciteContextException which says what would be lost, and where
  public RelRoot asked(SqlNode query) {
    SqlNode valid = validator.validate(query);
    checked(() -> LostDigits.check(valid, validator));
    RelRoot root = converted(valid);
    return root.withRel(ZonedTexts.expansion(cluster.getRexBuilder()).in(root.rel));
  }

  /// Validates and converts a query. The top of the tree has the query's columns, and no more.
  ///
  /// @throws CalciteContextException for what is invalid, or would lose a part of its values
  public RelRoot query(SqlNode query) {
    return converted(validator.validate(query));
  }

  private RelRoot converted(SqlNode valid) {
    checked(() -> MovedDates.check(valid, validator));
    RelRoot root = converter.convertQuery(valid, false, true);
    RelNode rel = root.rel;
    for (Meaning meaning : meanings) {
      rel = meaning.in(rel);
    }
    return root.withRel(rel);
  }

  /// Misuse that only types tell, as the validator tells what it finds itself.
  private static void checked(Runnable check) {
    try {
      check.run();
    } catch (Misuse misuse) {
      throw misuse.toContextException();
    }
  }

  /// All columns of a table.
  ///
  /// @throws IllegalArgumentException where there is no such table
  public RelNode scan(String schema, String table) {
    RelOptTable found = catalog.getTable(List.of(schema, table));
    if (found == null) {
      throw new IllegalArgumentException("Invalid table: %s.%s".formatted(schema, table));
    }
    return found.toRel(ViewExpanders.simpleContext(cluster));
  }

  /// Validates and converts a scalar expression.
  ///
  /// @param names gives each identifier its meaning; throws where it has none
  /// @throws CalciteContextException for what is invalid, or would lose a part of its values
  public RexNode scalar(SqlNode expression, Function<SqlIdentifier, RexNode> names) {
    var nodes = new HashMap<String, RexNode>();
    var types = new HashMap<String, RelDataType>();
    SqlNode renamed =
        expression.accept(
            new SqlShuttle() {
              @Override
              public SqlNode visit(SqlIdentifier identifier) {
                RexNode node = names.apply(identifier);
                String name = "$" + nodes.size();
                nodes.put(name, node);
                types.put(name, node.getType());
                return new SqlIdentifier(name, identifier.getParserPosition());
              }
            });
    if (renamed == null) {
      throw new IllegalArgumentException("Invalid expression: " + expression);
    }
    SqlNode valid = validator.validateParameterizedExpression(renamed, types);
    checked(() -> MovedDates.check(valid, validator));
    RexNode converted = converter.convertExpression(valid, Map.copyOf(nodes));
    for (Meaning meaning : meanings) {
      converted = converted.accept(meaning);
    }
    return converted;
  }
}
