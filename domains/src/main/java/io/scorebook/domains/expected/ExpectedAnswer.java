package io.scorebook.domains.expected;

/// A question, and the SQL that answers it without the semantic layer.
///
/// @param name unique, for people: `win streaks by team, season`
/// @param question as `POST /v1/query` takes it, JSON
/// @param sql one statement of DuckDB over the tables of [IndependentAnswers#rawTables]; columns
///   and rows in the order that the question's answer has
public record ExpectedAnswer(String name, String question, String sql) {}
