@NullMarked
package io.scorebook.catalog.store;

import org.jspecify.annotations.NullMarked;
