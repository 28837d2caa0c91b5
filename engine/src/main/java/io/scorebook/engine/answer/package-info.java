/// From a question and a set of snapshots to rows: the one place where plan, cache and engine meet.
///
/// Open [io.scorebook.engine.answer.Answers] first.
@NullMarked
package io.scorebook.engine.answer;

import org.jspecify.annotations.NullMarked;
