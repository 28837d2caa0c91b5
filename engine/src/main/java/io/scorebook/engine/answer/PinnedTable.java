package io.scorebook.engine.answer;

import io.scorebook.catalog.table.TableSnapshot;
import java.util.Optional;

/// A table as of one snapshot: what every scan of it in one question reads.
///
/// @param name `namespace.table`
/// @param snapshot absent for a table that was never loaded: it has no rows
public record PinnedTable(String name, Optional<TableSnapshot> snapshot) {}
