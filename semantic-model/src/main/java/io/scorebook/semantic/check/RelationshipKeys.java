package io.scorebook.semantic.check;

import io.scorebook.documents.Findings;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Relationship;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The columns that a relationship leads to hold a declared key, so that it leads to at most one
/// row; else a join would count rows more than once.
final class RelationshipKeys implements Rule {
  @Override
  public void check(Subject subject, Findings findings) {
    for (Relationship relationship : subject.model().relationships()) {
      subject
          .model()
          .findDataset(relationship.to())
          .ifPresent(to -> check(relationship, to, findings));
    }
  }

  private static void check(Relationship relationship, Dataset to, Findings findings) {
    List<List<String>> keys = new ArrayList<>(to.uniqueKeys());
    if (!to.primaryKey().isEmpty()) {
      keys.addFirst(to.primaryKey());
    }
    Set<String> columns = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    columns.addAll(relationship.toColumns());
    if (keys.stream().noneMatch(columns::containsAll)) {
      findings.error(
          relationship.location(),
          "Cannot follow relationship '%s' to at most one row: (%s) is no key of dataset '%s'"
              .formatted(
                  relationship.name(), String.join(", ", relationship.toColumns()), to.name()),
          keys.isEmpty()
              ? "declare a primary_key or unique_keys of '%s'".formatted(to.name())
              : "its keys are "
                  + keys.stream()
                      .map(key -> "(" + String.join(", ", key) + ")")
                      .distinct()
                      .collect(Collectors.joining(", ")));
    }
  }
}
