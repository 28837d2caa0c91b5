@NullMarked
package io.scorebook.catalog.load;

import org.jspecify.annotations.NullMarked;
