package io.scorebook.engine.publish;

import io.scorebook.catalog.contract.Contract;
import io.scorebook.catalog.publication.PublishedVersion;
import io.scorebook.catalog.registry.Product.Status;
import io.scorebook.catalog.table.ColumnType;
import io.scorebook.documents.Location;
import io.scorebook.engine.compare.DomainVersion;
import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.publish.Outcome.Reason;
import io.scorebook.semantic.lineage.Lineage;
import io.scorebook.semantic.lineage.Lineage.Edge;
import io.scorebook.semantic.plan.Plan;
import io.scorebook.semantic.plan.Planning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Versions of before are read from the tables of today: what they read has to stay in the
/// contracts for as long as they are served. One whose data is pinned reads the tables as they
/// were.
final class LostSources {
  private LostSources() {}

  static List<Reason> of(
      List<PublishedVersion> versions,
      DomainVersion next,
      long number,
      Standing.Versions documents) {
    var reasons = new ArrayList<Reason>();
    for (PublishedVersion version : versions) {
      boolean isEarlier = version.documents() != number && version.pinned().isEmpty();
      if (isEarlier && version.status() != Status.RETIRED) {
        Domain source = documents.version(version.documents()).domain();
        for (String lost : lost(version, source, next.domain())) {
          reasons.add(
              new Reason(
                  Location.of("schemas"),
                  "Cannot do without %s: %s is served still and reads it; keep it, or retire %s"
                      .formatted(lost, version.name(), version.name()),
                  List.of()));
        }
      }
    }
    return reasons;
  }

  private static TreeSet<String> lost(PublishedVersion version, Domain source, Domain next) {
    var lost = new TreeSet<String>();
    for (Domain.PublicPort port : source.ports()) {
      if (port.product().name().equals(version.product())
          && port.product().version().equals(version.version())
          && source.planner().plan(port.table()) instanceof Planning.Planned(Plan plan)) {
        Lineage lineage = plan.lineage();
        lineage.columns().values().forEach(edges -> edges.forEach(e -> add(e, source, next, lost)));
        lineage.rows().forEach(edge -> add(edge, source, next, lost));
      }
    }
    return lost;
  }

  private static void add(Edge edge, Domain source, Domain next, TreeSet<String> lost) {
    Optional<ColumnType> was = type(source, edge);
    Optional<ColumnType> is = type(next, edge);
    String column = edge.table() + "." + edge.column();
    if (is.isEmpty()) {
      lost.add("the column '%s'".formatted(column));
    } else if (was.isPresent() && !was.equals(is)) {
      lost.add("the type %s of the column '%s'".formatted(was.get(), column));
    }
  }

  private static Optional<ColumnType> type(Domain domain, Edge edge) {
    return domain.contracts().inLoadOrder().stream()
        .filter(contract -> contract.table().toString().equals(edge.table()))
        .flatMap(contract -> contract.fields().stream())
        .filter(field -> field.name().equals(edge.column()))
        .map(Contract.Field::type)
        .findFirst();
  }
}
