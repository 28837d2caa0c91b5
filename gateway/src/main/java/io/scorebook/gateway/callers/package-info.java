/// Who asks: the home's token, API keys, and the tokens of OpenID Connect issuers.
///
/// Open [io.scorebook.gateway.callers.Doorkeeper] first.
@NullMarked
package io.scorebook.gateway.callers;

import org.jspecify.annotations.NullMarked;
