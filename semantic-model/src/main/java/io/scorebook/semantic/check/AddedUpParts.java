package io.scorebook.semantic.check;

import io.scorebook.documents.Findings;
import io.scorebook.semantic.expression.Sql;
import io.scorebook.semantic.model.Metric;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/// What is added up over a finer grain can be added up: a distinct count counts once more what
/// several groups have, and the sum of ratios is none.
final class AddedUpParts implements Rule {
  @Override
  public void check(Subject subject, Findings findings) {
    for (Metric metric : subject.model().metrics()) {
      if (metric instanceof Metric.Nested nested
          && nested.aggregate() == Metric.Nested.Aggregate.SUM) {
        find(subject, nested, new HashSet<>())
            .ifPresent(what ->
                findings.warning(
                    nested.expressionAt(),
                    "Cannot add up %s over %s, as metric '%s' does"
                        .formatted(what, String.join(", ", nested.include()), nested.name()),
                    "take the average, or the metric itself"));
      }
    }
  }

  private static Optional<String> find(Subject subject, Metric metric, Set<Metric> seen) {
    boolean isOfParts = metric instanceof Metric.Nested || metric instanceof Metric.Expression;
    if (!isOfParts || !seen.add(metric)) {
      return Optional.empty();
    }
    Optional<MetricShape> shape = subject.shape(metric);
    if (shape.stream()
        .flatMap(found -> found.aggregates().stream())
        .anyMatch(MetricShape.Aggregate::isDistinct)) {
      return Optional.of("a distinct count");
    }
    if (subject.parse(metric).tree().filter(AddedUpParts::hasRatio).isPresent()) {
      return Optional.of("a ratio");
    }
    return shape.stream()
        .flatMap(found -> found.names().stream())
        .flatMap(name -> subject.model().findMetric(name.toString()).stream())
        .flatMap(other -> find(subject, other, seen).stream())
        .findFirst();
  }

  private static boolean hasRatio(SqlNode tree) {
    boolean[] found = {false};
    tree.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public Void visit(SqlCall call) {
            found[0] |= Sql.isRatio(call);
            return super.visit(call);
          }
        });
    return found[0];
  }
}
