package io.scorebook.semantic.plan;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.plan.RelOptCluster;

/// Collects the output ports of products that one planning reads; travels with its cluster as
/// [AssumedKeys] does.
final class ReadPorts {
  private final Set<String> ports = new TreeSet<>();

  /// Absent for a tree that was not planned here.
  static Optional<ReadPorts> of(RelOptCluster cluster) {
    return cluster.getPlanner().getContext().maybeUnwrap(ReadPorts.class);
  }

  static void add(RelOptCluster cluster, ProductTable table) {
    of(cluster).ifPresent(read -> read.ports.add(table.schema() + "." + table.name()));
  }

  Set<String> toSet() {
    return Set.copyOf(ports);
  }
}
