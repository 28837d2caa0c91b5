package io.scorebook.semantic.plan;

import io.scorebook.semantic.expression.Aggregates;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Metric;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlNode;

/// What is computed from the rows of one fact; every metric is an expression over such leaves.
sealed interface Leaf {
  /// The dataset whose rows it aggregates.
  Dataset fact();

  /// Whether no rows mean 0 rather than NULL.
  boolean isCount();

  /// One plain aggregate.
  ///
  /// @param arguments over fields, as `dataset.field`; empty for COUNT(*)
  record Aggregate(
      Dataset fact,
      SqlAggFunction function,
      boolean distinct,
      List<SqlNode> arguments,
      Optional<SqlNode> filter)
      implements Leaf {
    @Override
    public boolean isCount() {
      return Aggregates.isCount(function);
    }

    /// The same for leaves that compute the same.
    String digest() {
      return "%s|%s|%s|%s|%s"
          .formatted(fact.name(), function.getName(), distinct, arguments, filter);
    }
  }

  /// An aggregate that a caller's SQL makes over the dimensions of a dataset.
  ///
  /// @param arguments over the query's dimensions
  record AdHoc(
      Dataset fact,
      SqlAggFunction function,
      boolean distinct,
      List<RexNode> arguments,
      Optional<RexNode> filter)
      implements Leaf {
    @Override
    public boolean isCount() {
      return Aggregates.isCount(function);
    }
  }

  /// The value of a sequence metric, or a piece of its evidence.
  record Sequence(Dataset fact, Metric.Sequence metric, Facet facet) implements Leaf {
    @Override
    public boolean isCount() {
      return false;
    }
  }

  /// What is wanted of a run or window.
  enum Facet {
    VALUE(""),
    START("_start"),
    END("_end"),
    ENTITY("_entity");

    private final String suffix;

    Facet(String suffix) {
      this.suffix = suffix;
    }

    String nameOf(String metric) {
      return metric + suffix;
    }
  }
}
