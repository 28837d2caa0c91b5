/// What changed between two versions of a domain: its model, products and policies, and where it is
/// asked for the values.
///
/// Open [io.scorebook.engine.compare.DomainComparison] first; for values
/// [io.scorebook.engine.compare.ValueComparison].
@NullMarked
package io.scorebook.engine.compare;

import org.jspecify.annotations.NullMarked;
