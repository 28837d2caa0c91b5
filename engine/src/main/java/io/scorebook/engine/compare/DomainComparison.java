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
    var ofModel = new ArrayList<>(ofModel(before, after));
    var products = new ProductChanges(before, after);
    products.compare();
    ofModel.addAll(products.gone());
    var demands = new ArrayList<>(demand(before, after, ofModel));
    demands.addAll(products.demands());
    List<Change> all = new ArrayList<>(ofModel);
    all.addAll(products.changes());
    return new Comparison(all, demands);
  }

  /// The changes of the model and the policies, and the version of the model that they ask for.
  public static Comparison compareModels(DomainVersion before, DomainVersion after) {
    List<Change> changes = ofModel(before, after);
    return new Comparison(changes, demand(before, after, changes));
  }

  private static List<Change> ofModel(DomainVersion before, DomainVersion after) {
    var changes = new ArrayList<>(ModelComparison.changes(before.model(), after.model()));
    changes.addAll(PolicyChanges.of(before, after));
    return changes;
  }

  private static List<Demand> demand(
      DomainVersion before, DomainVersion after, List<Change> changes) {
    return Demand.of(
            "model " + after.domain().name(),
            before.domain().model().version(),
            after.domain().model().version(),
            Comparison.strongest(changes))
        .stream()
        .toList();
  }
}
