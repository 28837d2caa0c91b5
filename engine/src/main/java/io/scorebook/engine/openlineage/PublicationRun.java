package io.scorebook.engine.openlineage;

import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineage.RunEvent;
import io.openlineage.client.OpenLineage.RunEvent.EventType;
import io.openlineage.client.utils.UUIDUtils;
import io.scorebook.catalog.load.TableLoads;
import io.scorebook.catalog.registry.Product;
import io.scorebook.catalog.store.TableName;
import io.scorebook.catalog.store.Warehouse;
import io.scorebook.engine.datasheet.Datasheet;
import io.scorebook.engine.datasheet.Datasheet.Stored;
import io.scorebook.engine.datasheet.Datasheets;
import io.scorebook.engine.datasheet.OpenLineageProduct;
import io.scorebook.engine.domain.Domain;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The publication of a domain, told for each of its products: what it reads, what it gives, and
/// how the columns come about.
public final class PublicationRun {
  private PublicationRun() {}

  /// Tells of a publication that was made.
  public static void published(LineageEmitter emitter, Warehouse warehouse, Domain domain) {
    for (Product product : emitter.isOn() ? domain.products() : List.<Product>of()) {
      UUID run = UUIDUtils.generateNewUUID();
      emitter.emit(() -> event(EventType.START, run, warehouse, domain, product));
      emitter.emit(() -> event(EventType.COMPLETE, run, warehouse, domain, product));
    }
  }

  /// Tells of one that was refused.
  public static void refused(LineageEmitter emitter, String why) {
    emitter.emit(() -> {
      var openLineage = new OpenLineage(OpenLineageProduct.PRODUCER);
      var facets = openLineage.newRunFacetsBuilder();
      facets.errorMessage(openLineage.newErrorMessageRunFacet(why, "JAVA", null));
      return openLineage.newRunEvent(
          ZonedDateTime.now(ZoneOffset.UTC),
          EventType.FAIL,
          openLineage.newRun(UUIDUtils.generateNewUUID(), facets.build()),
          openLineage.newJob("scorebook", "publish", null),
          List.of(),
          List.of());
    });
  }

  private static RunEvent event(
      EventType type, UUID run, Warehouse warehouse, Domain domain, Product product) {
    var openLineage = new OpenLineage(OpenLineageProduct.PRODUCER);
    Datasheet sheet =
        new Datasheets(domain, table -> stored(warehouse, table), Optional.empty()).of(product);
    var told = new OpenLineageProduct(sheet);
    return openLineage.newRunEvent(
        ZonedDateTime.now(ZoneOffset.UTC),
        type,
        openLineage.newRun(run, null),
        told.job(),
        told.inputs(),
        told.outputs());
  }

  private static Optional<Stored> stored(Warehouse warehouse, String table) {
    return TableLoads.of(warehouse, TableName.parse(table))
        .map(loads -> new Stored(loads.location(), loads.snapshot()));
  }
}
