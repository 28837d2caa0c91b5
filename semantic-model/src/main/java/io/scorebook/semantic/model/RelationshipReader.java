package io.scorebook.semantic.model;

import io.scorebook.documents.Findings;
import io.scorebook.documents.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads relationships, and from their extension which names they expose.
final class RelationshipReader {
  private static final Set<String> KEYS =
      Set.of("name", "from", "to", "from_columns", "to_columns", "ai_context", "custom_extensions");

  private final SourceText source;
  private final Findings findings;

  RelationshipReader(SourceText source, Findings findings) {
    this.source = source;
    this.findings = findings;
  }

  Optional<Relationship> read(Value.Mapping relationship) {
    relationship.allowOnly(KEYS, findings);
    Optional<String> name = Names.read(relationship, "relationship", findings);
    String from = relationship.text("from", findings);
    String to = relationship.text("to", findings);
    List<String> fromColumns = readColumns(relationship, "from_columns");
    List<String> toColumns = readColumns(relationship, "to_columns");
    Optional<Map<String, String>> exposes =
        Extension.find(relationship, source, findings).flatMap(this::readExposes);
    if (!fromColumns.isEmpty() && !toColumns.isEmpty() && fromColumns.size() != toColumns.size()) {
      findings.error(
          relationship.locationOf("to_columns"),
          "Cannot match %d columns of '%s' with %d of '%s'"
              .formatted(fromColumns.size(), from, toColumns.size(), to));
      return Optional.empty();
    }
    if (name.isEmpty()
        || from.isEmpty()
        || to.isEmpty()
        || fromColumns.isEmpty()
        || toColumns.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Relationship(
            name.get(), from, to, fromColumns, toColumns, exposes, Names.at(relationship)));
  }

  private List<String> readColumns(Value.Mapping relationship, String key) {
    List<String> columns = relationship.texts(key, findings);
    if (columns.isEmpty() && relationship.items(key, findings).isEmpty()) {
      findings.error(relationship.locationOf(key), "Cannot find a column in '%s'".formatted(key));
    }
    return columns;
  }

  private Optional<Map<String, String>> readExposes(Value.Mapping extension) {
    extension.allowOnly(Set.of("exposes"), findings);
    return switch (extension.find("exposes").orElse(null)) {
      case null -> Optional.empty();
      case Value.Sequence _ -> {
        var names = new LinkedHashMap<String, String>();
        for (String name : extension.texts("exposes", findings)) {
          names.put(name, name);
        }
        yield Optional.of(names);
      }
      case Value.Mapping mapping -> {
        var names = new LinkedHashMap<String, String>();
        for (String seen : mapping.entries().keySet()) {
          mapping.findText(seen, findings).ifPresent(there -> names.put(seen, there));
        }
        yield Optional.of(names);
      }
      case Value.Scalar scalar -> {
        findings.error(
            scalar.location(),
            "Invalid 'exposes': must be a list of names, or a mapping of names seen to names there");
        yield Optional.empty();
      }
    };
  }
}
