/// The documents of a domain's folder out of guesses, each guess with its reason as a comment
/// beside it.
///
/// Open [io.scorebook.engine.draft.document.ModelPlan] first.
@NullMarked
package io.scorebook.engine.draft.document;

import org.jspecify.annotations.NullMarked;
