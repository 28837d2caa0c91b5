package io.scorebook.gateway.flight;

import io.scorebook.engine.answer.ArrowTypes;
import io.scorebook.engine.answer.ValueType;
import io.scorebook.gateway.session.Backend;
import io.scorebook.gateway.session.ProblemException;
import io.scorebook.gateway.session.SqlParameters;
import io.scorebook.semantic.expression.Spelling;
import io.scorebook.semantic.expression.Sql;
import io.scorebook.semantic.plan.Planning;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.dialect.AnsiSqlDialect;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/// What a client is told of the parameters of a query: the type of what each is compared with, so
/// that a driver which sends nothing else sends that; a text where it is not known, since SQL makes
/// of a text what it is compared with. A client may send any other type.
final class ParameterTypes extends SqlBasicVisitor<@Nullable Void> {
  private static final ArrowType WHOLE = new ArrowType.Int(Long.SIZE, true);

  private final Backend.View view;
  private final Deque<SqlSelect> within = new ArrayDeque<>();
  private final Map<SqlDynamicParam, ArrowType> types = new IdentityHashMap<>();

  private ParameterTypes(Backend.View view) {
    this.view = view;
  }

  /// A field each, in the order of the text.
  static List<Field> of(String sql, int parameters, Backend.View view) {
    List<ArrowType> types =
        parameters == 0 ? List.of() : new ParameterTypes(view).types(Spelling.of(sql).text());
    var fields = new ArrayList<Field>();
    for (int i = 0; i < parameters; i++) {
      fields.add(
          Field.nullable("?" + (i + 1), i < types.size() ? types.get(i) : ArrowType.Utf8.INSTANCE));
    }
    return fields;
  }

  private List<ArrowType> types(String sql) {
    try {
      SqlParser.create(sql, Sql.CONFIG).parseQuery().accept(this);
    } catch (SqlParseException | StackOverflowError _) {
      return List.of(); // told by its planning
    }
    return types.entrySet().stream()
        .sorted(
            Comparator.comparingInt((Map.Entry<SqlDynamicParam, ArrowType> each) ->
                    each.getKey().getParserPosition().getLineNum())
                .thenComparingInt(each -> each.getKey().getParserPosition().getColumnNum()))
        .map(Map.Entry::getValue)
        .toList();
  }

  @Override
  public @Nullable Void visit(SqlDynamicParam parameter) {
    types.putIfAbsent(parameter, ArrowType.Utf8.INSTANCE);
    return null;
  }

  @Override
  public @Nullable Void visit(SqlCall call) {
    switch (call) {
      case SqlOrderBy ordered -> {
        for (SqlNode rows : new SqlNode[] {ordered.fetch, ordered.offset}) {
          if (rows instanceof SqlDynamicParam parameter) {
            types.put(parameter, WHOLE);
          }
        }
      }
      case SqlSelect select -> {
        within.push(select);
        super.visit(call);
        within.pop();
        return null;
      }
      case SqlWith with -> {
        // What it names is no table that could be asked alone.
        with.accept(new Found(types));
        return null;
      }
      default -> compared(call);
    }
    return super.visit(call);
  }

  private void compared(SqlCall call) {
    if (!SqlKind.COMPARISON.contains(call.getKind()) && call.getKind() != SqlKind.BETWEEN) {
      return;
    }
    List<SqlNode> sides =
        call.getOperandList().stream()
            .flatMap(
                side -> side instanceof SqlNodeList several ? several.stream() : Stream.of(side))
            .toList();
    List<SqlDynamicParam> open =
        sides.stream()
            .filter(SqlDynamicParam.class::isInstance)
            .map(SqlDynamicParam.class::cast)
            .toList();
    if (!open.isEmpty()) {
      sides.stream()
          .filter(side -> !(side instanceof SqlDynamicParam))
          .findFirst()
          .ifPresent(with -> {
            ArrowType type = typeOf(with);
            open.forEach(parameter -> types.put(parameter, type));
          });
    }
  }

  /// The type of an expression, by the plan of a query for it alone that is not run.
  private ArrowType typeOf(SqlNode expression) {
    SqlNode from = within.isEmpty() ? null : within.peek().getFrom();
    if (from == null) {
      return ArrowType.Utf8.INSTANCE;
    }
    String query = "SELECT %s AS asked FROM %s".formatted(text(expression), text(from));
    try {
      String bound =
          SqlParameters.bind(query, Collections.nCopies(SqlParameters.count(query), null));
      return view.plan(bound) instanceof Planning.Planned(var plan)
          ? ArrowTypes.of(ValueType.of(plan.rel().getRowType()).getFirst())
          : ArrowType.Utf8.INSTANCE;
    } catch (ProblemException _) {
      return ArrowType.Utf8.INSTANCE;
    }
  }

  private static String text(SqlNode node) {
    return node.toSqlString(form ->
            form.withDialect(AnsiSqlDialect.DEFAULT)
                .withQuoteAllIdentifiers(true)
                .withAlwaysUseParentheses(false))
        .getSql();
  }

  /// Parameters of which no more is known.
  private static final class Found extends SqlBasicVisitor<@Nullable Void> {
    private final Map<SqlDynamicParam, ArrowType> types;

    private Found(Map<SqlDynamicParam, ArrowType> types) {
      this.types = types;
    }

    @Override
    public @Nullable Void visit(SqlDynamicParam parameter) {
      types.put(parameter, ArrowType.Utf8.INSTANCE);
      return null;
    }
  }
}
