package io.scorebook.catalog.table;

import java.util.Optional;

/// A column of a snapshot.
///
/// @param id the field's identity in the data files; names change, ids do not
/// @param required whether it is never NULL
/// @param doc what it means, in words
public record Column(
    int id, String name, ColumnType type, boolean required, Optional<String> doc) {}
