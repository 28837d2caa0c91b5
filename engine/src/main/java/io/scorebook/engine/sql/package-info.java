/// Plans as SQL text, whatever engine reads it.
///
/// Open [io.scorebook.engine.sql.PlanSql] first: one common table expression for each node. What
/// engines write differently is asked of a [io.scorebook.engine.sql.Dialect]; what it does not have
/// is refused by name.
@NullMarked
package io.scorebook.engine.sql;

import org.jspecify.annotations.NullMarked;
