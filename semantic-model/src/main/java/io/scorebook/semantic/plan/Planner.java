package io.scorebook.semantic.plan;

import io.scorebook.semantic.claim.Claim;
import io.scorebook.semantic.explain.Explanation;
import io.scorebook.semantic.lineage.ModelLineage;
import io.scorebook.semantic.model.SemanticModel;
import io.scorebook.semantic.question.Question;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Turns questions about one model into plans. Immutable and safe to share.
///
/// A question or an SQL query becomes a [MetricQuery] (leaves by keys, at grouping sets); [Stitch]
/// plans its leaves, each on the rows of its own fact ([FactRows], [LeafRows]), and brings them
/// together; [QuestionPlanner] or [SqlExpansion] puts the rest above; [Guard] looks at the whole.
public final class Planner {
  private final CompiledModel model;
  private final PublicSchema schema;
  private final ModelClaims claims;

  /// @param tables the tables of the catalog that the model's sources may name
  /// @param products the output ports that SQL sees beside the datasets
  /// @throws IllegalArgumentException for a model that has not passed its checks
  public Planner(
      SemanticModel model, Collection<SourceTable> tables, Collection<ProductTable> products) {
    this.model = new CompiledModel(model, tables);
    this.schema = new PublicSchema(this.model, products);
    this.claims = new ModelClaims(this.model);
  }

  /// Plans a question of metrics by dimensions.
  public Planning plan(Question question) {
    return attempt(() -> new Planning.Planned(Plans.of(model, question)));
  }

  /// Plans one SQL query over the datasets (schema = the model's name) and the product tables.
  public Planning plan(String sql) {
    return attempt(() -> new Planning.Planned(new SqlPlanner(model, schema).plan(sql)));
  }

  /// Plans the rows of a product's table, ordered by its dimensions.
  public Planning plan(ProductTable table) {
    return attempt(() -> new Planning.Planned(Plans.of(model, table)));
  }

  /// What a plan of this planner came to, in the words of the model; nothing is run for it.
  ///
  /// @throws IllegalArgumentException for a plan that was made otherwise
  public Explanation explain(Plan plan) {
    return Explainer.explain(model, plan);
  }

  private static Planning attempt(java.util.function.Supplier<Planning> planning) {
    try {
      return planning.get();
    } catch (Refusal refusal) {
      return new Planning.Rejected(refusal.issues());
    }
  }

  /// What each thing of the model rests on, by its definition.
  public ModelLineage lineage() {
    return new ModelLineage(
        model.model().datasets().stream()
            .map(dataset -> DatasetLineage.of(model, dataset))
            .toList(),
        model.model().metrics().stream().map(metric -> MetricLineage.of(model, metric)).toList());
  }

  /// What the model says of its data, each claim once.
  public List<Claim> claims() {
    return claims.all();
  }

  /// What a plan takes for granted by a key, as the model declares it.
  public Claim claim(AssumedKey key) {
    return claims.of(key);
  }

  /// That each row has its row on the other side of a relationship that a plan joins along.
  public Claim claim(String relationship) {
    return claims.ofRelationship(relationship);
  }

  /// How a claim is looked into.
  ///
  /// @param claim of this model, or of a table of the catalog
  /// @param examples how many counterexamples are wanted
  public Proof proof(Claim claim, int examples) {
    return ProofPlans.of(model, claim, examples);
  }

  /// What SQL sees, datasets first.
  public List<TableDescription> tables() {
    return schema.descriptions();
  }

  /// What a metric is.
  public Optional<MetricDescription> describe(String metric) {
    return model
        .findMetric(metric)
        .filter(found -> found.role() == Plan.Role.METRIC)
        .map(schema::describe);
  }
}
