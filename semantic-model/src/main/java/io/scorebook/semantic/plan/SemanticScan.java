package io.scorebook.semantic.plan;

import io.scorebook.semantic.model.Dataset;
import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.type.RelDataType;

/// A dataset in the tree of a query, with its dimensions and metrics as columns; stands there until
/// [SqlExpansion] replaces what is above it by a plan.
final class SemanticScan extends AbstractRelNode {
  private final Dataset dataset;

  SemanticScan(RelOptCluster cluster, Dataset dataset, RelDataType row) {
    super(cluster, cluster.traitSet());
    this.dataset = dataset;
    this.rowType = row;
  }

  Dataset dataset() {
    return dataset;
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return this;
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer).item("dataset", dataset.name());
  }
}
