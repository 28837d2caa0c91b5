package io.scorebook.semantic.plan;

import io.scorebook.semantic.claim.Claim;
import io.scorebook.semantic.explain.Explanation;
import io.scorebook.semantic.lineage.ModelLineage;
import io.scorebook.semantic.model.SemanticModel;
import io.scorebook.semantic.question.Question;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.calcite.rel.core.Project;

/// Turns questions about one model into plans. Immutable and safe to share.
///
/// A question or an SQL query becomes a [MetricQuery] (leaves by keys, at grouping sets); [Stitch]
/// plans its leaves, each on the rows of its own fact ([FactRows], [LeafRows]), and brings them
/// together; [QuestionPlanner] or [SqlExpansion] puts the rest above; [Guard] looks at the whole.
public final class Planner {
  private final CompiledModel model;

  /// What products are made of, and claims, whatever may be named.
  private final CompiledModel whole;

  private final PublicSchema schema;
  private final Footprints footprints;
  private final List<SourceTable> tables;
  private final Map<String, GroupSize> sizes;
  private final ModelClaims claims;
  private final Map<String, Planner> others = new HashMap<>();
  private final List<ServedTable> served;
  private final Map<String, String> gone;

  /// @param tables the tables of the catalog that the model's sources may name
  /// @param products the output ports that SQL sees beside the datasets
  /// @throws IllegalArgumentException for a model that has not passed its checks
  public Planner(
      SemanticModel model, Collection<SourceTable> tables, Collection<ProductTable> products) {
    this.model = new CompiledModel(model, tables);
    this.whole = this.model;
    this.tables = List.copyOf(tables);
    this.sizes = Map.of();
    this.schema = new PublicSchema(this.model, products.stream().map(this::own).toList(), Map.of());
    this.claims = new ModelClaims(whole);
    this.footprints = new Footprints(whole);
    this.served =
        products.stream()
            .map(table -> new ServedTable(table, Optional.empty(), Optional.empty()))
            .toList();
    this.gone = Map.of();
  }

  /// For those who may not see everything.
  private Planner(
      SemanticModel model,
      List<SourceTable> tables,
      Visibility visibility,
      Map<String, GroupSize> sizes) {
    Visibility all = Visibility.all(model);
    this.model = new CompiledModel(model, tables, visibility, sizes);
    this.whole = visibility.equals(all) ? this.model : new CompiledModel(model, tables, all, sizes);
    this.tables = tables;
    this.sizes = Map.copyOf(sizes);
    this.schema = new PublicSchema(this.model, List.of(), Map.of());
    this.claims = new ModelClaims(whole);
    this.footprints = new Footprints(whole);
    this.served = List.of();
    this.gone = Map.of();
  }

  /// @param products the output ports that SQL sees beside the datasets, also such as are planned
  ///   by other planners
  /// @param gone schemas that SQL does not see any more, by their names in lower case, each with a
  ///   sentence that says what became of it
  private Planner(Planner own, Collection<ServedTable> products, Map<String, String> gone) {
    this.model = own.model;
    this.whole = own.whole;
    this.tables = own.tables;
    this.sizes = own.sizes;
    this.footprints = own.footprints;
    this.served = List.copyOf(products);
    this.gone = Map.copyOf(gone);
    this.claims = own.claims;
    products.forEach(table -> table.by().ifPresent(by -> others.put(by.name(), by.planner())));
    this.schema =
        new PublicSchema(
            model,
            products.stream()
                .map(table ->
                    table
                        .by()
                        .map(by ->
                            new PublicSchema.Table(
                                table.table(),
                                by.planner().whole,
                                Optional.of(by.name()),
                                table.description()))
                        .orElseGet(() ->
                            new PublicSchema.Table(
                                table.table(), whole, Optional.empty(), table.description())))
                .toList(),
            gone);
  }

  private PublicSchema.Table own(ProductTable table) {
    return new PublicSchema.Table(table, whole, Optional.empty(), Optional.empty());
  }

  /// This planner, with these product tables beside its datasets in place of its own.
  ///
  /// @param products also such as are planned by other planners: earlier versions of a product keep
  ///   their formulas
  /// @param gone schemas that SQL does not see any more, by their names in lower case, each with a
  ///   sentence that says what became of it
  public Planner serving(Collection<ServedTable> products, Map<String, String> gone) {
    return new Planner(this, products, gone);
  }

  /// This planner for those who see no more than this of its tables, and may name no more than that
  /// of its model. It serves no product's table until it is told to.
  ///
  /// @param sights by `namespace.name`, of the tables of which not all is seen
  /// @param datasets those that are granted
  /// @param metrics those that are granted
  /// @param groupSizes of the groups that metrics are not told of, by the metrics' names
  /// @throws IllegalArgumentException where a sight does not fit its table
  public Planner seenThrough(
      Map<String, Sight> sights,
      Predicate<String> datasets,
      Predicate<String> metrics,
      Map<String, GroupSize> groupSizes) {
    var seen =
        this.tables.stream()
            .map(table ->
                Optional.ofNullable(sights.get(table.qualifiedName()))
                    .map(table::seenThrough)
                    .orElse(table))
            .toList();
    var hidden = new HashSet<Footprints.Stored>();
    sights.forEach((table, sight) ->
        sight
            .columns()
            .forEach((column, shown) -> {
              if (shown instanceof Sight.Shown.Hidden) {
                hidden.add(new Footprints.Stored(table, column));
              }
            }));
    return new Planner(
        model.model(),
        seen,
        Visibility.of(model.model(), footprints, hidden, datasets, metrics),
        groupSizes);
  }

