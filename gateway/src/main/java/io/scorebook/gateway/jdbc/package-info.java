/// The JDBC door: Avatica's protocol, so that its standard driver can ask, and our own metadata and
/// answers behind it.
///
/// Open [io.scorebook.gateway.jdbc.JdbcController] first, then
/// [io.scorebook.gateway.jdbc.SessionMeta].
@NullMarked
package io.scorebook.gateway.jdbc;

import org.jspecify.annotations.NullMarked;
