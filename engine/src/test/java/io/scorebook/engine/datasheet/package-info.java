/// Documents of products, held against the rules of their standards.
@NullMarked
package io.scorebook.engine.datasheet;

import org.jspecify.annotations.NullMarked;
