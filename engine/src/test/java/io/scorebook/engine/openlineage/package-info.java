/// Events of lineage, as they leave.
@NullMarked
package io.scorebook.engine.openlineage;

import org.jspecify.annotations.NullMarked;
