package io.scorebook.gateway.modeltest;

import io.scorebook.documents.Location;
import io.scorebook.documents.Value.Scalar;
import io.scorebook.engine.reference.GivenRows;
import io.scorebook.semantic.question.Question;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A question over given rows, and what must become of it.
///
/// @param tables by `namespace.name`
record MetricTest(
    String name,
    Location location,
    Map<String, GivenRows.Table> tables,
    Asked asked,
    Expected expected) {

  MetricTest {
    tables = Map.copyOf(tables);
  }

  /// What is asked.
  sealed interface Asked {
    record Metrics(Question question) implements Asked {}

    record Sql(String sql) implements Asked {}
  }

  /// What must come of it.
  sealed interface Expected {
    /// @param columns empty where no row is expected and no columns are named
    /// @param rows values in the order of the columns
    record Rows(List<String> columns, List<List<Scalar>> rows) implements Expected {
      public Rows {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
      }
    }

    /// @param code as HTTP tells it, `not-groupable`
    /// @param message a piece of a message
    record Refusal(Optional<String> code, Optional<String> message) implements Expected {}
  }
}
