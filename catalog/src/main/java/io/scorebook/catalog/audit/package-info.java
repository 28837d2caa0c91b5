/// Who asked what: a log in the home that answers are not given without, and the Iceberg table that
/// it is moved into.
///
/// Open [io.scorebook.catalog.audit.AuditLog] first, then [io.scorebook.catalog.audit.AuditTable].
@NullMarked
package io.scorebook.catalog.audit;

import org.jspecify.annotations.NullMarked;
