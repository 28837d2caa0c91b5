package io.scorebook.semantic.plan;

import io.scorebook.semantic.expression.Expressions;
import io.scorebook.semantic.expression.GroupValue;
import io.scorebook.semantic.model.Dataset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;

/// The rows of a dataset that are not grouped. A dimension is its value; a metric that adds up is
/// what the row adds to it ([MetricSums]); any other metric has no value for a row.
final class SqlRows {
  private final CompiledModel model;
  private final Expressions expressions;
  private final UnaryOperator<RelNode> subQueries;

  SqlRows(CompiledModel model, Expressions expressions, UnaryOperator<RelNode> subQueries) {
    this.model = model;
    this.expressions = expressions;
    this.subQueries = subQueries;
  }

  /// Where the rows go.
  enum Place {
    /// Into the answer, maybe through projections, filters and a limit.
    ANSWER,
    INSIDE,
    /// Into a join, which may repeat a row: no metric has a value.
    JOINED
  }

  /// @param hidden the columns that hold NULL for want of a value, and what is to be said to who
  ///   looks at one
  /// @param preview how many they are where the rows show all columns of a dataset, else -1
  record Rows(RelNode rel, SortedMap<Integer, Refusal> hidden, int preview) {
    Rows {
      hidden = Collections.unmodifiableSortedMap(new TreeMap<>(hidden));
    }

    Rows(RelNode rel) {
      this(rel, new TreeMap<>(), -1);
    }

    /// Whether nobody looks but who wants to see what columns there are.
    boolean isPreview() {
      return hidden.size() == preview;
    }
  }

  Rows plan(RelNode rel, Place place) {
    SqlChain chain = SqlChain.of(rel);
    var shown = new TreeSet<Integer>();
    chain.fields().forEach(field -> SqlChain.metric(field).ifPresent(m -> shown.add(m.getIndex())));
    boolean preview = place == Place.ANSWER && metrics(chain).allMatch(shown::contains);
    var used = new TreeSet<Integer>();
    var hidden = new TreeMap<Integer, Refusal>();
    for (RexNode filter : chain.filters()) {
      use(chain, filter, place, used);
    }
    for (int i = 0; i < chain.fields().size(); i++) {
      RexNode field = chain.fields().get(i);
      Optional<String> metric =
          SqlChain.metric(field).map(reference -> chain.name(reference.getIndex()));
      if (metric.isPresent() && !hasValue(chain, metric.get(), place)) {
        hidden.put(i, refusal(metric.get(), place));
      } else {
        use(chain, field, place, used);
      }
    }
    return new Rows(onto(rel, rows(chain, used)), hidden, preview ? hidden.size() : -1);
  }

  private void use(SqlChain chain, RexNode node, Place place, Set<Integer> used) {
    SqlChain.references(
        node,
        reference -> {
          String name = chain.name(reference.getIndex());
          if (SqlChain.isMetric(reference) && !hasValue(chain, name, place)) {
            throw refusal(name, place);
          }
          used.add(reference.getIndex());
        });
  }

  private boolean hasValue(SqlChain chain, String metric, Place place) {
    return place != Place.JOINED
        && MetricSums.ofRow(model.metric(metric), chain.scan().dataset()).isPresent();
  }

  private static Refusal refusal(String metric, Place place) {
    return new Refusal(
        Issue.Code.UNSUPPORTED_SQL,
        metric,
        (place == Place.JOINED
                ? "Cannot use the metric '%s' of a dataset behind a join; aggregate each dataset in a subquery with GROUP BY, then join"
                : "Cannot give the metric '%s' for one row; write AGGREGATE(%<s) in a query with GROUP BY")
            .formatted(metric),
        List.of("AGGREGATE(" + metric + ")"));
  }

  private static Stream<Integer> metrics(SqlChain chain) {
    return chain.scan().getRowType().getFieldList().stream()
        .filter(field -> field.getType().getSqlTypeName() == SqlTypeName.MEASURE)
        .map(RelDataTypeField::getIndex);
  }

  /// All columns of the dataset's table; NULL stands where nobody looks.
  private RelNode rows(SqlChain chain, Set<Integer> used) {
    Dataset dataset = chain.scan().dataset();
    var space = new DimensionSpace(model, expressions, List.of(dataset));
    var columns = new ArrayList<LeafRows.Column>();
    var positions = new HashMap<Integer, Integer>();
    for (int column : used) {
      positions.put(column, columns.size());
      columns.add(column(chain, column, space));
    }
    var query =
        new MetricQuery(
            space.dimensions(),
            List.of(),
            List.of(ImmutableBitSet.of()),
            Optional.empty(),
            List.of(),
            Optional.of(dataset));
    AskedQueries.of(expressions.cluster())
        .addRows(dataset, space.dimensions().stream().map(MetricQuery.Dimension::name).toList());
    RelBuilder builder =
        new LeafRows(model, expressions, query).push(dataset, ImmutableBitSet.of(), columns);
    var values = new ArrayList<RexNode>();
    for (RelDataTypeField field : chain.scan().getRowType().getFieldList()) {
      RelDataType type = nullable(GroupValue.withoutMeasure(field.getType()));
      Integer position = positions.get(field.getIndex());
      values.add(
          position == null
              ? rex().makeNullLiteral(type)
              : rex().ensureType(type, builder.field(position), true));
    }
    return builder.project(values, chain.scan().getRowType().getFieldNames(), true).build();
  }

  private LeafRows.Column column(SqlChain chain, int column, DimensionSpace space) {
    String name = chain.name(column);
    boolean isMetric = SqlChain.isMetric(rex().makeInputRef(chain.scan(), column));
    return isMetric
        ? new LeafRows.Column.OfFields(
            MetricSums.ofRow(model.metric(name), chain.scan().dataset()).orElseThrow())
        : new LeafRows.Column.OfDimensions(space.resolve(name));
  }

  /// The projections and filters of a query, on rows that have values. A window sees the rows that
  /// its own level sees, so the levels stay as they are.
  private RelNode onto(RelNode rel, RelNode rows) {
    return switch (rel) {
      case SemanticScan _ -> rows;
      case Filter filter -> {
        RelNode input = onto(filter.getInput(), rows);
        yield LogicalFilter.create(input, filter.getCondition().accept(values(input)));
      }
      case Project project -> {
        RelNode input = onto(project.getInput(), rows);
        yield LogicalProject.create(
            input,
            project.getHints(),
            values(input).apply(project.getProjects()),
            project.getRowType().getFieldNames(),
            project.getVariablesSet());
      }
      default -> throw new IllegalArgumentException("Invalid rows: " + rel);
    };
  }

  private SqlValues values(RelNode input) {
    return new SqlValues(expressions, input.getRowType(), new TreeMap<>(), subQueries);
  }

  private RexBuilder rex() {
    return expressions.cluster().getRexBuilder();
  }

  private RelDataType nullable(RelDataType type) {
    return expressions.cluster().getTypeFactory().createTypeWithNullability(type, true);
  }
}
