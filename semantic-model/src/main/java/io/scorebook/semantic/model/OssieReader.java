package io.scorebook.semantic.model;

import io.scorebook.documents.Document;
import io.scorebook.documents.Findings;
import io.scorebook.documents.Location;
import io.scorebook.documents.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads an Apache Ossie document: the newest form, of one model, or the form before it, of which
/// the list `semantic_model` must hold one.
///
/// All mistakes of form become findings at their place. The model that comes back is then what
/// could be read, so that the rules of `check` find the other mistakes in the same pass: **use it
/// only where the findings have no errors.** It is empty where the document is no model at all.
public final class OssieReader {
  /// The version of Ossie that is read and written.
  public static final String OSSIE_VERSION = "0.2.0.dev0";

  private static final Set<String> MODEL_KEYS =
      Set.of(
          "name",
          "description",
          "ai_context",
          "datasets",
          "relationships",
          "metrics",
          "custom_extensions");

  private static final Pattern SEMVER =
      Pattern.compile("(0|[1-9]\\d{0,8})(\\.(0|[1-9]\\d{0,8})){2}");

  private final SourceText source;
  private final Findings findings;

  private OssieReader(SourceText source, Findings findings) {
    this.source = source;
    this.findings = findings;
  }

  /// Reads a file.
  ///
  /// @param name how findings call the file, usually its path below the domain's folder
  public static Optional<SemanticModel> read(Path file, String name, Findings findings) {
    try {
      return parse(name, Files.readString(file), findings);
    } catch (IOException e) {
      findings.error(Location.of(name), "Cannot read the file: " + e);
      return Optional.empty();
    }
  }

  /// Reads a text; see [#read].
  public static Optional<SemanticModel> parse(String name, String text, Findings findings) {
    return Document.parse(name, text, findings)
        .flatMap(root -> root.asMapping("document", findings))
        .flatMap(root -> new OssieReader(new SourceText(text), findings).readDocument(root));
  }

  private Optional<SemanticModel> readDocument(Value.Mapping document) {
    if (document.entries().containsKey("ontology")) {
      findings.error(
          document.locationOf("ontology"),
          "Cannot use a document of Ossie's ontology layer as a semantic model",
          "give the semantic model (datasets, relationships, metrics) that it maps to");
      return Optional.empty();
    }
    String version = document.text("version", findings);
    if (!version.isEmpty() && !version.equals(OSSIE_VERSION)) {
      findings.error(
          document.locationOf("version"),
          "Cannot read version '%s' of Ossie".formatted(version),
          "write " + OSSIE_VERSION);
    }
    if (document.entries().containsKey("semantic_model")) {
      document.allowOnly(Set.of("version", "semantic_model"), findings);
      List<Value.Mapping> models = document.mappings("semantic_model", findings);
      if (models.size() != 1) {
        findings.error(
            document.locationOf("semantic_model"),
            "Cannot choose among %d semantic models".formatted(models.size()),
            "write one model a document");
        return Optional.empty();
      }
      models.getFirst().allowOnly(MODEL_KEYS, findings);
      return readModel(models.getFirst());
    }
    Set<String> keys = new HashSet<>(MODEL_KEYS);
    keys.add("version");
    document.allowOnly(keys, findings);
    return readModel(document);
  }

  private Optional<SemanticModel> readModel(Value.Mapping model) {
    Optional<String> name = Names.read(model, "model", findings);
    Optional<String> description = model.findText("description", findings);
    FieldReader.synonyms(model, findings); // checks the form
    Optional<Value.Mapping> extension = Extension.find(model, source, findings);
    extension.ifPresent(
        keys -> keys.allowOnly(Set.of("version", "conformed", "calendars"), findings));
    String version = extension.flatMap(this::readVersion).orElse("0.0.0");
    List<String> conformed =
        extension.map(keys -> keys.texts("conformed", findings)).orElse(List.of());
    if (model.items("datasets", findings).isEmpty()) {
      findings.error(model.locationOf("datasets"), "Cannot use a model without datasets");
    }
    var datasets = new DatasetReader(source, findings);
    var relationships = new RelationshipReader(source, findings);
    var metrics = new MetricReader(source, findings);
    return Optional.of(
        new SemanticModel(
            name.orElse(""),
            version,
            ContentHash.of(model),
            description,
            model.mappings("datasets", findings).stream()
                .flatMap(dataset -> datasets.read(dataset).stream())
                .toList(),
            model.mappings("relationships", findings).stream()
                .flatMap(relationship -> relationships.read(relationship).stream())
                .toList(),
            model.mappings("metrics", findings).stream()
                .flatMap(metric -> metrics.read(metric).stream())
                .toList(),
            new LinkedHashSet<>(conformed),
            extension.map(this::readCalendars).orElse(Map.of()),
            Names.at(model),
            extension.map(keys -> keys.locationOf("conformed")).orElse(Names.at(model))));
  }

  private Map<String, String> readCalendars(Value.Mapping extension) {
    var calendars = new LinkedHashMap<String, String>();
    extension
        .findMapping("calendars", findings)
        .ifPresent(names ->
            names
                .entries()
                .keySet()
                .forEach(name -> {
                  String time = names.text(name, findings);
                  if (!time.isEmpty()) {
                    calendars.put(name, time);
                  }
                }));
    return calendars;
  }

  private Optional<String> readVersion(Value.Mapping extension) {
    return extension
        .findText("version", findings)
        .filter(version -> {
          boolean valid = SEMVER.matcher(version).matches();
          if (!valid) {
            findings.error(
                extension.locationOf("version"),
                "Invalid version '%s'".formatted(version),
                "write three numbers: 1.0.0");
          }
          return valid;
        });
  }
}
