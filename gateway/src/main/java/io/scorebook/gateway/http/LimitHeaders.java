package io.scorebook.gateway.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.scorebook.gateway.session.Desk;
import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.Places;

/// Tells an asker how many answers he may have open, and how many more there could be, in the words
/// of draft-ietf-httpapi-ratelimit-headers; and when to try again. The draft is known here alone.
@ServerFilter("/v1/**")
public final class LimitHeaders {
  private static final String POLICY = "concurrent";

  /// Seconds. An answer ends when it ends: this is no promise.
  private static final String SOON = "1";

  private final Desk desk;

  LimitHeaders(Desk desk) {
    this.desk = desk;
  }

  @ResponseFilter
  void tell(HttpRequest<?> request, MutableHttpResponse<?> response) {
    TokenFilter.findAdmitted(request)
        .ifPresent(admitted -> {
          Places.Left left = desk.left(admitted.caller());
          left.most()
              .ifPresent(most -> {
                response.header("RateLimit-Policy", "\"%s\";q=%d".formatted(POLICY, most));
                response.header("RateLimit", "\"%s\";r=%d".formatted(POLICY, left.left()));
              });
        });
    if (response.code() == ErrorCode.TOO_MANY_QUESTIONS.status()) {
      response.header("Retry-After", SOON);
    }
  }
}
