package io.scorebook.catalog.registry;

import io.scorebook.documents.Location;
import java.time.Duration;
import java.util.Optional;

/// A level of service that an output port promises: one of ODCS's `slaProperties`.
///
/// @param name unique in its port: the `id`, else the property
/// @param property in the standard's words, as `latency`
/// @param value text, number or boolean, as written
/// @param unit as written
/// @param element what it is about: a source table (`namespace.table` or its name) or a column of
///   the port; absent for all source tables
/// @param promised what is measured against; absent where nothing is
public record ServiceLevel(
    String name,
    Kind kind,
    String property,
    Object value,
    Optional<String> unit,
    Optional<String> element,
    Optional<Duration> promised,
    Optional<String> driver,
    Optional<String> description,
    Location location) {

  /// How a level is measured.
  public enum Kind {
    /// How old the newest is, a load or a value, at most.
    FRESHNESS,
    /// How long it takes from a load to the next, at most.
    FREQUENCY,
    /// How far back the snapshots can be read, at least.
    RETENTION,
    /// It is promised, and nothing here can measure it.
    STATED
  }
}
