package io.scorebook.engine.publish;

import io.scorebook.catalog.publication.Publication.PortContract;
import io.scorebook.catalog.registry.DataContract;
import io.scorebook.catalog.registry.Port;
import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.domain.Domain.PublicPort;
import io.scorebook.semantic.model.Metric;
import io.scorebook.semantic.plan.Plan;
import io.scorebook.semantic.plan.Planning;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The contracts of a domain's ports as they are at a publication.
final class PortContracts {
  private PortContracts() {}

  static List<PortContract> of(Domain domain) {
    var contracts = new ArrayList<PortContract>();
    for (PublicPort port : domain.ports()) {
      if (domain.planner().plan(port.table()) instanceof Planning.Planned(Plan plan)) {
        contracts.add(
            new PortContract(
                port.product().name(),
                port.product().version().toString(),
                port.port().name(),
                DataContract.toYaml(
                    DataContract.render(
                        port.product(), port.port(), columns(domain, port, plan)))));
      }
    }
    return contracts;
  }

  private static List<DataContract.Column> columns(Domain domain, PublicPort port, Plan plan) {
    return domain.planner().tables().stream()
        .filter(table ->
            table.schema().equals(port.table().schema())
                && table.name().equals(port.table().name()))
        .flatMap(table -> table.columns().stream())
        .map(column ->
            new DataContract.Column(
                column.name(),
                DataContract.Type.valueOf(column.type().name()),
                isKey(port.port(), column.name()),
                !column.nullable(),
                column.description(),
                domain.model().findMetric(column.name()).map(Metric::expression),
                plan.lineage().columns().getOrDefault(column.name(), Set.of()).stream()
                    .map(edge -> edge.table() + "." + edge.column())
                    .distinct()
                    .sorted()
                    .toList()))
        .toList();
  }

  private static boolean isKey(Port port, String column) {
    return switch (port.content()) {
      case Port.MetricQuery query -> query.dimensions().contains(column);
      case Port.DatasetRows _ -> false;
    };
  }
}
