/// The engine that the others are checked against: each operator as its definition reads, rows
/// through Iceberg's own reader, values computed by Calcite's functions, sums exact.
///
/// It shares nothing with DuckDB but the plan. Open [io.scorebook.engine.reference.ReferenceEngine]
/// first, then [io.scorebook.engine.reference.Executor].
@NullMarked
package io.scorebook.engine.reference;

import org.jspecify.annotations.NullMarked;
