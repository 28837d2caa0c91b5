/// What each function of the expression language means, and that it means so on every engine.
///
/// Open `functions.txt` in the test resources first, then
/// [io.scorebook.engine.functions.FunctionsTest].
@NullMarked
package io.scorebook.engine.functions;

import org.jspecify.annotations.NullMarked;
