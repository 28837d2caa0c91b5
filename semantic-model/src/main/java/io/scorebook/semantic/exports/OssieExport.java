package io.scorebook.semantic.exports;

import io.scorebook.documents.Value;
import io.scorebook.documents.YamlText;
import io.scorebook.semantic.model.Metric;
import io.scorebook.semantic.model.OssieReader;
import io.scorebook.semantic.model.Relationship;
import io.scorebook.semantic.model.SemanticModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A model's document as Ossie of the newest form, with all that it says: other vendors'
/// extensions, other dialects, words for machines.
///
/// With the SCOREBOOK extensions it is the same model to who knows them; the losses say what others
/// misread. Without them it has only what plain Ossie can carry.
public final class OssieExport {
  private OssieExport() {}

  /// @param text the document, as YAML
  /// @param losses what a reader that knows no extension does not see as it is meant
  public record Exported(String text, List<Loss> losses) {
    public Exported {
      losses = List.copyOf(losses);
    }
  }

  /// With the extensions.
  ///
  /// @param document of the model, as it was read
  public static Exported withExtensions(SemanticModel model, Value.Mapping document) {
    return new Exported(YamlText.of(newest(document)), losses(model, false));
  }

  /// Without the extensions: metrics that need one are left out, and metrics of metrics are written
  /// out where that means the same.
  ///
  /// @param document of the model, as it was read
  public static Exported plain(SemanticModel model, Value.Mapping document) {
    Map<String, @Nullable Object> plain = newest(document);
    List<Loss> losses = losses(model, true);
    Set<String> gone =
        losses.stream()
            .filter(loss -> loss.kind().equals("metric") && loss.isLeftOut())
            .map(Loss::name)
            .collect(Collectors.toSet());
    var spelled = new SpelledOut(model);
    var metrics = new ArrayList<@Nullable Object>();
    for (Object item : list(plain.get("metrics"))) {
      if (item instanceof Map<?, ?> written) {
        Map<String, @Nullable Object> metric = copy(written);
        String name = String.valueOf(metric.get("name"));
        if (!gone.contains(name)) {
          model
              .findMetric(name)
              .flatMap(spelled::expression)
              .ifPresent(sql -> metric.put("expression", dialects(sql)));
          metrics.add(metric);
        }
      }
    }
    if (plain.containsKey("metrics")) {
      plain.put("metrics", metrics);
    }
    return new Exported(YamlText.of(withoutExtensions(plain)), losses);
  }

  /// The document with its model at the top.
  private static Map<String, @Nullable Object> newest(Value.Mapping document) {
    Map<String, @Nullable Object> all =
        copy((Map<?, ?>) java.util.Objects.requireNonNull(document.toPlain()));
    Map<String, @Nullable Object> model =
        list(all.get("semantic_model")).stream()
            .findFirst()
            .map(one -> copy((Map<?, ?>) one))
            .orElse(all);
    var newest = new LinkedHashMap<String, @Nullable Object>();
    newest.put("version", OssieReader.OSSIE_VERSION);
    model.forEach((key, value) -> {
      if (!key.equals("version")) {
        newest.put(key, value);
      }
    });
    return newest;
  }

  private static Map<String, @Nullable Object> copy(Map<?, ?> map) {
    var copy = new LinkedHashMap<String, @Nullable Object>();
    map.forEach((key, value) -> copy.put(String.valueOf(key), value));
    return copy;
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  private static Map<String, Object> dialects(String sql) {
    var dialect = new LinkedHashMap<String, Object>();
    dialect.put("dialect", "ANSI_SQL");
    dialect.put("expression", sql);
    return Map.of("dialects", List.of(dialect));
  }

  /// Leaves the extensions of this vendor out, wherever they stand.
  private static Map<String, @Nullable Object> withoutExtensions(Map<?, ?> map) {
    Map<String, @Nullable Object> copy = copy(map);
    copy.replaceAll((_, value) ->
        value instanceof Map<?, ?> inner
            ? withoutExtensions(inner)
            : value instanceof List<?> items ? withoutExtensions(items) : value);
    if (copy.get("custom_extensions") instanceof List<?> extensions) {
      List<?> others =
          extensions.stream()
              .filter(one ->
                  !(one instanceof Map<?, ?> extension
                      && "SCOREBOOK".equals(extension.get("vendor_name"))))
              .toList();
      if (others.isEmpty()) {
        copy.remove("custom_extensions");
      } else {
        copy.put("custom_extensions", others);
      }
    }
    return copy;
  }

  private static List<@Nullable Object> withoutExtensions(List<?> items) {
    var copy = new ArrayList<@Nullable Object>();
    items.forEach(
        item -> copy.add(item instanceof Map<?, ?> inner ? withoutExtensions(inner) : item));
    return copy;
  }

  private static List<Loss> losses(SemanticModel model, boolean isPlain) {
    var losses = new ArrayList<Loss>();
    if (!model.conformed().isEmpty()) {
      losses.add(
          new Loss(
              "model",
              model.name(),
              model.conformedAt(),
              false,
              "nothing says that %s mean the same on all datasets".formatted(model.conformed())));
    }
    if (!model.calendars().isEmpty()) {
      losses.add(
          new Loss(
              "model",
              model.name(),
              model.location(),
              false,
              "nothing says that %s are periods of a time".formatted(model.calendars().keySet())));
    }
    for (Relationship relationship : model.relationships()) {
      relationship
          .exposes()
          .ifPresent(names ->
              losses.add(
                  new Loss(
                      "relationship",
                      relationship.name(),
                      relationship.location(),
                      false,
                      "it shows %s only; a plain reader sees all of '%s', by their own names"
                          .formatted(names.keySet(), relationship.to()))));
    }
    var spelled = new SpelledOut(model);
    for (Metric metric : model.metrics()) {
      loss(metric, spelled, isPlain).ifPresent(losses::add);
    }
    return losses;
  }

  private static Optional<Loss> loss(Metric metric, SpelledOut spelled, boolean isPlain) {
    if (!(metric instanceof Metric.Expression)) {
      return Optional.of(
          new Loss(
              "metric",
              metric.name(),
              metric.location(),
              isPlain,
              "plain Ossie has no metrics of the kind '%s'; its expression alone says something else"
                  .formatted(
                      metric.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT))));
    }
    if (!spelled.isOfMetrics(metric)) {
      return metric
          .head()
          .target()
          .map(_ ->
              new Loss(
                  "metric",
                  metric.name(),
                  metric.location(),
                  false,
                  "nothing says what its target is"));
    }
    boolean canBeSpelledOut = spelled.expression(metric).isPresent();
    if (isPlain && canBeSpelledOut) {
      return Optional.empty();
    }
    return Optional.of(
        new Loss(
            "metric",
            metric.name(),
            metric.location(),
            isPlain,
            isPlain
                ? "it is made of metrics that plain Ossie cannot carry, or of several datasets"
                : "it names other metrics, which plain Ossie does not define"));
  }
}
