package io.scorebook.engine.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.scorebook.catalog.publication.Publication.PortContract;
import io.scorebook.catalog.registry.Product;
import io.scorebook.engine.datasheet.Datasheet;
import io.scorebook.engine.datasheet.Datasheets;
import io.scorebook.engine.datasheet.DocumentForm;
import io.scorebook.engine.domain.Domain;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The contracts of a domain's ports as they are at a publication.
final class PortContracts {
  private static final ObjectMapper JSON = new ObjectMapper();

  private PortContracts() {}

  static List<PortContract> of(Domain domain) {
    var contracts = new ArrayList<PortContract>();
    var sheets = new Datasheets(domain, _ -> Optional.empty(), Optional.empty());
    for (Product product : domain.products()) {
      Datasheet sheet = sheets.of(product);
      for (Datasheet.Table table : sheet.ports()) {
        contracts.add(
            new PortContract(
                product.name(),
                product.version().toString(),
                table.port().name(),
                json(DocumentForm.ODCS.render(sheet, table))));
      }
    }
    return contracts;
  }

  private static String json(Object document) {
    try {
      return JSON.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Cannot write as JSON: " + document, e);
    }
  }
}
