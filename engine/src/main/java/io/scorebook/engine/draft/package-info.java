/// A first draft of a domain's folder, from files of rows.
///
/// Files are read once into a database beside the memory (`profile`), guesses are drawn from what
/// they hold, each with what speaks for it (`guess`), and become documents (`document`).
///
/// Open [io.scorebook.engine.draft.Draft] first.
@NullMarked
package io.scorebook.engine.draft;

import org.jspecify.annotations.NullMarked;
