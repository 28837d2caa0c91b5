/// What an engine needs to read a table: one snapshot, its data files and its columns. Open
/// [io.scorebook.catalog.table.TableSnapshot] first.
@NullMarked
package io.scorebook.catalog.table;

import org.jspecify.annotations.NullMarked;
