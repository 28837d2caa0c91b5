/// The HTTP door: bytes to a question, an answer to bytes, streamed as the asker reads.
///
/// Open [io.scorebook.gateway.http.Server] first, then [io.scorebook.gateway.http.QueryController].
@NullMarked
package io.scorebook.gateway.http;

import org.jspecify.annotations.NullMarked;
