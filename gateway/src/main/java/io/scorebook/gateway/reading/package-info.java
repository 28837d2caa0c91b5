/// How the rows of a product's port are read: what is asked of them, page by page in an order that
/// is total, and what has changed since.
///
/// Open [io.scorebook.gateway.reading.PortQuery] first, then [io.scorebook.gateway.reading.Cursor].
@NullMarked
package io.scorebook.gateway.reading;

import org.jspecify.annotations.NullMarked;
