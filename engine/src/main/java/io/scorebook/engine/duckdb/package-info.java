/// DuckDB in this process, locked down to the folder of cached data files.
///
/// Open [io.scorebook.engine.duckdb.DuckDbEngine] first. [io.scorebook.engine.duckdb.PlanSql]
/// writes a plan as SQL, one common table expression for each node: what a name means never depends
/// on how nodes were merged, and a node that is used twice is written once. What has no entry in
/// [io.scorebook.engine.duckdb.ExpressionSql] or [io.scorebook.engine.duckdb.AggregateSql] is
/// refused by name; nothing is passed on in the hope that DuckDB means the same by it.
@NullMarked
package io.scorebook.engine.duckdb;

import org.jspecify.annotations.NullMarked;
