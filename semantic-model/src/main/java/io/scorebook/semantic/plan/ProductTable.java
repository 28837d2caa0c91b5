package io.scorebook.semantic.plan;

import io.scorebook.semantic.question.Question;

/// An output port of a product version as SQL sees it: a table of the schema `{product}_v{major}`.
public record ProductTable(String schema, String name, Content content) {

  /// What the table holds.
  public sealed interface Content {
    /// The answer to a question; its columns are the answer's.
    record Metrics(Question question) implements Content {}

    /// The rows of a dataset: its fields, and the dimensions that it reaches.
    record Rows(String dataset) implements Content {}
  }
}
