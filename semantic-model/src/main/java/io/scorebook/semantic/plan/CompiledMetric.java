package io.scorebook.semantic.plan;

import io.scorebook.semantic.model.Dataset;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlNode;

/// A metric as an expression over leaves.
///
/// @param above the expression; its identifiers are keys of `leaves`
/// @param leaves the leaves by the names that `above` gives them, unique in the model
/// @param role [Plan.Role#METRIC], or [Plan.Role#EVIDENCE] for the evidence of a sequence metric
/// @param stated the metric of the model that it is, or stands beside
record CompiledMetric(
    String name, SqlNode above, Map<String, Leaf> leaves, Plan.Role role, String stated) {

  /// A metric of the model.
  CompiledMetric(String name, SqlNode above, Map<String, Leaf> leaves, Plan.Role role) {
    this(name, above, leaves, role, name);
  }

  CompiledMetric {
    // In order, so that a question has one plan, whichever process makes it: Map.copyOf has another
    // in each.
    leaves = Collections.unmodifiableMap(new LinkedHashMap<>(leaves));
  }

  List<Dataset> facts() {
    return leaves.values().stream().flatMap(leaf -> leaf.facts().stream()).distinct().toList();
  }

  /// The leaves that have to be computed for it: a rank is taken over those of its metric.
  Stream<Leaf> computed() {
    return leaves.values().stream()
        .flatMap(leaf ->
            leaf instanceof Leaf.Ranked ranked ? ranked.inner().computed() : Stream.of(leaf));
  }
}
