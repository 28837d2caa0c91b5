package io.scorebook.semantic.plan;

import io.scorebook.semantic.claim.Claim;
import io.scorebook.semantic.claim.Subject;
import io.scorebook.semantic.expression.Expressions;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Relationship;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.tools.RelBuilder;

/// The plans that look into a claim.
final class ProofPlans {
  private static final String ROWS = "rows";

  private final CompiledModel model;
  private final int examples;

  private ProofPlans(CompiledModel model, int examples) {
    this.model = model;
    this.examples = examples;
  }

  static Proof of(CompiledModel model, Claim claim, int examples) {
    var plans = new ProofPlans(model, examples);
    return switch (claim) {
      case Claim.Unique unique -> plans.unique(unique);
      case Claim.NotNull notNull -> plans.notNull(notNull);
      case Claim.Refers refers -> plans.refers(refers);
      case Claim.TotalOrder order -> plans.totalOrder(order);
      case Claim.WithinRange range -> plans.withinRange(range);
      case Claim.SameWithJoin join -> new JoinComparison(model, join).proof();
    };
  }

  private Proof unique(Claim.Unique claim) {
    RelBuilder tally = groups(claim.of(), claim.columns());
    RelBuilder found = groups(claim.of(), claim.columns());
    List<RexNode> none = noneIsNull(found, claim.columns());
    none.add(found.greaterThan(found.field(ROWS), found.literal(1)));
    return new Proof.Counted(
        tallyOfGroups(tally, claim.columns()), first(found.filter(none), claim.columns()));
  }

  private Proof totalOrder(Claim.TotalOrder claim) {
    RelBuilder tally = ordered(claim);
    RelBuilder found = ordered(claim);
    List<String> columns =
        found.peek().getRowType().getFieldNames().subList(0, claim.columns().size());
    return new Proof.Counted(
        tallyOfGroups(tally, List.of()),
        first(found.filter(found.greaterThan(found.field(ROWS), found.literal(1))), columns));
  }

  private RelBuilder ordered(Claim.TotalOrder claim) {
    Expressions expressions = AssumedKeys.proving(model);
    Dataset fact = Plans.dataset(model, claim.of().toString());
    List<SqlIdentifier> fields =
        claim.columns().stream()
            .map(name -> new SqlIdentifier(List.of(name.split("\\.", -1)), SqlParserPos.ZERO))
            .toList();
    Set<List<Relationship>> paths = new LinkedHashSet<>();
    fields.forEach(field -> paths.add(model.reference(fact, field).path()));
    FactRows rows = FactRows.join(model, expressions, fact, List.copyOf(paths));
    RelNode values =
        rows.finish(
            fields.stream().map(field -> rows.value(fact, field)).toList(),
            fields.stream().map(field -> field.names.getLast()).toList());
    return grouped(expressions.relBuilder().push(values));
  }

  /// The values of the columns, each once, with the number of its rows.
  private RelBuilder groups(Subject of, List<String> columns) {
    return grouped(rows(AssumedKeys.proving(model), of, columns));
  }

  private static RelBuilder grouped(RelBuilder builder) {
    return builder.aggregate(builder.groupKey(builder.fields()), builder.countStar(ROWS));
  }

  /// @param columns that make a row say nothing where one is NULL
  private static Plan tallyOfGroups(RelBuilder groups, List<String> columns) {
    RexNode rows = groups.field(ROWS);
    List<RexNode> doubled = noneIsNull(groups, columns);
    doubled.add(groups.greaterThan(rows, groups.literal(1)));
    groups.project(
        List.of(rows, groups.or(isNull(groups, columns)), groups.and(doubled)),
        List.of(ROWS, "nulls", "broken"),
        true);
    groups.aggregate(
        groups.groupKey(),
        groups.aggregateCall(SqlStdOperatorTable.SUM, groups.field(0)).as(ROWS),
        groups
            .aggregateCall(SqlStdOperatorTable.SUM, groups.field(0))
            .filter(groups.field(1))
            .as("nulls"),
        groups.aggregateCall(SqlStdOperatorTable.COUNT).filter(groups.field(2)).as("broken"));
    return plan(groups.build());
  }

  private Proof notNull(Claim.NotNull claim) {
    return rowByRow(
        claim.of(),
        claim.shown(),
        List.of(),
        builder -> builder.or(isNull(builder, claim.columns())));
  }

  private Proof withinRange(Claim.WithinRange claim) {
    return rowByRow(
        claim.of(),
        claim.shown(),
        List.of(claim.column()),
        builder -> {
          var outside = new ArrayList<RexNode>();
          RexNode value = builder.field(claim.column());
          claim.min().ifPresent(min -> outside.add(builder.lessThan(value, builder.literal(min))));
          claim
              .max()
              .ifPresent(max -> outside.add(builder.greaterThan(value, builder.literal(max))));
          return builder.or(outside);
        });
  }

