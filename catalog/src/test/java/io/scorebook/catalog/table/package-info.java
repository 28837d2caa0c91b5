@NullMarked
package io.scorebook.catalog.table;

import org.jspecify.annotations.NullMarked;
