/// The registry of what was published: an Iceberg table, a row for each publication of a domain,
/// with its documents and with every version of a product that it left standing.
///
/// Open [io.scorebook.catalog.publication.Publications] first. Whether something may be published
/// is not known here: that is decided by what documents mean.
@NullMarked
package io.scorebook.catalog.publication;

import org.jspecify.annotations.NullMarked;
