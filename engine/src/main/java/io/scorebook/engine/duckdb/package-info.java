/// DuckDB in this process, locked down to the folder of cached data files.
///
/// Open [io.scorebook.engine.duckdb.DuckDbEngine] first. [io.scorebook.engine.sql.PlanSql] writes a
/// plan as SQL, in the words of [io.scorebook.engine.duckdb.DuckDbDialect]: what has none there is
/// refused by name; nothing is passed on in the hope that DuckDB means the same by it.
@NullMarked
package io.scorebook.engine.duckdb;

import org.jspecify.annotations.NullMarked;
