/// SQL expressions of models and callers: parsed, given exact types and division, turned into
/// Calcite's row expressions. Knows nothing of datasets and metrics.
///
/// Open [io.scorebook.semantic.expression.Sql] first, then
/// [io.scorebook.semantic.expression.Expressions].
@NullMarked
package io.scorebook.semantic.expression;

import org.jspecify.annotations.NullMarked;