  /// The product tables that SQL sees beside its datasets.
  public List<ServedTable> served() {
    return served;
  }

  /// Schemas that SQL does not see any more, and what became of them.
  public Map<String, String> gone() {
    return gone;
  }

  /// Which things of the model may be named.
  public Visibility visibility() {
    return model.visibility();
  }

  /// The tables of the catalog that it plans over.
  public List<SourceTable> sources() {
    return tables;
  }

  /// A product's table that SQL sees.
  ///
  /// @param by who plans it; absent for the planner of the datasets
  public record ServedTable(ProductTable table, Optional<By> by, Optional<String> description) {}

  /// Another planner.
  ///
  /// @param name unique among those of one planner
  public record By(String name, Planner planner) {}

  /// The model that it plans by.
  public SemanticModel model() {
    return model.model();
  }

  /// The planner that a key or a reference of a plan belongs to.
  ///
  /// @param name of another planner; absent for this one
  public Planner of(Optional<String> name) {
    return name.map(other -> Objects.requireNonNull(others.get(other), other)).orElse(this);
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
    return attempt(() -> {
      CompiledModel of = schema.modelOf(table);
      Optional<String> by = schema.plannerOf(table);
      Plan plan = by.isEmpty() ? Plans.of(whole, table) : Plans.of(whole, of, by.get(), table);
      ReadPorts.add(plan.rel().getCluster(), table);
      return new Planning.Planned(plan);
    });
  }

  /// What a plan of this planner came to, in the words of the model; nothing is run for it.
  ///
  /// @throws IllegalArgumentException for a plan that was made otherwise
  public Explanation explain(Plan plan) {
    return Explainer.explain(whole, model.visibility(), plan);
  }

  /// The metrics of a plan, and those that they are made of, that are not told of small groups.
  public List<String> heldBack(Plan plan) {
    return sizes.isEmpty()
        ? List.of()
        : explain(plan).definitions().stream()
            .map(definition -> definition.name())
            .filter(name -> sizes.keySet().stream().anyMatch(name::equalsIgnoreCase))
            .distinct()
            .sorted()
            .toList();
  }

  /// Whether small groups are not told of a metric, or of one that it is made of.
  ///
  /// @throws IllegalArgumentException where there is no such metric
  public boolean isHeldBack(String metric) {
    return !sizes.isEmpty()
        && Definitions.of(whole, List.of(whole.part(metric))).stream()
            .anyMatch(made -> sizes.keySet().stream().anyMatch(made.name()::equalsIgnoreCase));
  }

  /// Which stored columns each thing of the model comes from.
  public Footprints footprints() {
    return footprints;
  }

  /// Why the groups of a metric cannot be counted so; empty where they can.
  ///
  /// @throws IllegalArgumentException where there is no such metric
  public Optional<String> problem(String metric, GroupSize size) {
    return GroupSizes.problem(
        whole,
        whole
            .model()
            .findMetric(metric)
            .orElseThrow(() -> new IllegalArgumentException("Invalid metric: " + metric)),
        size);
  }

  /// The rows of a source table as they are seen, by its columns' names.
  ///
  /// @param table `namespace.name`
  public Plan rows(String table) {
    int dot = table.indexOf('.');
    var expressions = AssumedKeys.planning(whole);
    var rel = expressions.scan(table.substring(0, dot), table.substring(dot + 1));
    return ProofPlans.plan(rel instanceof Project project ? project.getInput() : rel);
  }

  private static Planning attempt(java.util.function.Supplier<Planning> planning) {
    try {
      return planning.get();
    } catch (Refusal refusal) {
      return new Planning.Rejected(refusal.issues());
    }
  }

  /// What each thing of the model rests on, by its definition; nothing is named in it that may not
  /// be.
  public ModelLineage lineage() {
    Visibility seen = model.visibility();
    return new ModelLineage(
        model.model().datasets().stream()
            .filter(dataset -> seen.hasDataset(dataset.name()))
            .map(dataset -> DatasetLineage.of(model, dataset).seenThrough(seen::hasField))
            .toList(),
        model.model().metrics().stream()
            .filter(metric -> seen.hasMetric(metric.name()))
            .map(metric -> MetricLineage.of(model, metric))
            .map(metric -> metric.seenThrough(seen::hasDataset, seen::hasMetric))
            .toList());
  }

  /// What the model says of its data, each claim once.
  public List<Claim> claims() {
    return claims.all();
  }

  /// What a plan takes for granted by a key, as the model declares it.
  public Claim claim(AssumedKey key) {
    return of(key.of()).claims.of(key);
  }

  /// That each row has its row on the other side of a relationship that a plan joins along.
  public Claim claim(AssumedReference reference) {
    return of(reference.of()).claims.ofRelationship(reference.relationship());
  }

  /// How a claim is looked into.
  ///
  /// @param claim of this model, or of a table of the catalog
  /// @param examples how many counterexamples are wanted
  public Proof proof(Claim claim, int examples) {
    return ProofPlans.of(whole, claim, examples);
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
