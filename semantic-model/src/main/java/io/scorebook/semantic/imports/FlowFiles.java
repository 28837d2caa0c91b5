package io.scorebook.semantic.imports;

import io.scorebook.documents.Document;
import io.scorebook.documents.Findings;
import io.scorebook.documents.Value;
import io.scorebook.semantic.imports.ColumnTypes.Ground;
import io.scorebook.semantic.imports.Draft.Type;
import io.scorebook.semantic.imports.FlowModel.Dimension;
import io.scorebook.semantic.imports.FlowModel.Entity;
import io.scorebook.semantic.imports.FlowModel.Measure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads dbt's files of the semantic layer: those with `semantic_models` and `measures`, and the
/// newer ones, in which a model has its `semantic_model`, its columns and its simple metrics.
final class FlowFiles {
  private static final Pattern REF =
      Pattern.compile("(?:ref|source)\\(.*?['\"]([A-Za-z_]\\w*)['\"]\\s*\\)");
  private static final String[] WORDS = {
    "label",
    "description",
    "config",
    "meta",
    "tags",
    "group",
    "docs",
    "data_tests",
    "tests",
    "access"
  };

  private final Fidelity fidelity;
  private final Findings findings;
  private final ColumnTypes types;
  final Map<String, FlowModel> models = new LinkedHashMap<>();
  final Map<String, Measure> measures = new LinkedHashMap<>();
  final List<Given> metrics = new ArrayList<>();
  final Map<Given, FlowModel> within = new java.util.IdentityHashMap<>();

  FlowFiles(Fidelity fidelity, Findings findings, ColumnTypes types) {
    this.fidelity = fidelity;
    this.findings = findings;
    this.types = types;
  }

  void read(SourceDocument source) {
    Optional<Value> document = Document.parse(source.name(), source.text(), findings);
    if (!(document.orElse(null) instanceof Value.Mapping mapping)) {
      return;
    }
    var root = new Given(mapping);
    root.ignore("version");
    for (Given model : root.list("models")) {
      declaredTypes(model);
      if (model.has("semantic_model")) {
        readModel(model);
      }
    }
    root.list("semantic_models").forEach(this::readClassic);
    metrics.addAll(root.list("metrics"));
    for (Given query : root.list("saved_queries")) {
      fidelity.unsupported(
          "saved query", query.name(), query.at(), "write it as a product, or as a question");
    }
    root.tellRest(source.name(), fidelity);
  }

  private void declaredTypes(Given model) {
    for (Given column : model.list("columns")) {
      column
          .text("data_type")
          .flatMap(ColumnTypes::declared)
          .ifPresent(type -> types.add(model.name(), column.name(), type, Ground.DECLARED));
    }
  }

  private void readClassic(Given given) {
    given.ignore(WORDS);
    String written = given.text("model").orElse("");
    Matcher ref = REF.matcher(written);
    String table = ref.find() ? ref.group(1) : given.name();
    if (given.has("node_relation")) {
      table = given.mapping("node_relation").flatMap(node -> node.text("alias")).orElse(table);
    }
    Optional<Given> defaults = given.mapping("defaults");
    var entities = new ArrayList<Entity>();
    for (Given entity : given.list("entities")) {
      entities.add(
          new Entity(
              entity.name(),
              entity.text("type").orElse(""),
              entity.text("expr").orElse(entity.name()),
              entity.at()));
      entity.ignore(WORDS).ignore("role").tellRest("entity " + entity.name(), fidelity);
    }
    var dimensions = new ArrayList<Dimension>();
    for (Given dimension : given.list("dimensions")) {
      dimensions.add(
          dimension(
              dimension,
              dimension,
              dimension.name(),
              dimension.text("expr").orElse(dimension.name()),
              dimension.mapping("type_params").flatMap(params -> params.text("time_granularity"))));
    }
    var model =
        new FlowModel(
            given.name(),
            table,
            given.text("description"),
            defaults.flatMap(d -> d.text("agg_time_dimension")),
            given.text("primary_entity"),
            entities,
            dimensions,
            given.at());
    models.put(model.name(), model);
    for (Given measure : given.list("measures")) {
      measures.put(
          measure.name(),
          new Measure(
              model,
              measure.name(),
              measure.text("agg").orElse(""),
              measure.text("expr").orElse(measure.name()),
              measure.ignore(WORDS)));
    }
    given.tellRest("semantic model " + given.name(), fidelity);
  }

