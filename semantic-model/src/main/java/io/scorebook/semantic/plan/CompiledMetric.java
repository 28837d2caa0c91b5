package io.scorebook.semantic.plan;

import io.scorebook.semantic.model.Dataset;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/// A metric as an expression over leaves.
///
/// @param above the expression; its identifiers are keys of `leaves`
/// @param leaves the leaves by the names that `above` gives them, unique in the model; in order, so
///   that a question has one plan, whichever process makes it: `Map.of` has another in each
/// @param role [Plan.Role#METRIC], or [Plan.Role#EVIDENCE] for the evidence of a sequence metric
/// @param stated the metric of the model that it is, or stands beside
record CompiledMetric(
    String name, SqlNode above, SequencedMap<String, Leaf> leaves, Plan.Role role, String stated) {

  /// A metric of the model.
  CompiledMetric(String name, SqlNode above, SequencedMap<String, Leaf> leaves, Plan.Role role) {
    this(name, above, leaves, role, name);
  }

  /// A metric that is one leaf.
  CompiledMetric(String name, String leafName, Leaf leaf, Plan.Role role, String stated) {
    this(
        name,
        new SqlIdentifier(leafName, SqlParserPos.ZERO),
        new LinkedHashMap<>(Map.of(leafName, leaf)),
        role,
        stated);
  }

  CompiledMetric {
    leaves = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(leaves));
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
