package io.scorebook.semantic.plan;

import io.scorebook.semantic.model.Metric;
import java.util.List;
import java.util.Optional;

/// Which rows a look back takes: those of the group's other keys, up to the group's last one.
///
/// @param metric for messages
/// @param time the time dimension
/// @param restart the grain or calendar whose period the rows lie in
/// @param rolling how many rows or days; all where it is empty
/// @param entity whose rows they are, each entity's for itself
/// @param order how an entity's rows follow each other, of a frame of rows
/// @param combine how the values of entities become one
record TimeFrame(
    String metric,
    String time,
    Optional<String> restart,
    Optional<Metric.Rolling.Frame> rolling,
    List<String> entity,
    List<String> order,
    Optional<Metric.Rolling.Combine> combine) {

  static TimeFrame of(Metric.Cumulative metric) {
    return new TimeFrame(
        metric.name(),
        metric.time(),
        metric.restart(),
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty());
  }

  static TimeFrame of(Metric.Rolling metric) {
    return new TimeFrame(
        metric.name(),
        metric.time(),
        Optional.empty(),
        Optional.of(metric.frame()),
        metric.entity(),
        metric.order(),
        metric.combine());
  }
}
