/// What callers see through policies: nothing of what is hidden, and of the rest the right numbers.
@NullMarked
package io.scorebook.engine.policy;

import org.jspecify.annotations.NullMarked;
