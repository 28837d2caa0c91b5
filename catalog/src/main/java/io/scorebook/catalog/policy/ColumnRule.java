package io.scorebook.catalog.policy;

import io.scorebook.documents.Location;
import java.util.Optional;

/// What becomes of one column for all but some.
///
/// @param mask what stands in its place; empty where the column is not there at all
/// @param except who sees its values, and for what
public record ColumnRule(String column, Optional<Mask> mask, Audience except, Location location) {}
