package io.scorebook.semantic.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.scorebook.documents.Document;
import io.scorebook.documents.Findings;
import java.util.List;

/// Validates documents against JSON schemas, by an implementation that is not ours.
public final class JsonSchemas {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonSchemas() {}

  public static Schema schema(String text) {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(text, InputFormat.JSON);
  }

  /// What the schema says against a YAML or JSON text.
  public static List<String> validate(Schema schema, String text) {
    JsonNode node =
        JSON.valueToTree(Document.parse("document", text, new Findings()).orElseThrow().toPlain());
    return schema.validate(node).stream().map(Error::toString).toList();
  }
}
