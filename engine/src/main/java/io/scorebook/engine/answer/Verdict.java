package io.scorebook.engine.answer;

import io.scorebook.semantic.claim.Claim;
import java.util.SortedMap;

/// What the data says of a claim.
///
/// @param snapshots of the tables that were read; a table that was never loaded has none
/// @param rows that were looked at
/// @param nulls how many of them say nothing because of a NULL
/// @param broken how many counterexamples there are: of a key the values that several rows have, of
///   a join the rows and metrics that it changes, else rows
public record Verdict(
    Claim claim, SortedMap<String, Long> snapshots, long rows, long nulls, long broken) {

  public boolean holds() {
    return broken == 0;
  }
}
