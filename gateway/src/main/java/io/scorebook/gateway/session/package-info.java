/// What the doors share: who asks, what an answer may cost, how it ends early, and how everything
/// that can go wrong is told.
///
/// Open [io.scorebook.gateway.session.Desk] first, then [io.scorebook.gateway.session.ErrorCode].
@NullMarked
package io.scorebook.gateway.session;

import org.jspecify.annotations.NullMarked;
