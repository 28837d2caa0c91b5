/// What comes from what, from loaded files to the contracts of products, and what falls when a
/// source column is dropped.
///
/// Open [io.scorebook.engine.lineage.LineageGraph] first.
@NullMarked
package io.scorebook.engine.lineage;

import org.jspecify.annotations.NullMarked;
