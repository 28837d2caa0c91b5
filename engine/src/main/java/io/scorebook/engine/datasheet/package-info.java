/// What a version of a product promises, once as a model and in the words of each standard:
/// contract (ODCS), product (ODPS), schemas of its rows (Avro, JSON Schema), its own API (OpenAPI),
/// catalogs (DCAT and DPROD), lineage (OpenLineage).
///
/// Open [io.scorebook.engine.datasheet.Datasheet] first, then
/// [io.scorebook.engine.datasheet.DocumentForm].
@NullMarked
package io.scorebook.engine.datasheet;

import org.jspecify.annotations.NullMarked;
