/// What is asked: names as written, before anything is looked up.
///
/// Open [io.scorebook.semantic.question.Question] first.
@NullMarked
package io.scorebook.semantic.question;

import org.jspecify.annotations.NullMarked;
