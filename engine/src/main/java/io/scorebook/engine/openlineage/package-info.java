/// Loads and publications told to catalogs of lineage, as OpenLineage run events.
///
/// Open [io.scorebook.engine.openlineage.LineageEmitter] first.
@NullMarked
package io.scorebook.engine.openlineage;

import org.jspecify.annotations.NullMarked;
