@NullMarked
package io.scorebook.semantic.compare;

import org.jspecify.annotations.NullMarked;
