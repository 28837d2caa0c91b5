package io.scorebook.gateway.http;

import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.scorebook.catalog.policy.Caller;
import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.Problem;
import io.scorebook.gateway.session.ProblemException;
import io.scorebook.gateway.session.Token;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Nothing without the token but the health and the description of the API.
///
/// `Authorization: Bearer TOKEN`, or Basic with the user `token` and the token as password, which
/// is what JDBC drivers can send.
@ServerFilter("/**")
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class TokenFilter {
  /// Who asks, on a request that said so in its header.
  private static final String CALLER = "scorebook.caller";

  private static final Set<String> OPEN = Set.of("/health", "/openapi.json");

  /// Looks for itself where the header says nothing: a driver may log in with its first message.
  private static final String JDBC = "/jdbc";

  private static final String USER = "token";
  private final Token token;

  TokenFilter(Token token) {
    this.token = token;
  }

  /// Lets the request pass (null), or answers in its place.
  @RequestFilter
  @Nullable HttpResponse<?> check(HttpRequest<?> request) {
    if (OPEN.contains(request.getPath())) {
      return null;
    }
    String header = request.getHeaders().get(HttpHeaders.AUTHORIZATION);
    if (header == null && request.getPath().equals(JDBC)) {
      return null;
    }
    if (header == null) {
      return refuse(
          request, "Cannot answer without a token; send the header 'Authorization: Bearer TOKEN'");
    }
    if (secret(header).filter(token::matches).isEmpty()) {
      return refuse(
          request, "Cannot accept the token; the right one is in the gateway's token file");
    }
    request.setAttribute(CALLER, Caller.token());
    return null;
  }

  /// Who asks; absent where the header does not tell, as at the door of JDBC, which asks itself.
  public static Optional<Caller> findCaller(HttpRequest<?> request) {
    return request.getAttribute(CALLER, Caller.class);
  }

  /// Who asks.
  ///
  /// @throws ProblemException where nobody was let in, so that a path that is not guarded tells
  ///   nothing
  public static Caller caller(HttpRequest<?> request) {
    return findCaller(request)
        .orElseThrow(
            () -> new ProblemException(ErrorCode.UNAUTHORIZED, "Cannot answer without a token"));
  }

  private static Optional<String> secret(String header) {
    int space = header.indexOf(' ');
    if (space < 0) {
      return Optional.empty();
    }
    String credentials = header.substring(space + 1).strip();
    return switch (header.substring(0, space).toLowerCase(Locale.ROOT)) {
      case "bearer" -> Optional.of(credentials);
      case "basic" -> password(credentials);
      default -> Optional.empty();
    };
  }

  private static Optional<String> password(String credentials) {
    try {
      String pair = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
      return pair.startsWith(USER + ":")
          ? Optional.of(pair.substring(USER.length() + 1))
          : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// The answer to a request without the right token.
  public static HttpResponse<?> refuse(HttpRequest<?> request, String detail) {
    String scheme = request.getPath().equals(JDBC) ? "Basic" : "Bearer";
    return Problems.response(Problem.of(ErrorCode.UNAUTHORIZED, detail), request)
        .header(HttpHeaders.WWW_AUTHENTICATE, scheme + " realm=\"Scorebook\"");
  }
}
