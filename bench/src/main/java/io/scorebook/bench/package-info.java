/// The gateway's answers against plain DuckDB on the same files.
///
/// Open [io.scorebook.bench.Bench] first.
@NullMarked
package io.scorebook.bench;

import org.jspecify.annotations.NullMarked;
