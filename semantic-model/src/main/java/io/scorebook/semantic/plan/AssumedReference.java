package io.scorebook.semantic.plan;

import java.util.Optional;

/// A relationship along which a plan joins. A row that has no row on the other side keeps its
/// place, without values of that side.
///
/// @param of the name of another planner whose model the relationship is of ([Planner#of]); absent
///   for the planner's own
public record AssumedReference(String relationship, Optional<String> of) {}
