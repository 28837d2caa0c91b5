@NullMarked
package io.scorebook.engine.draft;

import org.jspecify.annotations.NullMarked;
