/// Plans in Trino's SQL: the text is written and shown, not run.
///
/// Open [io.scorebook.engine.trino.TrinoEngine] first; [io.scorebook.engine.trino.TrinoDialect] has
/// Trino's words.
@NullMarked
package io.scorebook.engine.trino;

import org.jspecify.annotations.NullMarked;
