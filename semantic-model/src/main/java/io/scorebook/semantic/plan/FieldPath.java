package io.scorebook.semantic.plan;

import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Field;
import io.scorebook.semantic.model.Relationship;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A field and the many-to-one relationships that lead to it from some fact; none where it is the
/// fact's own.
record FieldPath(List<Relationship> path, Dataset dataset, Field field) {

  FieldPath {
    path = List.copyOf(path);
  }

  FieldPath behind(Relationship relationship) {
    var longer = new ArrayList<Relationship>();
    longer.add(relationship);
    longer.addAll(path);
    return new FieldPath(longer, dataset, field);
  }

  /// How a question names it with its path: `team_of_game.team`.
  String written() {
    return path.stream().map(r -> r.name() + ".").collect(Collectors.joining()) + field.name();
  }

  /// For messages: `team_of_game > teams.team`.
  @Override
  public String toString() {
    return path.stream().map(r -> r.name() + " > ").collect(Collectors.joining())
        + dataset.name()
        + "."
        + field.name();
  }
}
