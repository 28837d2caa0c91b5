/// Where each column of an answer comes from, worked out from its plan.
@NullMarked
package io.scorebook.semantic.lineage;

import org.jspecify.annotations.NullMarked;
