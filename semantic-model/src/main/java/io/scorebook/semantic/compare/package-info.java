/// What changed between two versions of a model, by what it means and not by how it is written, and
/// which version the changes ask for.
///
/// Open [io.scorebook.semantic.compare.ModelComparison] first; what comes out are
/// [io.scorebook.semantic.compare.Change]s. What a name means is worked out by
/// [io.scorebook.semantic.plan.Meanings].
@NullMarked
package io.scorebook.semantic.compare;

import org.jspecify.annotations.NullMarked;
