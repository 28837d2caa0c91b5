@NullMarked
package io.scorebook.catalog.publication;

import org.jspecify.annotations.NullMarked;
