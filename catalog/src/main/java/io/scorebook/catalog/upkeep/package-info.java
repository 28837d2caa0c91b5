/// What interrupted loads leave in the store: found, and removed where nobody can miss it. Open
/// [io.scorebook.catalog.upkeep.Upkeep] first.
@NullMarked
package io.scorebook.catalog.upkeep;

import org.jspecify.annotations.NullMarked;
