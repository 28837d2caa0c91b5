/// Opens a home: warehouse, domains, engines and answers wired together.
///
/// Open [io.scorebook.engine.answer.Answers] first.
@NullMarked
package io.scorebook.engine;

import org.jspecify.annotations.NullMarked;
