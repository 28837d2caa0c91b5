package io.scorebook.semantic.question;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Metrics by dimensions, with names as the caller wrote them.
///
/// @param dimensions `team`, `date.month`, `teams.abbreviation`
/// @param groupingSets absent: one set of all dimensions
/// @param evidence sequence metrics whose evidence is wanted
/// @param orderBy empty: by the keys
/// @param offset rows to skip, 0 for none
/// @param fill the time keys whose periods all appear, also those without rows
/// @param partial whether to tell of each row if its period is complete
public record Question(
    List<String> metrics,
    List<String> dimensions,
    List<Filter> filters,
    Optional<List<List<String>>> groupingSets,
    List<String> evidence,
    List<Order> orderBy,
    OptionalLong limit,
    long offset,
    List<String> fill,
    boolean partial) {

  public Question {
    metrics = List.copyOf(metrics);
    dimensions = List.copyOf(dimensions);
    filters = List.copyOf(filters);
    groupingSets = groupingSets.map(sets -> sets.stream().map(List::copyOf).toList());
    evidence = List.copyOf(evidence);
    orderBy = List.copyOf(orderBy);
    fill = List.copyOf(fill);
  }

  /// A question of the periods that have rows.
  public Question(
      List<String> metrics,
      List<String> dimensions,
      List<Filter> filters,
      Optional<List<List<String>>> groupingSets,
      List<String> evidence,
      List<Order> orderBy,
      OptionalLong limit,
      long offset) {
    this(
        metrics,
        dimensions,
        filters,
        groupingSets,
        evidence,
        orderBy,
        limit,
        offset,
        List.of(),
        false);
  }

  /// Metrics by dimensions, and nothing else.
  public static Question of(List<String> metrics, List<String> dimensions) {
    return new Question(
        metrics,
        dimensions,
        List.of(),
        Optional.empty(),
        List.of(),
        List.of(),
        OptionalLong.empty(),
        0);
  }

  public Question withFilters(List<Filter> filters) {
    return new Question(
        metrics,
        dimensions,
        filters,
        groupingSets,
        evidence,
        orderBy,
        limit,
        offset,
        fill,
        partial);
  }

  public Question withGroupingSets(List<List<String>> sets) {
    return new Question(
        metrics,
        dimensions,
        filters,
        Optional.of(sets),
        evidence,
        orderBy,
        limit,
        offset,
        fill,
        partial);
  }

  public Question withEvidence(List<String> evidence) {
    return new Question(
        metrics,
        dimensions,
        filters,
        groupingSets,
        evidence,
        orderBy,
        limit,
        offset,
        fill,
        partial);
  }

  public Question withOrderBy(List<Order> orderBy) {
    return new Question(
        metrics,
        dimensions,
        filters,
        groupingSets,
        evidence,
        orderBy,
        limit,
        offset,
        fill,
        partial);
  }

  public Question withLimit(long limit) {
    return new Question(
        metrics,
        dimensions,
        filters,
        groupingSets,
        evidence,
        orderBy,
        OptionalLong.of(limit),
        offset,
        fill,
        partial);
  }

  /// With all periods of these keys.
  public Question withFill(List<String> fill) {
    return new Question(
        metrics,
        dimensions,
        filters,
        groupingSets,
        evidence,
        orderBy,
        limit,
        offset,
        fill,
        partial);
  }

  /// With the column that tells whether a row's period is complete.
  public Question withPartial() {
    return new Question(
        metrics, dimensions, filters, groupingSets, evidence, orderBy, limit, offset, fill, true);
  }

  /// NULLs come last in both directions.
  public record Order(String field, boolean descending) {}
}