  private void readModel(Given given) {
    Optional<Given> block = given.mapping("semantic_model");
    boolean isOff =
        given.text("semantic_model").filter("false"::equals).isPresent()
            || block.flatMap(b -> b.text("enabled")).filter("false"::equals).isPresent();
    if (isOff) {
      return;
    }
    given.ignore(WORDS);
    var entities = new ArrayList<Entity>();
    var dimensions = new ArrayList<Dimension>();
    for (Given column : given.list("columns")) {
      column.ignore(WORDS).ignore("data_type");
      column.find("entity").ifPresent(value -> entities.add(entity(column.name(), value, column)));
      column
          .find("dimension")
          .ifPresent(value -> {
            Given of = value instanceof Value.Mapping inner ? new Given(inner) : column;
            dimensions.add(
                dimension(
                    of,
                    column,
                    of == column ? column.name() : of.text("name").orElse(column.name()),
                    column.name(),
                    column.text("granularity")));
          });
      column.tellRest("column " + column.name(), fidelity);
    }
    given
        .mapping("derived_semantics")
        .ifPresent(derived -> {
          derived
              .list("entities")
              .forEach(entity ->
                  entities.add(
                      new Entity(
                          entity.name(),
                          entity.text("type").orElse(""),
                          entity.text("expr").orElse(entity.name()),
                          entity.at())));
          derived
              .list("dimensions")
              .forEach(dimension ->
                  dimensions.add(
                      dimension(
                          dimension,
                          dimension,
                          dimension.name(),
                          dimension.text("expr").orElse(dimension.name()),
                          dimension.text("granularity"))));
        });
    var model =
        new FlowModel(
            block.flatMap(b -> b.text("name")).orElse(given.name()),
            given.name(),
            given.text("description"),
            given.text("agg_time_dimension"),
            given.text("primary_entity"),
            entities,
            dimensions,
            given.at());
    models.put(model.name(), model);
    for (Given metric : given.list("metrics")) {
      metrics.add(metric);
      within.put(metric, model);
    }
    given.tellRest("model " + given.name(), fidelity);
  }

  private static Entity entity(String column, Value value, Given at) {
    if (value instanceof Value.Mapping inner) {
      var given = new Given(inner);
      return new Entity(
          given.text("name").orElse(column), given.text("type").orElse(""), column, at.at());
    }
    return new Entity(
        column, value instanceof Value.Scalar scalar ? scalar.text() : "", column, at.at());
  }

  private Dimension dimension(
      Given given, Given place, String name, String expression, Optional<String> grain) {
    given.ignore(WORDS).ignore("name", "expr", "type_params", "granularity");
    String type = given.text("type").or(() -> given.text("dimension")).orElse("categorical");
    if (given.has("validity_params")
        || given.mapping("type_params").filter(p -> p.has("validity_params")).isPresent()) {
      fidelity.unsupported(
          "dimension",
          name,
          place.at(),
          "a slowly changing dimension joins by time, and no relationship here does");
    }
    if (given != place) {
      given.tellRest("dimension " + name, fidelity);
    }
    return new Dimension(
        name,
        expression,
        type.equals("time"),
        grain.orElse("day"),
        given.text("description"),
        given.text("label"),
        place.at());
  }

  /// The type that a time dimension's column has to have.
  static Type type(Dimension dimension) {
    return dimension.isTime() ? dimension.isDay() ? Type.DATE : Type.TIMESTAMP : Type.STRING;
  }
}
