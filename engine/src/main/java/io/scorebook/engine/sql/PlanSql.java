package io.scorebook.engine.sql;

import io.scorebook.semantic.plan.GovernedScan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelDigest;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Minus;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/// Writes a plan as one SELECT. Each node is a common table expression `n7` with the columns
/// `n7c0`, `n7c1`, ...; the tables are left to be put in front, since they change with each
/// snapshot.
public final class PlanSql {
  /// A table that the text reads under the given name.
  ///
  /// @param columns those that are read of it
  public record Scan(String name, String table, List<RelDataTypeField> columns) {
    public Scan {
      columns = List.copyOf(columns);
    }
  }

  /// @param expressions the common table expressions after those of the scans
  /// @param select the last SELECT
  public record Text(List<Scan> scans, List<String> expressions, String select) {
    public Text {
      scans = List.copyOf(scans);
      expressions = List.copyOf(expressions);
    }
  }

  private record Node(String name, int width) {
    String column(int index) {
      return name + "c" + index;
    }

    List<String> columns() {
      return IntStream.range(0, width).mapToObj(this::column).toList();
    }
  }

  private final List<Scan> scans = new ArrayList<>();
  private final List<String> expressions = new ArrayList<>();
  private final Map<RelNode, Node> written = new IdentityHashMap<>();
  private final Map<RelDigest, Node> byDigest = new HashMap<>();

  private int next;

  private final Dialect dialect;

  /// Whether it is for people, to whom policies are not spelled out.
  private final boolean explains;

  private final UsedColumns used;

  private PlanSql(RelNode root, Dialect dialect, boolean explains) {
    this.dialect = dialect;
    this.explains = explains;
    this.used = new UsedColumns(root, explains);
  }

  /// @throws io.scorebook.engine.answer.EngineException where the engine lacks what the plan needs
  public static Text write(RelNode root, Dialect dialect) {
    return new PlanSql(root, dialect, false).write(root);
  }

  /// The same for people to read. A table of which not all is seen is named as one that is read:
  /// what is kept back of it, and by which columns, is not told.
  ///
  /// @throws io.scorebook.engine.answer.EngineException where the engine lacks what the plan needs
  public static Text explain(RelNode root, Dialect dialect) {
    return new PlanSql(root, dialect, true).write(root);
  }

  private Text write(RelNode root) {
    String select = last(root);
    return new Text(scans, expressions, select);
  }

  /// The order of the rows is that of the outermost SELECT alone, so the last sort stays there.
  private String last(RelNode root) {
    if (root instanceof Sort sort) {
      Node input = node(sort.getInput());
      return "SELECT %s FROM %s%s"
          .formatted(
              output(root, input.columns()), input.name(), orderAndLimit(sort, input::column));
    }
    if (root instanceof Project project
        && overSort(project) instanceof Projected(List<RexNode> projects, Sort sort)) {
      Node input = node(sort.getInput());
      return "SELECT %s FROM %s%s"
          .formatted(
              output(root, expression(sort, input).render(projects)),
              input.name(),
              orderAndLimit(sort, input::column));
    }
    Node node = node(root);
    return "SELECT %s FROM %s".formatted(output(root, node.columns()), node.name());
  }

  /// Row-level expressions over the columns of a sort.
  private record Projected(List<RexNode> projects, Sort sort) {}

  private static @Nullable Projected overSort(Project project) {
    if (project.containsOver()) {
      return null;
    }
    return switch (project.getInput()) {
      case Sort sort -> new Projected(project.getProjects(), sort);
      case Project below when overSort(below) instanceof Projected(_, Sort sort) ->
          new Projected(pushDown(project.getProjects(), below), sort);
      default -> null;
    };
  }

  private static List<RexNode> pushDown(List<RexNode> projects, Project below) {
    List<RexNode> pushed = RelOptUtil.pushPastProject(projects, below);
    return below.getInput() instanceof Project next ? pushDown(pushed, next) : pushed;
  }

  /// The answer's columns, each of the type that the plan says.
  private String output(RelNode root, List<String> columns) {
    List<RelDataTypeField> fields = root.getRowType().getFieldList();
    return IntStream.range(0, fields.size())
        .mapToObj(i -> dialect.cast(columns.get(i), fields.get(i).getType()) + " AS o" + i)
        .collect(Collectors.joining(", "));
  }

  private Node node(RelNode rel) {
    Node known = written.get(rel);
    if (known != null) {
      return known;
    }
    Node same = byDigest.get(rel.getRelDigest());
    Node node = same == null ? writeNew(rel) : same;
    written.put(rel, node);
    byDigest.put(rel.getRelDigest(), node);
    return node;
  }

