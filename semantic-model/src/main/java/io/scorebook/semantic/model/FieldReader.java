package io.scorebook.semantic.model;

import io.scorebook.documents.Findings;
import io.scorebook.documents.Suggestions;
import io.scorebook.documents.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads the fields of a dataset, and what fields and metrics share.
final class FieldReader {
  private static final Set<String> KEYS =
      Set.of(
          "name",
          "expression",
          "dimension",
          "label",
          "description",
          "datatype",
          "ai_context",
          "custom_extensions");

  private final SourceText source;
  private final Findings findings;

  FieldReader(SourceText source, Findings findings) {
    this.source = source;
    this.findings = findings;
  }

  Optional<Field> read(Value.Mapping field) {
    field.allowOnly(KEYS, findings);
    Extension.refuse(field, "field", source, findings);
    Optional<String> name = Names.read(field, "field", findings);
    Expressions.Sql expression = Expressions.read(field, source, findings);
    Optional<Field.DataType> datatype = datatype(field, findings);
    boolean temporal = datatype.map(Field.DataType::isTemporal).orElse(false);
    Optional<Value.Mapping> dimension = field.findMapping("dimension", findings);
    dimension.ifPresent(marker -> marker.allowOnly(Set.of("is_time"), findings));
    boolean isTime =
        dimension.flatMap(marker -> marker.findBoolean("is_time", findings)).orElse(temporal);
    Optional<String> label = field.findText("label", findings);
    Optional<String> description = field.findText("description", findings);
    List<String> synonyms = synonyms(field, findings);
    return name.map(known ->
        new Field(
            known,
            expression.text(),
            dimension.isPresent() || temporal,
            isTime,
            datatype,
            label,
            description,
            synonyms,
            Names.at(field),
            expression.location()));
  }

  static Optional<Field.DataType> datatype(Value.Mapping thing, Findings findings) {
    return thing
        .findText("datatype", findings)
        .flatMap(name -> {
          Optional<Field.DataType> type = Field.DataType.find(name);
          if (type.isEmpty()) {
            findings.error(
                thing.locationOf("datatype"),
                "Cannot find the datatype '%s'".formatted(name),
                Suggestions.clause(
                    name,
                    Arrays.stream(Field.DataType.values())
                        .map(Field.DataType::ossieName)
                        .toList()));
          }
          return type;
        });
  }

  /// The synonyms of the AI context, which is a text or a mapping with whatever else is helpful.
  static List<String> synonyms(Value.Mapping thing, Findings findings) {
    return switch (thing.find("ai_context").orElse(null)) {
      case null -> List.of();
      case Value.Scalar _ -> List.of();
      case Value.Mapping context -> context.texts("synonyms", findings);
      case Value.Sequence list -> {
        findings.error(list.location(), "Invalid 'ai_context': must be a text or a mapping");
        yield List.of();
      }
    };
  }
}
