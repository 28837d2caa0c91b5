package io.scorebook.semantic.model;

import io.scorebook.documents.Location;
import java.util.List;
import java.util.Optional;

/// A logical table: rows of one grain, with fields to group, filter and aggregate by.
///
/// @param primaryKey columns of the source that identify a row; empty where none is declared
public record Dataset(
    String name,
    Source source,
    List<String> primaryKey,
    List<List<String>> uniqueKeys,
    List<Field> fields,
    Optional<String> description,
    List<String> synonyms,
    Location location) {

  public Dataset {
    primaryKey = List.copyOf(primaryKey);
    uniqueKeys = uniqueKeys.stream().map(List::copyOf).toList();
    fields = List.copyOf(fields);
    synonyms = List.copyOf(synonyms);
  }

  /// Where the rows come from.
  public sealed interface Source {
    /// A table of the catalog: `namespace.name`.
    record Table(String namespace, String name) implements Source {}

    /// A query over tables of the catalog.
    record Query(String sql, Location location) implements Source {}
  }

  public Optional<Field> findField(String name) {
    return fields.stream().filter(field -> field.name().equalsIgnoreCase(name)).findFirst();
  }
}
