package io.scorebook.engine.datasheet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.scorebook.documents.Findings;
import io.scorebook.domains.SampleDomain;
import io.scorebook.engine.datasheet.Datasheet.Stored;
import io.scorebook.engine.domain.Domain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The datasheets of the sample, served and not served.
final class Samples {
  static final ObjectMapper JSON = new ObjectMapper();
  static final Domain DOMAIN = domain();
  static final Address ADDRESS = new Address(URI.create("https://scorebook.example:8443"));

  private Samples() {}

  private static Domain domain() {
    try {
      Path folder = Files.createTempDirectory("sample-domain");
      SampleDomain.copyTo(folder);
      return Domain.read(folder, new Findings()).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Datasheet> all() {
    return DOMAIN.products().stream().map(product -> sheet(product.name())).toList();
  }

  static Datasheet sheet(String product) {
    var sheets =
        new Datasheets(
            DOMAIN,
            table ->
                Optional.of(
                    new Stored(
                        "s3://lake/" + table.replace('.', '/'),
                        OptionalLong.of(5937117119577207000L))),
            Optional.of(ADDRESS));
    return sheets.of(DOMAIN.findProduct(product, 1).orElseThrow());
  }

  static JsonNode render(DocumentForm form, Datasheet sheet) {
    return json(form.render(sheet, sheet.ports().getFirst()));
  }

  /// As it is sent.
  static JsonNode json(Object document) {
    try {
      return JSON.readTree(JSON.writeValueAsString(document));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
