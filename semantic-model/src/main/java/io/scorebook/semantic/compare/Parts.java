package io.scorebook.semantic.compare;

import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Field;
import io.scorebook.semantic.model.Metric;
import io.scorebook.semantic.model.Relationship;
import io.scorebook.semantic.model.SemanticModel;
import io.scorebook.semantic.plan.Meanings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/// What a metric is made of, one step down: other metrics, fields, the rows of its datasets, the
/// dimensions that it looks along, and the relationships between its datasets.
final class Parts {
  private final SemanticModel model;
  private final Meanings meanings;
  private final Map<String, String> parts = new LinkedHashMap<>();

  private Parts(ModelVersion version) {
    this.model = version.model();
    this.meanings = version.meanings();
  }

  /// The parts that both versions have and that mean something else in the second.
  static List<String> changed(ModelVersion before, Metric old, ModelVersion after, Metric now) {
    Map<String, String> was = of(before, old);
    Map<String, String> is = of(after, now);
    var changed = new ArrayList<String>();
    is.forEach((part, meaning) -> {
      if (!meaning.equals(was.get(part))) {
        changed.add(part);
      }
    });
    was.keySet().stream().filter(part -> !is.containsKey(part)).forEach(changed::add);
    return changed;
  }

  private static Map<String, String> of(ModelVersion version, Metric metric) {
    var parts = new Parts(version);
    parts.collect(metric);
    return parts.parts;
  }

  private void collect(Metric metric) {
    Set<String> names = new LinkedHashSet<>();
    Definition.trees(metric)
        .forEach(tree ->
            tree.accept(
                new SqlBasicVisitor<Void>() {
                  @Override
                  public Void visit(SqlIdentifier name) {
                    names.add(name.toString());
                    return null;
                  }
                }));
    if (metric instanceof Metric.OfEntity of) {
      names.addAll(of.entity());
      names.addAll(of.order());
    }
    var datasets = new LinkedHashSet<Dataset>();
    for (String name : names) {
      int dot = name.indexOf('.');
      if (dot > 0) {
        model
            .findDataset(name.substring(0, dot))
            .ifPresent(dataset -> {
              datasets.add(dataset);
              dataset.findField(name.substring(dot + 1)).ifPresent(field -> add(dataset, field));
            });
      } else {
        model
            .findMetric(name)
            .ifPresent(
                other -> parts.put("metric '%s'".formatted(other.name()), meanings.metric(other)));
      }
    }
    for (Dataset dataset : datasets) {
      parts.put("the rows of dataset '%s'".formatted(dataset.name()), meanings.rows(dataset));
      if (metric instanceof Metric.OfEntity) {
        parts.put(
            "the primary key of dataset '%s'".formatted(dataset.name()),
            dataset.primaryKey().toString());
      }
    }
    dimensions(metric);
    if (datasets.size() > 1) {
      relationships(datasets);
    }
  }

  private void add(Dataset dataset, Field field) {
    parts.put(
        "field '%s.%s'".formatted(dataset.name(), field.name()), meanings.field(dataset, field));
  }

  private void dimensions(Metric metric) {
    var names = new LinkedHashSet<String>();
    switch (metric) {
      case Metric.OverTime over -> {
        names.add(over.time());
        names.addAll(model.calendarsOf(over.time()));
      }
      case Metric.Fixed fixed -> names.addAll(fixed.dimensions());
      case Metric.Nested nested -> names.addAll(nested.include());
      case Metric.Expression _,
          Metric.Streak _,
          Metric.Window _,
          Metric.Rank _,
          Metric.Conversion _ -> {}
    }
    for (Dataset fact : meanings.facts(metric)) {
      for (String name : names) {
        Optional<String> meaning = meanings.dimension(fact, name);
        meaning.ifPresent(
            found -> parts.put("dimension '%s' of '%s'".formatted(name, fact.name()), found));
      }
    }
  }

  private void relationships(Set<Dataset> datasets) {
    for (Relationship relationship : model.relationships()) {
      boolean isBetween =
          datasets.stream().anyMatch(d -> d.name().equalsIgnoreCase(relationship.from()));
      if (isBetween) {
        parts.put(
            "relationship '%s'".formatted(relationship.name()),
            meanings.relationship(relationship));
      }
    }
  }
}
