package io.scorebook.semantic.plan;

import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Relationship;
import java.util.List;

/// A field, or failing that a column of the source, of a dataset that a path leads to.
record FieldReference(List<Relationship> path, Dataset dataset, String name) {
  FieldReference {
    path = List.copyOf(path);
  }
}
