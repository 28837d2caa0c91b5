package io.scorebook.engine.compare;

import io.scorebook.semantic.compare.Change;
import io.scorebook.semantic.compare.Comparison;
import io.scorebook.semantic.compare.Demand;
import io.scorebook.semantic.compare.ModelComparison;
import java.util.ArrayList;
import java.util.List;

/// Compares two versions of a domain: the model by what it means, the products by what their tables
/// promise, the policies by what they allow. The types that come from the contracts of the source
/// tables are compared; their rules for loading are not.
public final class DomainComparison {
  private DomainComparison() {}

  /// All changes, and the versions of the model and the products that they ask for.
  public static Comparison compare(DomainVersion before, DomainVersion after) {
    var ofModel = new ArrayList<>(ModelComparison.changes(before.model(), after.model()));
    ofModel.addAll(PolicyChanges.of(before, after));
    var products = new ProductChanges(before, after);
    products.compare();
    ofModel.addAll(products.gone());
    var demands = new ArrayList<Demand>();
    Demand.of(
            "model " + after.domain().name(),
            before.domain().model().version(),
            after.domain().model().version(),
            Comparison.strongest(ofModel))
        .ifPresent(demands::add);
    demands.addAll(products.demands());
    List<Change> all = new ArrayList<>(ofModel);
    all.addAll(products.changes());
    return new Comparison(all, demands);
  }
}
