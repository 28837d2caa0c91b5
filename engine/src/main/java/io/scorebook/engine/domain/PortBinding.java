package io.scorebook.engine.domain;

import io.scorebook.catalog.registry.Port;
import io.scorebook.catalog.registry.Port.Condition;
import io.scorebook.catalog.registry.Product;
import io.scorebook.documents.Findings;
import io.scorebook.documents.Location;
import io.scorebook.documents.Suggestions;
import io.scorebook.engine.domain.Domain.PublicPort;
import io.scorebook.semantic.plan.ProductTable;
import io.scorebook.semantic.plan.ProductTable.Content;
import io.scorebook.semantic.question.Filter;
import io.scorebook.semantic.question.Filter.Op;
import io.scorebook.semantic.question.Question;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Brings what a product promises into the words of the semantic model.
final class PortBinding {
  private PortBinding() {}

  static Optional<PublicPort> bind(Product product, Port port, Findings findings) {
    return content(port, findings)
        .map(content ->
            new PublicPort(
                product, port, new ProductTable(product.schema(), port.name(), content)));
  }

  private static Optional<Content> content(Port port, Findings findings) {
    return switch (port.content()) {
      case Port.DatasetRows(String dataset) -> Optional.of(new Content.Rows(dataset));
      case Port.MetricQuery(var metrics, var dimensions, var conditions) -> {
        var filters = new ArrayList<Filter>();
        boolean known = true;
        for (Condition condition : conditions) {
          Optional<Filter> filter = filter(condition, port.location(), findings);
          filter.ifPresent(filters::add);
          known &= filter.isPresent();
        }
        yield known
            ? Optional.of(
                new Content.Metrics(Question.of(metrics, dimensions).withFilters(filters)))
            : Optional.empty();
      }
    };
  }

  static Optional<Filter> filter(Condition condition, Location place, Findings findings) {
    Optional<Op> op = Op.find(condition.op());
    if (op.isEmpty()) {
      List<String> known = Arrays.stream(Op.values()).map(Op::symbol).toList();
      findings.error(
          place,
          "Cannot filter '%s' by '%s'".formatted(condition.field(), condition.op()),
          Suggestions.clause(condition.op(), known));
    }
    return op.map(found -> new Filter.Comparison(condition.field(), found, condition.values()));
  }
}
