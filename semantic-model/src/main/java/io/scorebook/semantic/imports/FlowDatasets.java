package io.scorebook.semantic.imports;

import io.scorebook.semantic.imports.ColumnTypes.Ground;
import io.scorebook.semantic.imports.Draft.Type;
import io.scorebook.semantic.imports.FlowModel.Dimension;
import io.scorebook.semantic.imports.FlowModel.Entity;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Field;
import io.scorebook.semantic.model.Relationship;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// MetricFlow's semantic models as datasets, its entities as keys and relationships.
///
/// A dimension keeps its name on its own dataset; through an entity it is seen as MetricFlow calls
/// it, `customer__country`.
final class FlowDatasets {
  static final String METRIC_TIME = "metric_time";

  private final String domain;
  private final Collection<FlowModel> models;
  private final Fidelity fidelity;
  private final ColumnTypes types;
  private final Map<String, List<Field>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  FlowDatasets(String domain, Collection<FlowModel> models, Fidelity fidelity, ColumnTypes types) {
    this.domain = domain;
    this.models = models;
    this.fidelity = fidelity;
    this.types = types;
    models.forEach(this::readFields);
  }

  private void readFields(FlowModel model) {
    var own = new ArrayList<Field>();
    fields.put(model.name(), own);
    for (Entity entity : model.entities()) {
      types.use(model.table(), entity.expression(), Type.STRING, Ground.USED);
      own.add(
          field(entity.name(), entity.expression(), true, false, Optional.empty(), entity.at()));
      fidelity.exact("entity", model.name() + "." + entity.name(), entity.at());
      if (entity.type().equals("natural")) {
        fidelity.unsupported(
            "entity",
            model.name() + "." + entity.name(),
            entity.at(),
            "a natural key is of a slowly changing dimension; no relationship here joins by time");
      }
    }
    for (Dimension dimension : model.dimensions()) {
      types.use(
          model.table(),
          dimension.expression(),
          FlowFiles.type(dimension),
          dimension.isTime() ? Ground.MEANT : Ground.USED);
      if (find(model, dimension.name()).isEmpty()) {
        own.add(
            field(
                dimension.name(),
                dimension.expression(),
                true,
                dimension.isTime(),
                dimension.description(),
                dimension.at()));
      }
      fidelity.exact("dimension", model.name() + "." + dimension.name(), dimension.at());
    }
    model
        .aggTime()
        .flatMap(model::findDimension)
        .filter(_ -> find(model, METRIC_TIME).isEmpty())
        .ifPresent(time ->
            own.add(
                field(
                    METRIC_TIME,
                    time.expression(),
                    true,
                    true,
                    Optional.of("The time that metrics are summed up by: " + time.name()),
                    time.at())));
  }

  private static Field field(
      String name,
      String expression,
      boolean isDimension,
      boolean isTime,
      Optional<String> description,
      io.scorebook.documents.Location at) {
    return new Field(
        name,
        expression,
        isDimension,
        isTime,
        Optional.empty(),
        Optional.empty(),
        description,
        List.of(),
        at,
        at);
  }

  private Optional<Field> find(FlowModel model, String name) {
    return fields.getOrDefault(model.name(), List.of()).stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .findFirst();
  }

  /// The field of a measure's expression, `dataset.field`; made where there is none yet.
  String value(FlowModel.Measure measure, Type type) {
    FlowModel model = measure.of();
    types.use(
        model.table(),
        measure.expression(),
        type,
        type == Type.STRING ? Ground.USED : Ground.MEANT);
    List<Field> own = fields.getOrDefault(model.name(), List.of());
    Optional<Field> same =
        own.stream()
            .filter(field -> field.expression().strip().equals(measure.expression().strip()))
            .findFirst();
    if (same.isEmpty()) {
      String name = measure.name();
      while (find(model, name).isPresent()) {
        name += "_value";
      }
      Field made =
          field(
              name, measure.expression(), false, false, Optional.empty(), measure.settings().at());
      own.add(made);
      return model.name() + "." + name;
    }
    return model.name() + "." + same.get().name();
  }

