/// What a profile lets one guess, each guess with what speaks for it: names, types, keys, links
/// between tables, and what each column is for.
///
/// Open [io.scorebook.engine.draft.guess.Guesses] first.
@NullMarked
package io.scorebook.engine.draft.guess;

import org.jspecify.annotations.NullMarked;
