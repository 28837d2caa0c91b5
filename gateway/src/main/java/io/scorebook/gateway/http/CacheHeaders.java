package io.scorebook.gateway.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/// Whatever is told, refusals too, is for who asked and for what he asked it: no cache may give it
/// to another, nor to him for another purpose, nor again without asking.
@ServerFilter("/v1/**")
final class CacheHeaders {
  /// What an answer depends on besides its address.
  private static final String VARY =
      String.join(
          ", ",
          HttpHeaders.AUTHORIZATION,
          TokenFilter.PURPOSE,
          HttpHeaders.ACCEPT,
          HttpHeaders.ACCEPT_ENCODING);

  @ResponseFilter
  void tell(MutableHttpResponse<?> response) {
    response.getHeaders().set(HttpHeaders.VARY, VARY);
    response.getHeaders().set(HttpHeaders.CACHE_CONTROL, "private, no-cache");
  }
}