  /// Puts datasets and relationships into the draft.
  void addTo(Drafting draft) {
    long timed = models.stream().filter(model -> find(model, METRIC_TIME).isPresent()).count();
    if (timed > 1) {
      draft.conform(METRIC_TIME);
    }
    for (FlowModel model : models) {
      Optional<Entity> key =
          model.entities().stream().filter(entity -> entity.type().equals("primary")).findFirst();
      draft.add(
          new Dataset(
              model.name(),
              new Dataset.Source.Table(domain, model.table()),
              key.filter(Entity::isColumn)
                  .map(entity -> List.of(entity.expression()))
                  .orElse(List.of()),
              model.entities().stream()
                  .filter(entity -> entity.type().equals("unique") && entity.isColumn())
                  .map(entity -> List.of(entity.expression()))
                  .toList(),
              fields.getOrDefault(model.name(), List.of()),
              model.description(),
              List.of(),
              model.at()));
      fidelity.exact("semantic model", model.name(), model.at());
      model.entities().forEach(entity -> relate(model, entity, draft));
    }
  }

  private void relate(FlowModel from, Entity entity, Drafting draft) {
    List<FlowModel> targets =
        models.stream()
            .filter(to -> to != from)
            .filter(to -> to.findEntity(entity.name()).filter(Entity::isKey).isPresent())
            .toList();
    String name = from.name() + "." + entity.name();
    if (!entity.type().equals("foreign")) {
      if (entity.isKey() && !targets.isEmpty()) {
        fidelity.partial(
            "entity",
            name,
            entity.at(),
            "'%s' has the same key, and is not joined one to one here; only foreign entities lead elsewhere"
                .formatted(targets.getFirst().name()));
      }
      return;
    }
    if (targets.size() > 1) {
      fidelity.partial(
          "entity",
          name,
          entity.at(),
          "several models have it as their key; '%s' is joined"
              .formatted(targets.getFirst().name()));
    }
    if (targets.isEmpty()) {
      return;
    }
    FlowModel to = targets.getFirst();
    Entity key = to.findEntity(entity.name()).orElseThrow();
    if (!entity.isColumn() || !key.isColumn()) {
      fidelity.unsupported(
          "entity", name, entity.at(), "a join is by columns here, and its key is an expression");
      return;
    }
    draft.add(
        new Relationship(
            "%s_of_%s".formatted(entity.name(), from.name()),
            from.name(),
            to.name(),
            List.of(entity.expression()),
            List.of(key.expression()),
            Optional.of(exposes(entity.name(), to)),
            entity.at()));
  }

  /// What MetricFlow sees through an entity, by its names: one join further at most.
  private Map<String, String> exposes(String entity, FlowModel to) {
    var names = new LinkedHashMap<String, String>();
    for (Dimension dimension : to.dimensions()) {
      names.put(entity + "__" + dimension.name(), dimension.name());
    }
    for (Entity next : to.entities()) {
      if (next.type().equals("foreign")) {
        models.stream()
            .filter(beyond -> beyond != to)
            .filter(beyond -> beyond.findEntity(next.name()).filter(Entity::isKey).isPresent())
            .findFirst()
            .ifPresent(beyond ->
                beyond
                    .dimensions()
                    .forEach(dimension ->
                        names.put(
                            "%s__%s__%s".formatted(entity, next.name(), dimension.name()),
                            "%s__%s".formatted(next.name(), dimension.name()))));
      }
    }
    return names;
  }

  Map<String, List<String>> primaryKeys() {
    var keys = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    for (FlowModel model : models) {
      model.entities().stream()
          .filter(entity -> entity.type().equals("primary") && entity.isColumn())
          .findFirst()
          .ifPresent(entity -> keys.put(model.table(), List.of(entity.expression())));
    }
    return keys;
  }
}
