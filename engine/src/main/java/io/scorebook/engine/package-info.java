/// Opens a home: warehouse, domains, engines and answers wired together.
///
/// Open [io.scorebook.engine.Platform] first, then [io.scorebook.engine.answer.Answers].
@NullMarked
package io.scorebook.engine;

import org.jspecify.annotations.NullMarked;
