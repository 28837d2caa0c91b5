package io.scorebook.semantic.plan;

/// What would make an answer too large, as only the data can tell.
///
/// @param search finds a row where it would be
/// @param issue why there is no answer then
public record Excess(Plan search, Issue issue) {}
