package io.scorebook.semantic.model;

import io.scorebook.documents.Location;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Many rows of `from` to at most one row of `to`.
///
/// @param exposes which dimensions of `to` (and beyond) a question sees through this relationship:
///   the name it sees to the name it has there; absent means all, under their own names. So a
///   second role of a dataset gets its own names (`opponent` for `team`), and a path that would
///   make a name ambiguous can be closed
public record Relationship(
    String name,
    String from,
    String to,
    List<String> fromColumns,
    List<String> toColumns,
    Optional<Map<String, String>> exposes,
    Location location) {

  public Relationship {
    fromColumns = List.copyOf(fromColumns);
    toColumns = List.copyOf(toColumns);
    exposes = exposes.map(names -> Collections.unmodifiableMap(new LinkedHashMap<>(names)));
  }
}
