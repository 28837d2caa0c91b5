/// Questions and answers as bytes: the forms of requests that are read, and the formats in which
/// answers, problems and descriptions are written.
///
/// Open [io.scorebook.gateway.wire.QuestionForm] first, then [io.scorebook.gateway.wire.Format].
@NullMarked
package io.scorebook.gateway.wire;

import org.jspecify.annotations.NullMarked;
