package io.scorebook.semantic.imports;

import io.scorebook.documents.Location;
import java.util.List;
import java.util.Optional;

/// A cube: rows of one table, its dimensions, measures, joins and segments.
///
/// @param dimensions the mappings that say them
record CubeModel(
    String name,
    String table,
    Optional<String> description,
    List<Given> dimensions,
    List<Given> measures,
    List<Given> joins,
    List<Given> segments,
    Location at) {

  Optional<Given> findDimension(String wanted) {
    return dimensions.stream().filter(d -> d.name().equalsIgnoreCase(wanted)).findFirst();
  }

  Optional<Given> findMeasure(String wanted) {
    return measures.stream().filter(m -> m.name().equalsIgnoreCase(wanted)).findFirst();
  }

  /// The time dimensions.
  List<String> times() {
    return dimensions.stream()
        .filter(dimension -> dimension.text("type").filter("time"::equals).isPresent())
        .map(Given::name)
        .toList();
  }
}
