package io.scorebook.semantic.plan;

import io.scorebook.semantic.expression.Aggregates;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Metric;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlNode;

/// What is computed for each group of a question; every metric is an expression over such leaves.
///
/// [Aggregate], [AdHoc], [Reached], [Sequence] and [Conversion] are computed from the rows of a
/// fact; [LookBack] and [Last] are an aggregate over other rows than the group's own; [Earlier] and
/// [Regrained] are another leaf at another place; [Nested] and [Ranked] stand over a whole metric.
sealed interface Leaf {
  /// The dataset whose rows make the groups.
  Dataset fact();

  /// All datasets whose rows it comes from.
  default List<Dataset> facts() {
    return List.of(fact());
  }

  /// Whether no rows mean 0 rather than NULL.
  default boolean isCount() {
    return false;
  }

  /// What the data must keep to for its value to be right, beyond what its joins take for granted.
  default Stream<AssumedKey> assumed() {
    return Stream.empty();
  }

  /// One plain aggregate.
  ///
  /// @param arguments over fields, as `dataset.field`; empty for COUNT(*)
  /// @param key by which each row counts once, where that is taken for granted
  record Aggregate(
      Dataset fact,
      SqlAggFunction function,
      boolean distinct,
      List<SqlNode> arguments,
      Optional<SqlNode> filter,
      Optional<AssumedKey> key)
      implements Leaf {
    Aggregate(
        Dataset fact,
        SqlAggFunction function,
        boolean distinct,
        List<SqlNode> arguments,
        Optional<SqlNode> filter) {
      this(fact, function, distinct, arguments, filter, Optional.empty());
    }

    @Override
    public Stream<AssumedKey> assumed() {
      return key.stream();
    }

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
  record Sequence(Dataset fact, Metric.Sequence metric, Facet facet) implements Leaf {}

  /// The number of events of a conversion, or of those that were followed as wanted.
  ///
  /// @param event the condition of an event, over fields
  /// @param then the condition of what follows
  record Conversion(
      Dataset fact, Metric.Conversion metric, SqlNode event, SqlNode then, boolean converted)
      implements Leaf {
    @Override
    public boolean isCount() {
      return true;
    }
  }

  /// An aggregate over the rows of a dataset that the rows of a fact lead to, each taken once.
  ///
  /// @param base over fields of `dataset`
  /// @param fact whose rows make the groups, and lead to the dataset by one path
  record Reached(Aggregate base, Dataset dataset, Dataset fact) implements Leaf {
    @Override
    public Stream<AssumedKey> assumed() {
      return base.assumed();
    }

    @Override
    public boolean isCount() {
      return base.isCount();
    }
  }

  /// An aggregate over the rows up to the end of the group's period.
  record LookBack(Aggregate base, TimeFrame frame) implements Leaf {
    @Override
    public Stream<AssumedKey> assumed() {
      return base.assumed();
    }

    @Override
    public Dataset fact() {
      return base.fact();
    }
  }

  /// An aggregate over the rows of the first or last day of each entity in the group.
  record Last(Aggregate base, Metric.SemiAdditive metric) implements Leaf {
    @Override
    public Stream<AssumedKey> assumed() {
      return base.assumed();
    }

    @Override
    public boolean isCount() {
      return base.isCount();
    }

    @Override
    public Dataset fact() {
      return base.fact();
    }
  }

  /// The value of a leaf in an earlier period.
  record Earlier(Leaf base, Metric.Prior metric) implements Leaf {
    @Override
    public Stream<AssumedKey> assumed() {
      return base.assumed();
    }

    @Override
    public Dataset fact() {
      return base.fact();
    }

    @Override
    public List<Dataset> facts() {
      return base.facts();
    }
  }

  /// The value of a leaf at a coarser grain.
  record Regrained(Leaf base, Metric.Fixed metric) implements Leaf {
    @Override
    public Stream<AssumedKey> assumed() {
      return base.assumed();
    }

    @Override
    public boolean isCount() {
      return base.isCount();
    }

    @Override
    public Dataset fact() {
      return base.fact();
    }

    @Override
    public List<Dataset> facts() {
      return base.facts();
    }
  }

  /// An aggregate over the values of a metric at a finer grain.
  record Nested(CompiledMetric inner, Metric.Nested metric) implements Leaf {
    @Override
    public Stream<AssumedKey> assumed() {
      return inner.computed().flatMap(Leaf::assumed);
    }

    @Override
    public Dataset fact() {
      return inner.facts().getFirst();
    }

    @Override
    public List<Dataset> facts() {
      return inner.facts();
    }
  }

  /// The place of a group among others by the value of a metric. It is no column of the stitched
  /// rows, but computed over them: see [MetricValues].
  ///
  /// @param fact the dataset of the entity
  record Ranked(Dataset fact, CompiledMetric inner, Metric.Rank metric) implements Leaf {
    @Override
    public Stream<AssumedKey> assumed() {
      return inner.computed().flatMap(Leaf::assumed);
    }

    @Override
    public List<Dataset> facts() {
      return inner.facts();
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
