/// From files to published rows: read by the contract, checked, written beside the table, audited,
/// published in one commit. Open [io.scorebook.catalog.load.Loader] first, then
/// [io.scorebook.catalog.load.Staging] and [io.scorebook.catalog.load.Publication].
@NullMarked
package io.scorebook.catalog.load;

import org.jspecify.annotations.NullMarked;
