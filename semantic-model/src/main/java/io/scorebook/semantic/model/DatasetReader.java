package io.scorebook.semantic.model;

import io.scorebook.documents.Findings;
import io.scorebook.documents.Location;
import io.scorebook.documents.Value;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads datasets.
final class DatasetReader {
  private static final Set<String> KEYS =
      Set.of(
          "name",
          "source",
          "primary_key",
          "unique_keys",
          "description",
          "ai_context",
          "fields",
          "custom_extensions");

  private static final Pattern QUERY =
      Pattern.compile(
          "\\s*(\\(|--|/\\*|(SELECT|WITH|VALUES)\\b).*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final Pattern TABLE =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)+");

  private final SourceText source;
  private final Findings findings;

  DatasetReader(SourceText source, Findings findings) {
    this.source = source;
    this.findings = findings;
  }

  Optional<Dataset> read(Value.Mapping dataset) {
    dataset.allowOnly(KEYS, findings);
    Extension.refuse(dataset, "dataset", source, findings);
    Optional<String> name = Names.read(dataset, "dataset", findings);
    Optional<Dataset.Source> rows = readSource(dataset);
    List<String> primaryKey = dataset.texts("primary_key", findings);
    List<List<String>> uniqueKeys =
        dataset.items("unique_keys", findings).stream().flatMap(this::readKey).toList();
    var fieldReader = new FieldReader(source, findings);
    List<Field> fields =
        dataset.mappings("fields", findings).stream()
            .flatMap(field -> fieldReader.read(field).stream())
            .toList();
    Optional<String> description = dataset.findText("description", findings);
    List<String> synonyms = FieldReader.synonyms(dataset, findings);
    if (name.isEmpty() || rows.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Dataset(
            name.get(),
            rows.get(),
            primaryKey,
            uniqueKeys,
            fields,
            description,
            synonyms,
            Names.at(dataset)));
  }

  private Optional<Dataset.Source> readSource(Value.Mapping dataset) {
    String text = dataset.text("source", findings);
    if (!(dataset.find("source").orElse(null) instanceof Value.Scalar scalar)) {
      return Optional.empty();
    }
    Location place = source.contentOf(scalar);
    if (QUERY.matcher(text).matches()) {
      return Optional.of(new Dataset.Source.Query(text, place));
    }
    String table = text.strip();
    if (!TABLE.matcher(table).matches()) {
      findings.error(
          place,
          "Invalid source '%s'".formatted(abbreviated(table)),
          "write namespace.table, or a query that begins with SELECT, WITH or (");
      return Optional.empty();
    }
    String[] parts = table.split("\\.");
    return Optional.of(new Dataset.Source.Table(parts[parts.length - 2], parts[parts.length - 1]));
  }

  private Stream<List<String>> readKey(Value key) {
    if (key instanceof Value.Sequence(Location place, List<Value> items)) {
      List<String> columns =
          items.stream()
              .flatMap(item ->
                  item instanceof Value.Scalar scalar && !scalar.isNull()
                      ? Stream.of(scalar.text())
                      : Stream.empty())
              .toList();
      if (columns.size() == items.size() && !columns.isEmpty()) {
        return Stream.of(columns);
      }
      findings.error(place, "Invalid item of 'unique_keys': must be a list of column names");
      return Stream.empty();
    }
    findings.error(key.location(), "Invalid item of 'unique_keys': must be a list of column names");
    return Stream.empty();
  }

  private static String abbreviated(String text) {
    return text.length() <= 80 ? text : text.substring(0, 77) + "...";
  }
}
