@NullMarked
package io.scorebook.engine.compare;

import org.jspecify.annotations.NullMarked;
