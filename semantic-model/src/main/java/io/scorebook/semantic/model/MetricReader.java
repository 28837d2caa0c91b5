package io.scorebook.semantic.model;

import io.scorebook.documents.Findings;
import io.scorebook.documents.Suggestions;
import io.scorebook.documents.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads metrics; the extension says which kind a metric is that is not a plain expression, and
/// what its target is.
final class MetricReader {
  private static final Set<String> KEYS =
      Set.of("name", "expression", "description", "datatype", "ai_context", "custom_extensions");

  private final SourceText source;
  private final Findings findings;

  MetricReader(SourceText source, Findings findings) {
    this.source = source;
    this.findings = findings;
  }

  Optional<Metric> read(Value.Mapping metric) {
    metric.allowOnly(KEYS, findings);
    Optional<String> name = Names.read(metric, "metric", findings);
    Expressions.Sql expression = Expressions.read(metric, source, findings);
    Optional<Field.DataType> datatype = FieldReader.datatype(metric, findings);
    Optional<String> description = metric.findText("description", findings);
    List<String> synonyms = FieldReader.synonyms(metric, findings);
    Optional<Value.Mapping> extension = Extension.find(metric, source, findings);
    var head =
        new Metric.Head(
            name.orElse(""),
            datatype,
            description,
            synonyms,
            extension.flatMap(this::readTarget),
            Names.at(metric),
            expression.location());
    Optional<Metric> read =
        extension.isEmpty()
            ? Optional.of(new Metric.Expression(head, expression.text()))
            : readKind(head, expression.text(), extension.get());
    return name.isEmpty() ? Optional.empty() : read;
  }

  private Optional<Metric> readKind(Metric.Head head, String expression, Value.Mapping extension) {
    if (extension.find("kind").isEmpty() && extension.find("target").isPresent()) {
      extension.allowOnly(Set.of("target"), findings);
      return Optional.of(new Metric.Expression(head, expression));
    }
    String word = extension.text("kind", findings);
    if (word.isEmpty()) {
      return Optional.empty();
    }
    Optional<MetricKind> kind = MetricKind.find(word);
    if (kind.isEmpty()) {
      findings.error(
          extension.locationOf("kind"),
          "Cannot find the kind of metric '%s'".formatted(word),
          Suggestions.clause(word, MetricKind.words()));
      return Optional.empty();
    }
    var keys = new HashSet<>(kind.get().keys());
    keys.addAll(Set.of("kind", "target"));
    extension.allowOnly(keys, findings);
    return kind.get().read(head, expression, new ExtensionKeys(extension, findings));
  }

  private Optional<Metric.Target> readTarget(Value.Mapping extension) {
    return extension
        .findMapping("target", findings)
        .flatMap(target -> {
          target.allowOnly(Set.of("value", "direction"), findings);
          var keys = new ExtensionKeys(target, findings);
          var value = keys.number("value");
          var direction =
              keys.choice("direction", Metric.Target.Direction.values(), Optional.empty());
          return value.isPresent() && direction.isPresent()
              ? Optional.of(new Metric.Target(value.get(), direction.get()))
              : Optional.empty();
        });
  }
}