  private Node writeNew(RelNode rel) {
    return switch (rel) {
      case GovernedScan governed ->
          explains ? scan(governed, " as policies show it") : node(governed.expansion());
      case TableScan scan -> scan(scan, "");
      case Project project -> project(project);
      case Filter filter -> filter(filter);
      case Aggregate aggregate -> aggregate(aggregate);
      case Join join -> join(join);
      case SetOp setOp -> setOp(setOp);
      case Sort sort -> sort(sort);
      case Values values -> values(values);
      default ->
          throw dialect.unsupported("a plan with " + rel.getRelTypeName().replace("Logical", ""));
    };
  }

  private Node newNode(int width) {
    return new Node("n" + next++, width);
  }

  private Node scan(TableScan scan, String how) {
    List<String> name = scan.getTable().getQualifiedName();
    Node node = newNode(scan.getRowType().getFieldCount());
    List<RelDataTypeField> all = scan.getRowType().getFieldList();
    List<RelDataTypeField> read =
        all.stream().filter(column -> used.contains(scan, column.getIndex())).toList();
    scans.add(
        new Scan(
            node.name(),
            String.join(".", name.subList(Math.max(0, name.size() - 2), name.size())) + how,
            // Rows that are only counted are found by some column.
            read.isEmpty() ? all.subList(0, Math.min(1, all.size())) : read));
    return node;
  }

  private Node add(RelNode rel, List<String> columns, String rest) {
    Node node = newNode(columns.size());
    String list = list(rel, i -> columns.get(i) + " AS " + node.column(i));
    expressions.add(
        "%s AS%s (SELECT %s%s)"
            .formatted(node.name(), isRowLevel(rel) ? dialect.notKept() : "", list, rest));
    if (columns.size() != rel.getRowType().getFieldCount()) {
      throw new IllegalArgumentException("Invalid plan: " + rel);
    }
    return node;
  }

  /// The columns of a node that somebody reads.
  private String list(RelNode rel, IntFunction<String> column) {
    String list =
        IntStream.range(0, rel.getRowType().getFieldCount())
            .filter(i -> used.contains(rel, i))
            .mapToObj(column)
            .collect(Collectors.joining(", "));
    return list.isEmpty() ? "1 AS none" : list; // a row without columns is still a row
  }

  /// Rows that are read and looked at one by one are cheaper to read again, with only the columns
  /// and rows that each reader needs, than to keep. Of all else the engine decides.
  private static boolean isRowLevel(RelNode rel) {
    return switch (rel) {
      case TableScan _ -> true;
      case Project project -> !project.containsOver() && isRowLevel(project.getInput());
      case Filter filter -> isRowLevel(filter.getInput());
      default -> false;
    };
  }

  private Node project(Project project) {
    Node input = node(project.getInput());
    return add(
        project, expression(project, input).render(project.getProjects()), " FROM " + input.name());
  }

  private ExpressionSql expression(RelNode rel, Node input) {
    return new ExpressionSql(dialect, rel.getCluster().getRexBuilder(), input::column);
  }

  private Node filter(Filter filter) {
    Node input = node(filter.getInput());
    String condition = expression(filter, input).render(filter.getCondition());
    return add(filter, input.columns(), " FROM %s WHERE %s".formatted(input.name(), condition));
  }

  private Node aggregate(Aggregate aggregate) {
    Node input = node(aggregate.getInput());
    var sql = new AggregateSql(dialect, aggregate, input.columns());
    List<String> columns = sql.columns();
    // Without a call an engine would not see that one group of all rows is meant; one that nobody
    // reads is not written.
    boolean calls = IntStream.range(0, columns.size()).anyMatch(i -> used.contains(aggregate, i));
    String having = sql.groupBy().isEmpty() && !calls ? " HAVING count(*) >= 0" : "";
    return add(aggregate, columns, " FROM " + input.name() + sql.groupBy() + having);
  }

  private Node join(Join join) {
    Node left = node(join.getLeft());
    Node right = node(join.getRight());
    List<String> columns = new ArrayList<>();
    left.columns().forEach(column -> columns.add("l." + column));
    right.columns().forEach(column -> columns.add("r." + column));
    var expressions = new ExpressionSql(dialect, join.getCluster().getRexBuilder(), columns::get);
    boolean half = join.getJoinType() == JoinRelType.SEMI || join.getJoinType() == JoinRelType.ANTI;
    if (half && !dialect.hasSemiJoin()) {
      return add(
          join,
          columns.subList(0, join.getRowType().getFieldCount()),
          " FROM %s AS l WHERE %sEXISTS (SELECT 1 FROM %s AS r WHERE %s)"
              .formatted(
                  left.name(),
                  join.getJoinType() == JoinRelType.ANTI ? "NOT " : "",
                  right.name(),
                  expressions.render(join.getCondition())));
    }
    String condition =
        join.getJoinType() == JoinRelType.FULL && !dialect.hasFullJoinOnNulls()
            ? RelOptUtil.conjunctions(join.getCondition()).stream()
                .map(conjunct -> onNulls(conjunct, expressions))
                .collect(Collectors.joining(" AND "))
            : expressions.render(join.getCondition());
    String word =
        switch (join.getJoinType()) {
          case INNER -> "INNER";
          case LEFT -> "LEFT";
          case RIGHT -> "RIGHT";
          case FULL -> "FULL";
          case SEMI -> "SEMI";
          case ANTI -> "ANTI";
          case ASOF, LEFT_ASOF, LEFT_MARK ->
              throw dialect.unsupported("a join of type " + join.getJoinType());
        };
    return add(
        join,
        columns.subList(0, join.getRowType().getFieldCount()),
        " FROM %s AS l %s JOIN %s AS r ON %s"
            .formatted(left.name(), word, right.name(), condition));
  }

