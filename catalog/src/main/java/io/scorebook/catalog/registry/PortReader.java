package io.scorebook.catalog.registry;

import io.scorebook.documents.Findings;
import io.scorebook.documents.Location;
import io.scorebook.documents.Suggestions;
import io.scorebook.documents.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the output ports of a product. What a port holds is said by one of two custom properties:
/// `metricQuery` or `dataset`.
final class PortReader {
  private static final Set<String> KEYS =
      Set.of(
          "deprecated",
          "id",
          "name",
          "description",
          "type",
          "version",
          "contractId",
          "sbom",
          "inputContracts",
          "synonyms",
          "tags",
          "customProperties",
          "authoritativeDefinitions",
          "context");

  private static final String METRIC_QUERY = "metricQuery";
  private static final String DATASET = "dataset";
  private static final String QUALITY = "quality";
  private static final String LEVELS = "slaProperties";
  private static final List<String> CONTENTS = List.of(METRIC_QUERY, DATASET);

  private static final Set<String> COMPARISONS =
      Set.of("=", "!=", "<", "<=", ">", ">=", "contains", "startsWith");
  private static final Set<String> LISTS = Set.of("in", "notIn");
  private static final Set<String> NULL_TESTS = Set.of("isNull", "isNotNull");

  private final Findings findings;

  PortReader(Findings findings) {
    this.findings = findings;
  }

  /// @param version of the product
  /// @param contractPrefix what the identifier of a port's contract begins with, where none is
  ///   given
  Optional<Port> read(Value.Mapping port, Version version, String contractPrefix) {
    port.allowOnly(KEYS, findings);
    Optional<String> name = ProductReader.name(port, "output port", findings);
    Optional<Version> own = ProductReader.version(port, findings);
    Optional<String> description = port.findText("description", findings);
    Optional<String> contractId = port.findText("contractId", findings);
    boolean deprecated = port.findBoolean("deprecated", findings).orElse(false);
    Optional<Port.Content> content = readContent(port);
    if (name.isEmpty() || content.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Port(
            name.get(),
            own.orElse(version),
            description,
            contractId.orElse(contractPrefix + "." + name.get()),
            deprecated,
            content.get(),
            new RuleReader(findings, this).read(property(port, QUALITY)),
            new ServiceLevelReader(findings).read(property(port, LEVELS)),
            ProductReader.synonyms(port, findings),
            port.texts("tags", findings),
            port.locationOf("name")));
  }

  /// The items of a custom property that is a list.
  private List<Value> property(Value.Mapping port, String name) {
    List<Value.Mapping> properties =
        port.mappings("customProperties", findings).stream()
            .filter(property -> property.findText("property", findings).equals(Optional.of(name)))
            .toList();
    if (properties.size() > 1) {
      findings.error(
          properties.get(1).location(),
          "Cannot have the custom property '%s' twice".formatted(name));
    }
    return properties.isEmpty() ? List.of() : properties.getFirst().items("value", findings);
  }

  private Optional<Port.Content> readContent(Value.Mapping port) {
    List<Port.Content> contents = new ArrayList<>();
    List<String> others = new ArrayList<>();
    boolean said = false;
    for (Value.Mapping property : port.mappings("customProperties", findings)) {
      property.allowOnly(Set.of("id", "property", "value", "description"), findings);
      String key = property.text("property", findings);
      if (property.find("value").isEmpty()) {
        findings.error(property.location(), "Cannot find the required 'value'");
        said = true;
        continue;
      }
      switch (key) {
        case METRIC_QUERY -> {
          said = true;
          property.findMapping("value", findings).flatMap(this::readQuery).ifPresent(contents::add);
        }
        case DATASET -> {
          said = true;
          property
              .findText("value", findings)
              .ifPresent(dataset -> contents.add(new Port.DatasetRows(dataset)));
        }
        default -> others.add(key);
      }
    }
    if (!said) {
      String misspelt =
          others.stream()
              .filter(key -> !Suggestions.similar(key, CONTENTS).isEmpty())
              .findFirst()
              .map(key -> ": '%s' is none".formatted(key))
              .orElse("");
      findings.error(
          port.location(),
          "Cannot find what the output port holds" + misspelt,
          "give the custom property 'metricQuery' or 'dataset'");
    }
    if (contents.size() > 1) {
      findings.error(
          port.locationOf("customProperties"),
          "Cannot have two contents of one output port",
          "give 'metricQuery' or 'dataset' once");
      return Optional.empty();
    }
    return contents.stream().findFirst();
  }

