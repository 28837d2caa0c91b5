package io.scorebook.semantic.check;

import io.scorebook.documents.Findings;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Metric;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/// The entity and the order of a metric that has them are fields of one dataset or of what it
/// reaches, and its rows have a total order.
///
/// The dataset is that of the first entity field: its rows are put in order.
final class SequenceFields implements Rule {
  @Override
  public void check(Subject subject, Findings findings) {
    for (Metric metric : subject.model().metrics()) {
      if (metric instanceof Metric.OfEntity sequence && !sequence.entity().isEmpty()) {
        check(subject, metric, sequence, findings);
      }
    }
  }

  private static void check(
      Subject subject, Metric metric, Metric.OfEntity sequence, Findings findings) {
    var unique = new HashSet<String>();
    for (String field : sequence.entity()) {
      checkOnce(metric, "entity", field, unique, findings);
      MetricReferences.checkField(subject, metric, field, metric.location(), findings);
    }
    unique.clear();
    for (String field : sequence.order()) {
      checkOnce(metric, "order", field, unique, findings);
      MetricReferences.checkField(subject, metric, field, metric.location(), findings);
    }
    switch (sequence) {
      case Metric.Sequence _, Metric.Conversion _ -> {}
      case Metric.Rolling _, Metric.SemiAdditive _ -> {
        checkSeen(subject, sequence, findings);
        return;
      }
      case Metric.Rank rank -> {
        checkRanked(subject, rank, findings);
        return;
      }
    }
    subject
        .entityDataset(sequence)
        .ifPresent(dataset -> {
          checkReached(subject, metric, sequence, dataset, findings);
          if (!sequence.order().isEmpty()) {
            checkTotal(metric, dataset, findings);
          }
        });
  }

  /// Every dataset that the metric aggregates sees its entity and its order.
  private static void checkSeen(Subject subject, Metric.OfEntity metric, Findings findings) {
    Set<String> fields = new LinkedHashSet<>(metric.entity());
    fields.addAll(metric.order());
    for (Dataset fact : subject.facts(metric)) {
      for (String field : fields) {
        subject
            .datasetOf(field)
            .filter(_ -> subject.reach().isBounded(fact))
            .filter(other -> subject.reach().paths(fact, other).size() != 1)
            .ifPresent(other ->
                findings.error(
                    metric.location(),
                    "Cannot use the field '%s' for metric '%s': not one path leads from dataset '%s', which it aggregates, to '%s'"
                        .formatted(field, metric.name(), fact.name(), other.name())));
      }
      if (!metric.order().isEmpty()) {
        checkTotal(metric, fact, findings);
      }
    }
  }

  private static void checkRanked(Subject subject, Metric.Rank metric, Findings findings) {
    Set<Dataset> facts = subject.facts(metric);
    subject
        .entityDataset(metric)
        .filter(dataset -> !facts.isEmpty() && !facts.contains(dataset))
        .ifPresent(dataset ->
            findings.error(
                metric.location(),
                "Cannot rank by metric '%s' an entity of dataset '%s', of which it aggregates no rows"
                    .formatted(metric.name(), dataset.name()),
                "name the entity as a field of "
                    + String.join(" or ", facts.stream().map(Dataset::name).toList())));
  }

  private static void checkOnce(
      Metric metric, String what, String field, Set<String> unique, Findings findings) {
    if (!unique.add(field.toLowerCase(Locale.ROOT))) {
      findings.error(
          metric.location(),
          "Cannot have the field '%s' twice in the %s of metric '%s'"
              .formatted(field, what, metric.name()));
    }
  }

  private static void checkReached(
      Subject subject,
      Metric metric,
      Metric.OfEntity sequence,
      Dataset dataset,
      Findings findings) {
    Set<String> fields = new LinkedHashSet<>(sequence.entity());
    fields.addAll(sequence.order());
    subject
        .shape(metric)
        .ifPresent(shape -> {
          shape.names().stream()
              .filter(name -> !name.isSimple())
              .forEach(name -> fields.add(String.join(".", name.names)));
          shape
              .aggregates()
              .forEach(aggregate ->
                  aggregate
                      .references()
                      .forEach(
                          reference -> fields.add(reference.dataset() + "." + reference.field())));
        });
    for (String field : fields) {
      subject
          .datasetOf(field)
          .filter(_ -> subject.reach().isBounded(dataset))
          .filter(other -> subject.reach().paths(dataset, other).size() != 1)
          .ifPresent(other ->
              findings.error(
                  metric.location(),
                  "Cannot use the field '%s' for metric '%s': %s leads from dataset '%s' to '%s'"
                      .formatted(
                          field,
                          metric.name(),
                          subject.reach().paths(dataset, other).isEmpty()
                              ? "no many-to-one path"
                              : "more than one path",
                          dataset.name(),
                          other.name()),
                  "the rows of the dataset of its first entity field are put in order"));
    }
  }

  private static void checkTotal(Metric metric, Dataset dataset, Findings findings) {
    if (dataset.primaryKey().isEmpty()) {
      findings.error(
          metric.location(),
          "Cannot put the rows of metric '%s' into a total order: dataset '%s' has no primary key"
              .formatted(metric.name(), dataset.name()),
          "declare its primary_key, which is appended to the order");
    }
  }
}
