package io.scorebook.semantic.plan;

import io.scorebook.semantic.expression.Expressions;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;

/// The dimensions that one question uses, found for every fact it asks about.
///
/// A name means the same on every fact: the same field of the same dataset, or fields that the
/// model declares as conformed. A dimension that one of the facts does not have is refused: a
/// filter that cut one fact and not the other, or a key that only one has, would give numbers that
/// belong to different rows.
final class DimensionSpace {
  private final CompiledModel model;
  private final Expressions expressions;
  private final List<Dataset> facts;
  private final List<MetricQuery.Dimension> dimensions = new ArrayList<>();

  DimensionSpace(CompiledModel model, Expressions expressions, Collection<Dataset> facts) {
    this.model = model;
    this.expressions = expressions;
    this.facts = List.copyOf(facts);
  }

  List<MetricQuery.Dimension> dimensions() {
    return List.copyOf(dimensions);
  }

  /// The value of `name`, or of `name.grain`, on the rows of whichever fact.
  ///
  /// @throws Refusal where a fact does not have it
  RexNode resolve(String name) {
    int dot = name.lastIndexOf('.');
    Optional<Grain> grain = dot < 0 ? Optional.empty() : Grain.find(name.substring(dot + 1));
    // A dimension itself may be named as a grain is: `sales.day`.
    if (grain.isEmpty()
        || facts.stream().anyMatch(f -> !model.askedCandidates(f, name).isEmpty())) {
      return column(name);
    }
    String dimension = name.substring(0, dot);
    RexNode value = column(dimension);
    Field field = find(dimension).field();
    if (!field.isTime() || !Grain.isOf(value.getType())) {
      throw new Refusal(
          Issue.Code.UNKNOWN_DIMENSION,
          name,
          "Cannot take '%s' of '%s': it is no date or time"
              .formatted(grain.get().title(), dimension),
          List.of(dimension));
    }
    return grain.get().of(rex(), value);
  }

  private RexNode column(String name) {
    for (int i = 0; i < dimensions.size(); i++) {
      if (dimensions.get(i).name().equalsIgnoreCase(name)) {
        return new RexInputRef(i, dimensions.get(i).type());
      }
    }
    RelDataType type = type(facts.getFirst(), find(name));
    dimensions.add(new MetricQuery.Dimension(name, type));
    return new RexInputRef(dimensions.size() - 1, type);
  }

  private FieldPath find(String name) {
    FieldPath first = model.askedDimension(facts.getFirst(), name);
    for (Dataset fact : facts.subList(1, facts.size())) {
      FieldPath other = model.askedDimension(fact, name);
      boolean same =
          first.dataset().name().equals(other.dataset().name())
              && first.field().name().equals(other.field().name());
      boolean conformed =
          model.model().conformed().stream().anyMatch(c -> c.equalsIgnoreCase(name));
      if (!same && !conformed) {
        throw new Refusal(
            Issue.Code.NOT_GROUPABLE,
            name,
            "Cannot use '%s' for metrics on '%s' and '%s' together: it is %s there and %s here; declare it conformed if they mean the same"
                .formatted(name, facts.getFirst().name(), fact.name(), first, other),
            List.of());
      }
    }
    return first;
  }

  private RelDataType type(Dataset fact, FieldPath path) {
    FactRows rows = FactRows.join(model, expressions, fact, List.of(path.path()));
    return expressions
        .cluster()
        .getTypeFactory()
        .createTypeWithNullability(rows.value(path).getType(), true);
  }

  private RexBuilder rex() {
    return expressions.cluster().getRexBuilder();
  }
}
