package io.scorebook.engine.datasheet;

import io.openlineage.client.OpenLineageClientUtils;
import io.scorebook.engine.datasheet.Datasheet.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/// The standards in whose words a product is described.
public enum DocumentForm {
  ODCS(
      "odcs", true, "application/json", "Data contract of a port: Open Data Contract Standard 3.1"),
  ODPS("odps", false, "application/json", "Data product: Open Data Product Standard 1.1"),
  AVRO("avro", true, "application/json", "Avro schema of a row"),
  JSON_SCHEMA("json-schema", true, "application/schema+json", "JSON Schema (2020-12) of a row"),
  OPENAPI(
      "openapi", false, "application/json", "OpenAPI 3.1 description of the product's endpoints"),
  DCAT("dcat", false, "application/ld+json", "DCAT and DPROD, as JSON-LD"),
  OPENLINEAGE(
      "openlineage", false, "application/json", "OpenLineage event: inputs, ports, column lineage");

  private final String word;
  private final boolean isOfPort;
  private final String mediaType;
  private final String description;

  DocumentForm(String word, boolean isOfPort, String mediaType, String description) {
    this.word = word;
    this.isOfPort = isOfPort;
    this.mediaType = mediaType;
    this.description = description;
  }

  /// What addresses and the command line call it.
  public String word() {
    return word;
  }

  /// Whether it describes one port, not the product as a whole.
  public boolean isOfPort() {
    return isOfPort;
  }

  public String mediaType() {
    return mediaType;
  }

  public String description() {
    return description;
  }

  public static Optional<DocumentForm> find(String word) {
    return Arrays.stream(values()).filter(form -> form.word.equals(word)).findFirst();
  }

  public static List<String> words() {
    return Arrays.stream(values()).map(DocumentForm::word).toList();
  }

  /// The document as maps and lists, ready for JSON or YAML.
  ///
  /// @param port the port that it describes; of [#isOfPort] forms alone
  public Map<String, ?> render(Datasheet sheet, Table port) {
    return switch (this) {
      case ODCS -> OdcsContract.render(sheet, port);
      case ODPS -> OdpsProduct.render(sheet);
      case AVRO -> AvroRow.render(sheet, port);
      case JSON_SCHEMA -> JsonSchemaRow.render(sheet, port);
      case OPENAPI -> OpenApiProduct.render(sheet);
      case DCAT -> DcatProduct.render(sheet);
      case OPENLINEAGE -> openLineage(sheet);
    };
  }

  @SuppressWarnings("unchecked") // an event is an object
  private static Map<String, Object> openLineage(Datasheet sheet) {
    var event = new OpenLineageProduct(sheet).event(Instant.now().atZone(ZoneOffset.UTC));
    return OpenLineageClientUtils.convertValue(event, Map.class);
  }

  /// A document as YAML.
  public static String yaml(Map<String, ?> document) {
    DumpSettings settings =
        DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setDereferenceAliases(true)
            .setWidth(100)
            .build();
    return new Dump(settings).dumpToString(whole(document));
  }

  /// The same, with whole numbers as such: of a decimal YAML makes a 1.0, and JSON a 1.
  private static Object whole(Object value) {
    return switch (value) {
      case Map<?, ?> mapping -> {
        var all = new LinkedHashMap<Object, Object>();
        mapping.forEach((key, of) -> all.put(key, whole(of)));
        yield all;
      }
      case Collection<?> several -> several.stream().map(DocumentForm::whole).toList();
      case BigDecimal number when number.stripTrailingZeros().scale() <= 0 ->
          number.toBigIntegerExact();
      default -> value;
    };
  }
}
