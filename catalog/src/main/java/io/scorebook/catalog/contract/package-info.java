/// What each table promises: Avro schemas as ingestion contracts, and the Iceberg tables that
/// follow from them. Open [io.scorebook.catalog.contract.Contract] first, then
/// [io.scorebook.catalog.contract.Evolution].
@NullMarked
package io.scorebook.catalog.contract;

import org.jspecify.annotations.NullMarked;