  private interface Condition {
    RexNode on(RelBuilder builder);
  }

  /// @param nullable that makes a row say nothing where it is NULL
  private Proof rowByRow(
      Subject of, List<String> shown, List<String> nullable, Condition condition) {
    RelBuilder tally = rows(AssumedKeys.proving(model), of, shown);
    tallyOfRows(tally, nullable, condition.on(tally));
    RelBuilder found = rows(AssumedKeys.proving(model), of, shown);
    found.filter(condition.on(found));
    return new Proof.Counted(plan(tally.build()), first(grouped(found), shown));
  }

  private static void tallyOfRows(RelBuilder rows, List<String> nullable, RexNode broken) {
    rows.project(
        List.of(rows.or(isNull(rows, nullable)), rows.call(SqlStdOperatorTable.IS_TRUE, broken)),
        List.of("nulls", "broken"),
        true);
    rows.aggregate(
        rows.groupKey(),
        rows.countStar(ROWS),
        rows.aggregateCall(SqlStdOperatorTable.COUNT).filter(rows.field(0)).as("nulls"),
        rows.aggregateCall(SqlStdOperatorTable.COUNT).filter(rows.field(1)).as("broken"));
  }

  private Proof refers(Claim.Refers claim) {
    RelBuilder tally = looked(claim);
    tallyOfRows(tally, claim.columns(), lost(tally, claim));
    RelBuilder found = looked(claim);
    found.filter(lost(found, claim));
    found.project(claim.columns().stream().map(found::field).toList(), claim.columns(), true);
    return new Proof.Counted(plan(tally.build()), first(grouped(found), claim.columns()));
  }

  /// The from side, and `found`: true where the to side has the row.
  private RelBuilder looked(Claim.Refers claim) {
    Expressions expressions = AssumedKeys.proving(model);
    RelBuilder builder = rows(expressions, claim.of(), claim.columns());
    builder.push(rows(expressions, claim.to(), claim.toColumns()).build());
    builder.filter(noneIsNull(builder, claim.toColumns()));
    builder.aggregate(builder.groupKey(builder.fields()));
    builder.projectPlus(builder.alias(builder.literal(true), "found"));
    var same = new ArrayList<RexNode>();
    for (int i = 0; i < claim.columns().size(); i++) {
      same.add(builder.equals(builder.field(2, 0, i), builder.field(2, 1, i)));
    }
    int width = claim.columns().size();
    builder.join(JoinRelType.LEFT, builder.and(same));
    var names = new ArrayList<>(claim.columns());
    var fields = new ArrayList<RexNode>(builder.fields().subList(0, width));
    fields.add(builder.field(2 * width));
    names.add("$found");
    return builder.project(fields, names, true);
  }

  private static RexNode lost(RelBuilder builder, Claim.Refers claim) {
    List<RexNode> lost = noneIsNull(builder, claim.columns());
    lost.add(builder.isNull(builder.field(claim.columns().size())));
    return builder.and(lost);
  }

  /// The rows of a dataset or table with these columns.
  private RelBuilder rows(Expressions expressions, Subject of, List<String> columns) {
    RelBuilder builder = expressions.relBuilder();
    return switch (of) {
      case Subject.OfDataset(String name) ->
          builder.push(FactRows.keys(model, expressions, Plans.dataset(model, name), columns));
      case Subject.OfTable(String namespace, String name) -> {
        builder.push(expressions.scan(namespace, name));
        yield builder.project(columns.stream().map(builder::field).toList(), columns, true);
      }
    };
  }

  private static List<RexNode> isNull(RelBuilder builder, List<String> columns) {
    return columns.stream().map(column -> builder.isNull(builder.field(column))).toList();
  }

  private static List<RexNode> noneIsNull(RelBuilder builder, List<String> columns) {
    var none = new ArrayList<RexNode>();
    columns.forEach(column -> none.add(builder.isNotNull(builder.field(column))));
    return none;
  }

  /// The first of the groups, by their columns.
  private Plan first(RelBuilder groups, List<String> columns) {
    return plan(
        groups
            .sortLimit(
                0,
                examples,
                columns.stream().map(column -> groups.nullsLast(groups.field(column))).toList())
            .build());
  }

  static Plan plan(RelNode rel) {
    List<String> names = rel.getRowType().getFieldNames();
    return Plans.of(rel, names, names.stream().map(_ -> Plan.Role.VALUE).toList());
  }
}
