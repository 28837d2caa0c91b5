package io.scorebook.gateway.reading;

import io.scorebook.catalog.table.TableSnapshot;
import io.scorebook.engine.answer.Grounding.Grounds;
import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.domain.Domain.PublicPort;
import io.scorebook.engine.domain.PortKey;
import io.scorebook.gateway.session.Ask;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.plan.ProductTable.Content;
import io.scorebook.semantic.plan.TableDescription;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The Iceberg table that a port is, for engines that would rather read it themselves: where the
/// port's rows and columns are those of one table, and nothing of it is kept back.
///
/// @param name `namespace.table`
/// @param metadata where the table's metadata is
public record StoredTable(String name, String metadata, long snapshot) {

  static Optional<StoredTable> find(
      Domain domain, PublicPort port, Function<Ask.Sql, Grounds> ground) {
    if (!(port.table().content() instanceof Content.Rows(String name))) {
      return Optional.empty();
    }
    Optional<Dataset> dataset = domain.modelOf(port).findDataset(name);
    if (dataset.isEmpty()
        || !(dataset.get().source() instanceof Dataset.Source.Table(var namespace, var stored))) {
      return Optional.empty();
    }
    String table = namespace + "." + stored;
    Set<String> asTheyAre =
        dataset.get().fields().stream()
            .filter(field -> PortKey.is(field, field.name()))
            .map(field -> field.name())
            .collect(Collectors.toUnmodifiableSet());
    TableDescription shown = PortAsked.table(domain, port);
    if (domain.access().restricts(table)
        || !shown.columns().stream().allMatch(column -> asTheyAre.contains(column.name()))) {
      return Optional.empty();
    }
    String sql =
        "SELECT * FROM %s.%s".formatted(SqlText.name(shown.schema()), SqlText.name(shown.name()));
    Grounds grounds = ground.apply(new Ask.Sql(sql, Optional.empty()));
    return grounds.plan().tables().equals(Set.of(table))
        ? grounds.tables().table(table).snapshot().flatMap(found -> of(table, found))
        : Optional.empty();
  }

  private static Optional<StoredTable> of(String table, TableSnapshot snapshot) {
    return snapshot.id().isEmpty()
        ? Optional.empty()
        : snapshot
            .metadataLocation()
            .map(place -> new StoredTable(table, place, snapshot.id().getAsLong()));
  }
}
