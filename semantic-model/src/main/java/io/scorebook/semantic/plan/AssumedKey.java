package io.scorebook.semantic.plan;

import java.util.List;

/// Columns that a plan takes to identify a row of a dataset: the one side of a join, or what makes
/// the order of a sequence total. If the data says otherwise, the plan's numbers are wrong: an
/// engine has to look ([Planner#duplicates]) before it trusts them.
public record AssumedKey(String dataset, List<String> columns) {
  public AssumedKey {
    columns = List.copyOf(columns);
  }
}
