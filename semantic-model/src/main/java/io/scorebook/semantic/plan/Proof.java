package io.scorebook.semantic.plan;

import java.util.List;

/// How a claim is looked into: plans whose rows say whether it holds. Their engine reads each table
/// as a stream and gives back a handful of rows.
public sealed interface Proof {
  /// @param tally one row: how many rows were looked at, how many of them say nothing because of a
  ///   NULL, how many counterexamples there are
  /// @param examples the first counterexamples: the columns that the claim shows, then `rows`, how
  ///   many rows each stands for
  record Counted(Plan tally, Plan examples) implements Proof {}

  /// @param sides two rows, without the join and with it: `side` (1, 2), how many rows there are,
  ///   then values
  /// @param values what each value is, as `SUM(sales.amount)`
  record Compared(Plan sides, List<String> values) implements Proof {
    public Compared {
      values = List.copyOf(values);
    }
  }
}
