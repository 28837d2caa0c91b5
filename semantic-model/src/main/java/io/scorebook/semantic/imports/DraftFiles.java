package io.scorebook.semantic.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.scorebook.semantic.model.OssieWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The files of a domain's folder that a draft comes to.
public final class DraftFiles {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private DraftFiles() {}

  /// The texts of the files by their paths below the folder.
  public static Map<String, String> of(Draft draft) {
    var files = new LinkedHashMap<String, String>();
    files.put("model.yaml", OssieWriter.write(draft.model()));
    for (Draft.Table table : draft.tables()) {
      files.put("schemas/" + table.name() + ".avsc", contract(draft.model().name(), table));
    }
    return files;
  }

  /// The report as JSON: how many there are of each grade, and each construct.
  public static String report(Fidelity fidelity) {
    var plain = new LinkedHashMap<String, Object>();
    for (Fidelity.Grade grade : Fidelity.Grade.values()) {
      plain.put(grade.word(), fidelity.count(grade));
    }
    var constructs = new ArrayList<Map<String, Object>>();
    for (Fidelity.Entry entry : fidelity.toList()) {
      var construct = new LinkedHashMap<String, Object>();
      construct.put("grade", entry.grade().word());
      construct.put("construct", entry.construct());
      construct.put("name", entry.name());
      construct.put("file", entry.at().file());
      construct.put("line", entry.at().line());
      if (!entry.reason().isEmpty()) {
        construct.put("reason", entry.reason());
      }
      constructs.add(construct);
    }
    plain.put("constructs", constructs);
    return json(plain);
  }

  private static String contract(String namespace, Draft.Table table) {
    var plain = new LinkedHashMap<String, Object>();
    plain.put("type", "record");
    plain.put("name", table.name());
    plain.put("namespace", namespace);
    if (!table.primaryKey().isEmpty()) {
      plain.put("primaryKey", table.primaryKey());
    }
    var fields = new ArrayList<Map<String, Object>>();
    for (Draft.Column column : table.columns()) {
      boolean isKey = table.primaryKey().stream().anyMatch(column.name()::equalsIgnoreCase);
      var field = new LinkedHashMap<String, Object>();
      field.put("name", column.name());
      field.put("type", isKey ? type(column.type()) : List.of("null", type(column.type())));
      if (column.isAssumed()) {
        field.put("doc", "The type is assumed.");
      }
      fields.add(field);
    }
    plain.put("fields", fields);
    return json(plain);
  }

  private static Object type(Draft.Type type) {
    try {
      return JSON.readValue(type.avro(), Object.class);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a type of Avro is JSON", e);
    }
  }

  private static String json(Object plain) {
    try {
      return JSON.writeValueAsString(plain) + "\n";
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("maps, lists and texts", e);
    }
  }
}
