/// What can be wrong with a model that is well formed: a rule a file, all mistakes told at once.
///
/// Open [io.scorebook.semantic.check.ModelCheck] first, then any rule; what the rules share about a
/// model (parsed expressions, join paths, columns of sources) is in
/// [io.scorebook.semantic.check.Subject].
@NullMarked
package io.scorebook.semantic.check;

import org.jspecify.annotations.NullMarked;
