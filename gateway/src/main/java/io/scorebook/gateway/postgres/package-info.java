/// PostgreSQL's wire protocol, version 3, on a port of its own: the door of all tools that speak to
/// PostgreSQL. Open [io.scorebook.gateway.postgres.PostgresDoor] first, then
/// [io.scorebook.gateway.postgres.Conversation].
@NullMarked
package io.scorebook.gateway.postgres;

import org.jspecify.annotations.NullMarked;
