/// The graph of lineage, and what falls with a column.
@NullMarked
package io.scorebook.engine.lineage;

import org.jspecify.annotations.NullMarked;
