/// What a question came down to, for people to read: begin with [Explanation]; [ExplanationWords]
/// says it in words.
@NullMarked
package io.scorebook.semantic.explain;

import org.jspecify.annotations.NullMarked;
