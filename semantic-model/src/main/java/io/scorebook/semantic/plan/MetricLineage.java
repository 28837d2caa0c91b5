package io.scorebook.semantic.plan;

import io.scorebook.semantic.expression.Sql;
import io.scorebook.semantic.lineage.Lineage.Use;
import io.scorebook.semantic.lineage.ModelLineage.OfField;
import io.scorebook.semantic.lineage.ModelLineage.OfMetric;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Metric;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/// What a metric is made of, by its definition: the fields and metrics that it names.
final class MetricLineage {
  private final CompiledModel model;
  private final Metric metric;
  private final List<Dataset> facts;
  private final Set<OfField> fields = new TreeSet<>();
  private final Set<String> metrics = new TreeSet<>();

  private MetricLineage(CompiledModel model, Metric metric) {
    this.model = model;
    this.metric = metric;
    this.facts = model.findMetric(metric.name()).map(CompiledMetric::facts).orElse(List.of());
  }

  static OfMetric of(CompiledModel model, Metric metric) {
    var lineage = new MetricLineage(model, metric);
    lineage.read();
    return new OfMetric(
        metric.name(),
        lineage.facts.stream().map(Dataset::name).collect(Collectors.toSet()),
        lineage.fields,
        lineage.metrics);
  }

  private void read() {
    Use value =
        switch (metric) {
          case Metric.Streak _, Metric.Conversion _ -> Use.FILTER;
          case Metric.Expression _,
              Metric.Window _,
              Metric.Cumulative _,
              Metric.Rolling _,
              Metric.Prior _,
              Metric.SemiAdditive _,
              Metric.Fixed _,
              Metric.Nested _,
              Metric.Rank _ ->
              Use.AGGREGATION;
        };
    expression(metric.expression(), value);
    switch (metric) {
      case Metric.Expression _ -> {}
      case Metric.Streak streak -> rows(streak);
      case Metric.Window window -> rows(window);
      case Metric.Cumulative cumulative -> {
        names(List.of(cumulative.time()), Use.WINDOW);
        names(cumulative.restart().stream().toList(), Use.GROUP);
      }
      case Metric.Rolling rolling -> {
        names(List.of(rolling.time()), Use.WINDOW);
        rows(rolling);
      }
      case Metric.Prior prior -> names(List.of(prior.time(), prior.unit()), Use.JOIN);
      case Metric.SemiAdditive semi -> {
        names(List.of(semi.time()), Use.WINDOW);
        rows(semi);
      }
      case Metric.Fixed fixed -> names(fixed.dimensions(), Use.GROUP);
      case Metric.Nested nested -> names(nested.include(), Use.GROUP);
      case Metric.Rank rank -> names(rank.entity(), Use.GROUP);
      case Metric.Conversion conversion -> {
        expression(conversion.then(), Use.FILTER);
        rows(conversion);
      }
    }
  }

  private void rows(Metric.OfEntity of) {
    names(of.entity(), Use.WINDOW);
    names(of.order(), Use.WINDOW);
  }

  private void expression(String text, Use use) {
    SqlNode parsed;
    try {
      parsed = Sql.parseExpression(text);
    } catch (SqlParseException e) {
      throw new IllegalArgumentException("Invalid metric '%s'".formatted(metric.name()), e);
    }
    parsed.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          @SuppressWarnings("NullAway") // a visitor of Void gives nothing
          public Void visit(SqlIdentifier identifier) {
            if (identifier.names.size() == 1) {
              model
                  .model()
                  .findMetric(identifier.getSimple())
                  .ifPresent(m -> metrics.add(m.name()));
            } else {
              names(List.of(String.join(".", identifier.names)), use);
            }
            return null;
          }
        });
  }

  /// Fields written as `dataset.field`, or as a question names them; words that are none (a grain)
  /// are left out.
  private void names(Collection<String> names, Use use) {
    for (String name : names) {
      int dot = name.indexOf('.');
      Optional<Dataset> dataset =
          dot < 0 ? Optional.empty() : model.model().findDataset(name.substring(0, dot));
      if (dataset.isPresent()) {
        fields.add(new OfField(dataset.get().name(), name.substring(dot + 1), use));
      } else {
        facts.stream()
            .flatMap(fact -> candidates(fact, name))
            .forEach(
                path -> fields.add(new OfField(path.dataset().name(), path.field().name(), use)));
      }
    }
  }

  private Stream<FieldPath> candidates(Dataset fact, String name) {
    return model.candidates(fact, name).stream();
  }
}
