/// Where the tables are: object storage, in this process or any S3, and the Iceberg catalog over
/// it. Open [io.scorebook.catalog.store.Warehouse] first.
@NullMarked
package io.scorebook.catalog.store;

import org.jspecify.annotations.NullMarked;
