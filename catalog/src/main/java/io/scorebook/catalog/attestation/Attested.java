package io.scorebook.catalog.attestation;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// What was found of one declaration on given snapshots. It says how many rows contradict, and not
/// which: those are data, and stand in the tables alone.
///
/// @param claim what is declared, in the words that its model gives it
/// @param snapshots of the tables that were read, by `namespace.table`; a table that was never
///   loaded has none
/// @param rows that were looked at
/// @param nulls how many of them a NULL leaves out
/// @param broken how many counterexamples there are; the declaration holds where there is none
/// @param engine that looked
/// @param at when
/// @param took how long
public record Attested(
    String claim,
    SortedMap<String, Long> snapshots,
    long rows,
    long nulls,
    long broken,
    String engine,
    Instant at,
    Duration took) {

  public Attested {
    snapshots = Collections.unmodifiableSortedMap(new TreeMap<>(snapshots));
  }

  public boolean holds() {
    return broken == 0;
  }
}