  /// `a IS NOT DISTINCT FROM b` as equations: both are NULL or neither, and else they are equal.
  private String onNulls(RexNode condition, ExpressionSql expressions) {
    if (condition.getKind() != SqlKind.IS_NOT_DISTINCT_FROM
        || !(condition instanceof RexCall same)) {
      return expressions.render(condition);
    }
    RexNode left = same.getOperands().getFirst();
    RexNode right = same.getOperands().getLast();
    String a = expressions.render(left);
    String b = expressions.render(right);
    return "(%s IS NULL) = (%s IS NULL) AND coalesce(%s, %s) = coalesce(%s, %s)"
        .formatted(a, b, a, any(left.getType()), b, any(right.getType()));
  }

  /// Some value of the type.
  private String any(RelDataType type) {
    String value =
        switch (type.getSqlTypeName()) {
          case BOOLEAN -> "FALSE";
          case CHAR, VARCHAR -> "''";
          case DATE -> "DATE '1970-01-01'";
          case TIME -> "TIME '00:00:00'";
          case TIMESTAMP -> "TIMESTAMP '1970-01-01 00:00:00'";
          default -> "0";
        };
    return dialect.cast(value, type);
  }

  private Node setOp(SetOp setOp) {
    String word =
        switch (setOp) {
          case Union _ -> "UNION";
          case Intersect _ -> "INTERSECT";
          case Minus _ -> "EXCEPT";
          default ->
              throw dialect.unsupported(
                  "a plan with " + setOp.getRelTypeName().replace("Logical", ""));
        };
    List<RelDataTypeField> fields = setOp.getRowType().getFieldList();
    List<Node> inputs = setOp.getInputs().stream().map(this::node).toList();
    Node node = newNode(fields.size());
    String text =
        inputs.stream()
            .map(input ->
                "(SELECT %s FROM %s)"
                    .formatted(
                        list(
                            setOp,
                            i ->
                                dialect.cast(input.column(i), fields.get(i).getType())
                                    + " AS "
                                    + node.column(i)),
                        input.name()))
            .collect(Collectors.joining(" " + word + (setOp.all ? " ALL " : " ")));
    expressions.add("%s AS (%s)".formatted(node.name(), text));
    return node;
  }

  private Node sort(Sort sort) {
    Node input = node(sort.getInput());
    return add(sort, input.columns(), " FROM " + input.name() + orderAndLimit(sort, input::column));
  }

  private String orderAndLimit(Sort sort, IntFunction<String> columns) {
    var text = new StringBuilder();
    List<RelFieldCollation> keys = sort.getCollation().getFieldCollations();
    if (!keys.isEmpty()) {
      text.append(" ORDER BY ")
          .append(
              keys.stream()
                  .map(key ->
                      OrderSql.item(
                          columns.apply(key.getFieldIndex()), key.direction, key.nullDirection))
                  .collect(Collectors.joining(", ")));
    }
    return text.append(
            dialect.page(
                sort.fetch == null ? "" : " LIMIT " + count(sort.fetch),
                sort.offset == null ? "" : " OFFSET " + count(sort.offset)))
        .toString();
  }

  private String count(RexNode node) {
    if (node instanceof RexLiteral literal && literal.getValueAs(Long.class) instanceof Long n) {
      return Long.toString(n);
    }
    throw dialect.unsupported("a limit of " + node);
  }

  private Node values(Values values) {
    List<RelDataTypeField> fields = values.getRowType().getFieldList();
    Node node = newNode(fields.size());
    String text =
        values.getTuples().isEmpty()
            ? "SELECT %s WHERE FALSE"
                .formatted(
                    list(
                        values,
                        i ->
                            dialect.cast("NULL", fields.get(i).getType())
                                + " AS "
                                + node.column(i)))
            : values.getTuples().stream()
                .map(tuple ->
                    "SELECT "
                        + list(
                            values,
                            i ->
                                dialect.cast(dialect.literal(tuple.get(i)), fields.get(i).getType())
                                    + " AS "
                                    + node.column(i)))
                .collect(Collectors.joining(" UNION ALL "));
    expressions.add("%s AS (%s)".formatted(node.name(), text));
    return node;
  }
}
