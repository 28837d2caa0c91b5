package io.scorebook.semantic.plan;

import java.util.List;
import java.util.Optional;

/// Columns that a plan takes to identify a row of a dataset. If the data says otherwise, the plan's
/// numbers are wrong: an engine has to look ([Planner#claim], [Planner#proof]) before it trusts
/// them.
///
/// @param use what for
/// @param of the name of another planner whose model the dataset is of ([Planner#of]); absent for
///   the planner's own
public record AssumedKey(String dataset, List<String> columns, Use use, Optional<String> of) {
  public AssumedKey {
    columns = List.copyOf(columns);
  }

  /// A key of the planner's own model.
  public AssumedKey(String dataset, List<String> columns, Use use) {
    this(dataset, columns, use, Optional.empty());
  }

  /// A key to join by.
  public AssumedKey(String dataset, List<String> columns) {
    this(dataset, columns, Use.JOIN);
  }

  /// What a key is relied on for.
  public enum Use {
    /// The one side of a join. A row with a NULL in it is never joined, so that it may be there
    /// twice: [Claim.Unique].
    JOIN,
    /// The end of an order, where NULL is a value as any other: [Claim.TotalOrder].
    ORDER
  }
}
