/// What files without a contract hold: which of them are one table, and what each column looks
/// like.
///
/// Open [io.scorebook.engine.draft.profile.Profiles] first.
@NullMarked
package io.scorebook.engine.draft.profile;

import org.jspecify.annotations.NullMarked;
