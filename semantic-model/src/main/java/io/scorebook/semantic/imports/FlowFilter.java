package io.scorebook.semantic.imports;

import io.scorebook.semantic.imports.FlowModel.Entity;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A filter of MetricFlow, SQL with `{{ Dimension('entity__name') }}` in it, as a condition over
/// `dataset.field`.
final class FlowFilter {
  private static final Pattern TEMPLATE = Pattern.compile("\\{\\{(.*?)}}", Pattern.DOTALL);
  private static final Pattern CALL =
      Pattern.compile(
          "\\s*(Dimension|TimeDimension|Entity)\\(\\s*['\"](\\w+)['\"]\\s*"
              + "(?:,\\s*(?:time_granularity_name\\s*=\\s*)?['\"](\\w+)['\"]\\s*)?\\)\\s*");

  private final Collection<FlowModel> models;

  FlowFilter(Collection<FlowModel> models) {
    this.models = models;
  }

  /// A filter that has no meaning here.
  static final class Untranslatable extends Exception {
    private static final long serialVersionUID = 1L;

    Untranslatable(String why) {
      super(why);
    }
  }

  /// The condition for rows of a model.
  String translate(String filter, FlowModel of, Optional<String> aggTime) throws Untranslatable {
    Matcher found = TEMPLATE.matcher(filter);
    var text = new StringBuilder();
    while (found.find()) {
      Matcher call = CALL.matcher(found.group(1));
      if (!call.matches()) {
        throw new Untranslatable(
            "the filter has '%s', and only Dimension, TimeDimension and Entity of a name are known"
                .formatted(found.group().strip()));
      }
      String grain = call.group(3);
      String reference =
          call.group(1).equals("Entity")
              ? entity(call.group(2), of)
              : dimension(call.group(2), of, aggTime);
      found.appendReplacement(
          text,
          Matcher.quoteReplacement(
              grain == null || grain.equals("day")
                  ? reference
                  : "DATE_TRUNC('%s', %s)".formatted(grain, reference)));
    }
    found.appendTail(text);
    if (text.indexOf("{%") >= 0 || text.indexOf("{{") >= 0) {
      throw new Untranslatable("the filter has a template that is none of the documented ones");
    }
    return "(" + text.toString().strip().replaceAll("\\s+", " ") + ")";
  }

  private static String entity(String name, FlowModel of) throws Untranslatable {
    return of.findEntity(name)
        .map(entity -> of.name() + "." + entity.name())
        .orElseThrow(() ->
            new Untranslatable(
                "the filter names the entity '%s', which '%s' does not have"
                    .formatted(name, of.name())));
  }

  private String dimension(String written, FlowModel of, Optional<String> aggTime)
      throws Untranslatable {
    if (written.equals("metric_time")) {
      return of.name()
          + "."
          + aggTime.orElseThrow(
              () -> new Untranslatable("'%s' has no agg_time_dimension".formatted(of.name())));
    }
    List<String> parts = List.of(written.split("__"));
    Optional<String> reference =
        parts.size() == 1
            ? own(of, parts.getFirst())
            : parts.size() == 2 ? through(of, parts.get(0), parts.get(1)) : twice(of, parts);
    return reference.orElseThrow(() ->
        new Untranslatable(
            "the filter names '%s', to which no many-to-one join leads from '%s'"
                .formatted(written, of.name())));
  }

  private static Optional<String> own(FlowModel of, String name) {
    return of.findDimension(name).map(dimension -> of.name() + "." + dimension.name());
  }

  private Optional<String> through(FlowModel of, String entity, String name) {
    if (of.primary().filter(entity::equalsIgnoreCase).isPresent()
        && of.findDimension(name).isPresent()) {
      return own(of, name);
    }
    return targets(of, entity).flatMap(target -> own(target, name).stream()).findFirst();
  }

  private Optional<String> twice(FlowModel of, List<String> parts) {
    return parts.size() == 3
        ? targets(of, parts.getFirst())
            .flatMap(middle -> targets(middle, parts.get(1)))
            .flatMap(target -> own(target, parts.get(2)).stream())
            .findFirst()
        : Optional.empty();
  }

  /// The models that an entity leads to.
  private Stream<FlowModel> targets(FlowModel of, String entity) {
    boolean leads =
        of.findEntity(entity).filter(found -> found.type().equals("foreign")).isPresent();
    return leads
        ? models.stream()
            .filter(model -> model != of)
            .filter(model -> model.findEntity(entity).filter(Entity::isKey).isPresent())
        : Stream.empty();
  }
}
