package io.scorebook.semantic.plan;

import io.scorebook.semantic.model.Dataset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;

/// What both a question and SQL come down to: leaves, by keys over dimensions, at grouping sets.
///
/// Expressions over dimensions refer to `space` by input reference: the same expression is
/// evaluated on the rows of every fact.
///
/// @param space the dimensions in use
/// @param keys what is grouped by
/// @param sets each a set of indexes into `keys`; together all of them
/// @param before chooses rows
/// @param rows a dataset whose rows make groups even where there is no leaf on it, for SQL without
///   metrics
/// @param fill the periods that are shown also without rows
record MetricQuery(
    List<Dimension> space,
    List<Key> keys,
    List<ImmutableBitSet> sets,
    Optional<RexNode> before,
    List<Leaf> leaves,
    Optional<Dataset> rows,
    Optional<Fill> fill) {

  MetricQuery {
    space = List.copyOf(space);
    keys = List.copyOf(keys);
    sets = List.copyOf(sets);
    leaves = List.copyOf(leaves);
    if (sets.isEmpty() || !ImmutableBitSet.union(sets).equals(ImmutableBitSet.range(keys.size()))) {
      throw new IllegalArgumentException("Invalid grouping sets: " + sets);
    }
  }

  /// A query of the groups that have rows.
  MetricQuery(
      List<Dimension> space,
      List<Key> keys,
      List<ImmutableBitSet> sets,
      Optional<RexNode> before,
      List<Leaf> leaves,
      Optional<Dataset> rows) {
    this(space, keys, sets, before, leaves, rows, Optional.empty());
  }

  /// Which keys show all periods.
  ///
  /// @param keys their names
  /// @param facts whose rows say from when to when: all of the question
  /// @param filters of the question, which may say so too
  record Fill(List<String> keys, List<Dataset> facts, Optional<RexNode> filters) {
    Fill {
      keys = List.copyOf(keys);
      facts = List.copyOf(facts);
    }

    boolean has(Key key) {
      return keys.stream().anyMatch(key.name()::equalsIgnoreCase);
    }
  }

  /// @param name as questions write it, resolved anew for each fact
  record Dimension(String name, RelDataType type) {}

  record Key(String name, RexNode value) {}

  /// The facts, each once.
  Set<Dataset> facts() {
    var facts = new LinkedHashSet<Dataset>();
    rows.ifPresent(facts::add);
    leaves.forEach(leaf -> facts.addAll(leaf.facts()));
    return facts;
  }

  /// The question of one set alone, without leaves: its keys are those of the set.
  MetricQuery at(ImmutableBitSet set) {
    List<Key> ofSet = set.asList().stream().map(keys::get).toList();
    return new MetricQuery(
        space,
        ofSet,
        List.of(ImmutableBitSet.range(ofSet.size())),
        before,
        List.of(),
        Optional.empty(),
        fill);
  }

  MetricQuery withLeaves(List<Leaf> others) {
    return new MetricQuery(space, keys, sets, before, others, rows, fill);
  }

  MetricQuery withFill(Fill other) {
    return new MetricQuery(space, keys, sets, before, leaves, rows, Optional.of(other));
  }

  MetricQuery withBefore(Optional<RexNode> other) {
    return new MetricQuery(space, keys, sets, other, leaves, rows, fill);
  }

  MetricQuery withKeys(List<Key> others) {
    return new MetricQuery(
        space, others, List.of(ImmutableBitSet.range(others.size())), before, leaves, rows, fill);
  }

  /// The groups that a fact has, without values.
  MetricQuery groupsOf(Dataset fact) {
    return new MetricQuery(space, keys, sets, before, List.of(), Optional.of(fact), fill);
  }

  /// GROUPING_ID of a set: a bit for each key, the first the highest, 1 where the set lacks the
  /// key.
  long groupingId(ImmutableBitSet set) {
    return groupingId(keys.size(), set);
  }

  static long groupingId(int keys, ImmutableBitSet set) {
    long id = 0;
    for (int key = 0; key < keys; key++) {
      id = id * 2 + (set.get(key) ? 0 : 1);
    }
    return id;
  }
}