  private Optional<Port.Content> readQuery(Value.Mapping query) {
    query.allowOnly(Set.of("metrics", "dimensions", "filters"), findings);
    List<String> metrics = names(query, "metrics");
    List<String> dimensions = names(query, "dimensions");
    List<Port.Condition> filters = readConditions(query);
    if (metrics.isEmpty()) {
      if (query.items("metrics", findings).isEmpty()) {
        findings.error(query.location(), "Cannot have a metric query without metrics");
      }
      return Optional.empty();
    }
    return Optional.of(new Port.MetricQuery(metrics, dimensions, filters));
  }

  /// The `filters` of a question, in a port or in a rule.
  List<Port.Condition> readConditions(Value.Mapping query) {
    return query.mappings("filters", findings).stream()
        .flatMap(filter -> readCondition(filter).stream())
        .toList();
  }

  private List<String> names(Value.Mapping query, String key) {
    List<String> names = query.texts(key, findings);
    for (int i = 0; i < names.size(); i++) {
      if (names.subList(0, i).contains(names.get(i))) {
        findings.error(
            query.locationOf(key), "Cannot have '%s' twice in '%s'".formatted(names.get(i), key));
      }
    }
    return names;
  }

  private Optional<Port.Condition> readCondition(Value.Mapping filter) {
    for (String nested : List.of("or", "and", "not")) {
      if (filter.find(nested).isPresent()) {
        findings.error(
            filter.locationOf(nested),
            "Cannot nest filters of a product by '%s'".formatted(nested),
            "all filters of the list hold together; use 'in' for alternatives of one field");
        return Optional.empty();
      }
    }
    filter.allowOnly(Set.of("field", "op", "value"), findings);
    String field = filter.text("field", findings);
    String op = filter.text("op", findings);
    Location place = filter.locationOf("value");
    List<@Nullable Object> values = new ArrayList<>();
    if (LISTS.contains(op)) {
      List<Value> items = filter.items("value", findings);
      if (items.isEmpty()) {
        findings.error(place, "Cannot compare '%s' by '%s' to no values".formatted(field, op));
        return Optional.empty();
      }
      for (Value item : items) {
        addScalar(item, values);
      }
    } else if (COMPARISONS.contains(op)) {
      Optional<Value> value = filter.find("value");
      if (value.isEmpty()) {
        findings.error(
            place,
            "Cannot compare '%s' by '%s' to no value".formatted(field, op),
            "use isNull or isNotNull to ask for NULL");
        return Optional.empty();
      }
      addScalar(value.get(), values);
    } else if (NULL_TESTS.contains(op)) {
      if (filter.find("value").isPresent()) {
        findings.error(place, "Cannot have a value with '%s'".formatted(op));
      }
    } else if (!op.isEmpty()) {
      List<String> known = new ArrayList<>(COMPARISONS);
      known.addAll(LISTS);
      known.addAll(NULL_TESTS);
      findings.error(
          filter.locationOf("op"),
          "Cannot find the operator '%s'".formatted(op),
          Suggestions.clause(op, known));
    }
    return field.isEmpty() || op.isEmpty()
        ? Optional.empty()
        : Optional.of(new Port.Condition(field, op, values));
  }

  private void addScalar(Value value, List<@Nullable Object> values) {
    if (value instanceof Value.Scalar scalar && !scalar.isNull()) {
      values.add(scalar.toPlain());
    } else {
      findings.error(
          value.location(), "Invalid value of a filter: must be a text, number or boolean");
    }
  }
}
