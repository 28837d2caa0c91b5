package io.scorebook.semantic.plan;

import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Field;
import io.scorebook.semantic.model.Metric;
import io.scorebook.semantic.model.Relationship;
import io.scorebook.semantic.model.SemanticModel;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Which things of a model may be named. What may not is as unknown as what is not there; a metric
/// may still be made of it.
///
/// @param datasets whose rows and fields may be asked for
/// @param fields as `dataset.field`
/// @param relationships along which a question may reach dimensions
/// @param metrics without their evidence and targets, which go with them
public record Visibility(
    Set<String> datasets, Set<String> fields, Set<String> relationships, Set<String> metrics) {

  public Visibility {
    datasets = lowerCase(datasets);
    fields = lowerCase(fields);
    relationships = lowerCase(relationships);
    metrics = lowerCase(metrics);
  }

  private static Set<String> lowerCase(Collection<String> names) {
    return names.stream()
        .map(name -> name.toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean has(Set<String> names, String name) {
    return names.contains(name.toLowerCase(Locale.ROOT));
  }

  /// Everything.
  public static Visibility all(SemanticModel model) {
    return new Visibility(
        names(model.datasets(), Dataset::name, _ -> true),
        model.datasets().stream()
            .flatMap(dataset -> dataset.fields().stream().map(field -> name(dataset, field)))
            .collect(Collectors.toSet()),
        names(model.relationships(), Relationship::name, _ -> true),
        names(model.metrics(), Metric::name, _ -> true));
  }

  /// What is granted and does not come from hidden columns.
  ///
  /// @param hidden columns that are not there
  public static Visibility of(
      SemanticModel model,
      Footprints footprints,
      Set<Footprints.Stored> hidden,
      Predicate<String> datasets,
      Predicate<String> metrics) {
    Predicate<Optional<Set<Footprints.Stored>>> isClear =
        footprint ->
            hidden.isEmpty()
                || footprint
                    .filter(found -> found.stream().noneMatch(hidden::contains))
                    .isPresent();
    Predicate<Dataset> dataset =
        of -> datasets.test(of.name()) && isClear.test(footprints.dataset(of));
    return new Visibility(
        names(model.datasets(), Dataset::name, dataset),
        model.datasets().stream()
            .filter(dataset)
            .flatMap(of ->
                of.fields().stream()
                    .filter(field -> isClear.test(footprints.field(of, field)))
                    .map(field -> name(of, field)))
            .collect(Collectors.toSet()),
        names(
            model.relationships(),
            Relationship::name,
            of -> isClear.test(footprints.relationship(of))),
        names(
            model.metrics(),
            Metric::name,
            of -> metrics.test(of.name()) && isClear.test(footprints.metric(of))));
  }

  private static <T> Set<String> names(
      Collection<T> things, java.util.function.Function<T, String> name, Predicate<T> which) {
    return things.stream().filter(which).map(name).collect(Collectors.toSet());
  }

  private static String name(Dataset dataset, Field field) {
    return dataset.name() + "." + field.name();
  }

  public boolean hasDataset(String name) {
    return has(datasets, name);
  }

  public boolean hasMetric(String name) {
    return has(metrics, name);
  }

  public boolean hasField(String dataset, String field) {
    return has(fields, dataset + "." + field);
  }

  /// Whether a dimension may be named that is reached by this path.
  boolean has(FieldPath path) {
    return has(fields, name(path.dataset(), path.field()))
        && path.path().stream().allMatch(step -> has(relationships, step.name()));
  }

  /// The model with nothing in it that may not be named, for people to read; not for plans, since
  /// what it has may be made of what it has not.
  public SemanticModel shown(SemanticModel model) {
    var graph = new JoinGraph(model, this);
    return new SemanticModel(
        model.name(),
        model.version(),
        model.hash(),
        model.description(),
        model.datasets().stream().filter(of -> hasDataset(of.name())).map(this::shown).toList(),
        model.relationships().stream()
            .filter(of -> has(relationships, of.name()))
            .filter(of -> hasDataset(of.from()) && hasDataset(of.to()))
            .toList(),
        model.metrics().stream().filter(of -> hasMetric(of.name())).toList(),
        model.conformed().stream()
            .filter(name -> graph.isVisible(name))
            .collect(Collectors.toSet()),
        model.calendars().entrySet().stream()
            .filter(of -> graph.isVisible(of.getKey()) && graph.isVisible(of.getValue()))
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey, Map.Entry::getValue, (a, _) -> a, LinkedHashMap::new)),
        model.location(),
        model.conformedAt());
  }

  private Dataset shown(Dataset dataset) {
    return new Dataset(
        dataset.name(),
        dataset.source(),
        dataset.primaryKey(),
        dataset.uniqueKeys(),
        dataset.fields().stream().filter(of -> hasField(dataset.name(), of.name())).toList(),
        dataset.description(),
        dataset.synonyms(),
        dataset.location());
  }
}
