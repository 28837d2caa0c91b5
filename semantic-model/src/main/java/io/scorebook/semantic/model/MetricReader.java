package io.scorebook.semantic.model;

import io.scorebook.documents.Findings;
import io.scorebook.documents.Suggestions;
import io.scorebook.documents.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Reads metrics; the extension says which kind a metric is that is not a plain expression.
final class MetricReader {
  private static final Set<String> KEYS =
      Set.of("name", "expression", "description", "datatype", "ai_context", "custom_extensions");

  private static final List<String> KINDS = List.of("streak", "window");

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
    var plain =
        new Metric.Expression(
            name.orElse(""),
            expression.text(),
            datatype,
            description,
            synonyms,
            Names.at(metric),
            expression.location());
    Optional<Metric> read =
        extension.isEmpty() ? Optional.of(plain) : readKind(plain, extension.get());
    return name.isEmpty() ? Optional.empty() : read;
  }

  private Optional<Metric> readKind(Metric.Expression plain, Value.Mapping extension) {
    String kind = extension.text("kind", findings);
    return switch (kind) {
      case "streak" -> readStreak(plain, extension);
      case "window" -> readWindow(plain, extension);
      case "" -> Optional.empty();
      default -> {
        findings.error(
            extension.locationOf("kind"),
            "Cannot find the kind of metric '%s'".formatted(kind),
            Suggestions.clause(kind, KINDS));
        yield Optional.empty();
      }
    };
  }

  private Optional<Metric> readStreak(Metric.Expression plain, Value.Mapping extension) {
    extension.allowOnly(Set.of("kind", "mode", "entity", "order", "onNull"), findings);
    Optional<Metric.Streak.Mode> mode =
        choice(extension, "mode", Metric.Streak.Mode.values(), Optional.empty());
    Optional<Metric.Streak.OnNull> onNull =
        choice(
            extension,
            "onNull",
            Metric.Streak.OnNull.values(),
            Optional.of(Metric.Streak.OnNull.SKIP));
    List<String> entity = fields(extension, "entity");
    List<String> order = fields(extension, "order");
    if (mode.isEmpty() || onNull.isEmpty() || entity.isEmpty() || order.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Metric.Streak(
            plain.name(),
            plain.expression(),
            mode.get(),
            entity,
            order,
            onNull.get(),
            plain.datatype(),
            plain.description(),
            plain.synonyms(),
            plain.location(),
            plain.expressionAt()));
  }

  private Optional<Metric> readWindow(Metric.Expression plain, Value.Mapping extension) {
    extension.allowOnly(Set.of("kind", "mode", "rows", "entity", "order"), findings);
    Optional<Metric.Window.Mode> mode =
        choice(extension, "mode", Metric.Window.Mode.values(), Optional.empty());
    Optional<Integer> rows = extension.findInteger("rows", findings);
    if (extension.find("rows").isEmpty()) {
      findings.error(extension.location(), "Cannot find the required 'rows'");
    }
    if (rows.isPresent() && rows.get() < 1) {
      findings.error(
          extension.locationOf("rows"),
          "Invalid 'rows': a window of %d rows".formatted(rows.get()),
          "use 1 or more");
    }
    List<String> entity = fields(extension, "entity");
    List<String> order = fields(extension, "order");
    if (mode.isEmpty() || rows.isEmpty() || entity.isEmpty() || order.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Metric.Window(
            plain.name(),
            plain.expression(),
            mode.get(),
            rows.get(),
            entity,
            order,
            plain.datatype(),
            plain.description(),
            plain.synonyms(),
            plain.location(),
            plain.expressionAt()));
  }

  private List<String> fields(Value.Mapping extension, String key) {
    List<String> fields = extension.texts(key, findings);
    if (fields.isEmpty() && extension.items(key, findings).isEmpty()) {
      findings.error(
          extension.locationOf(key),
          "Cannot find a field in the required '%s'".formatted(key),
          "write a list of dataset.field");
    }
    return fields;
  }

  /// One of the words of an enum, in lower case; `preset` where the key is absent.
  private <T extends Enum<T>> Optional<T> choice(
      Value.Mapping extension, String key, T[] values, Optional<T> preset) {
    if (extension.find(key).isEmpty() && preset.isPresent()) {
      return preset;
    }
    String word = extension.text(key, findings);
    if (word.isEmpty()) {
      return Optional.empty();
    }
    Optional<T> value =
        Arrays.stream(values).filter(candidate -> word(candidate).equals(word)).findFirst();
    if (value.isEmpty()) {
      findings.error(
          extension.locationOf(key),
          "Cannot use '%s' as '%s'".formatted(word, key),
          Suggestions.clause(word, Stream.of(values).map(MetricReader::word).toList()));
    }
    return value;
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
