package io.scorebook.gateway.http;

import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.scorebook.catalog.policy.Caller;
import io.scorebook.gateway.callers.Admitted;
import io.scorebook.gateway.callers.Credentials;
import io.scorebook.gateway.callers.Doorkeeper;
import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.Problem;
import io.scorebook.gateway.session.ProblemException;
import io.scorebook.gateway.session.Witness;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/// Nothing without a token or key but the health and the description of the API.
///
/// `Authorization: Bearer SECRET`, or Basic with the secret as password, which is what JDBC drivers
/// can send.
@ServerFilter("/**")
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class TokenFilter {
  /// Who asks, on a request that said so in its header.
  private static final String CALLER = "scorebook.caller";

  private static final String ADMITTED = "scorebook.admitted";

  /// What the answer is for.
  static final String PURPOSE = "Scorebook-Purpose";

  private static final Set<String> OPEN = Set.of("/health", "/openapi.json");

  /// Looks for itself where the header says nothing: a driver may log in with its first message.
  private static final String JDBC = "/jdbc";

  private final Doorkeeper doorkeeper;

  TokenFilter(Doorkeeper doorkeeper) {
    this.doorkeeper = doorkeeper;
  }

  /// Lets the request pass, or fails with the problem that is answered in its place. The threads
  /// that come here serve all connections: none of them waits for the keys of an issuer.
  @RequestFilter
  CompletionStage<HttpRequest<?>> check(HttpRequest<?> request) {
    if (OPEN.contains(request.getPath())) {
      return CompletableFuture.completedStage(request);
    }
    String header = request.getHeaders().get(HttpHeaders.AUTHORIZATION);
    if (header == null && request.getPath().equals(JDBC)) {
      return CompletableFuture.completedStage(request);
    }
    if (header == null) {
      return CompletableFuture.failedStage(
          new ProblemException(
              ErrorCode.UNAUTHORIZED,
              "Cannot answer without a token; send the header 'Authorization: Bearer TOKEN'"));
    }
    Credentials shown =
        Credentials.ofHeader(header).orElseGet(() -> new Credentials(Optional.empty(), ""));
    var found = doorkeeper.find(shown).toCompletableFuture();
    return found.isDone()
        ? found.thenApply(admitted -> pass(request, shown, admitted))
        : found.thenApplyAsync(admitted -> pass(request, shown, admitted), threadOf(request));
  }

  private static Executor threadOf(HttpRequest<?> request) {
    return request instanceof NettyHttpRequest<?> netty
        ? netty.getChannelHandlerContext().channel().eventLoop()
        : Runnable::run;
  }

  private HttpRequest<?> pass(
      HttpRequest<?> request, Credentials shown, Optional<Admitted> admitted) {
    if (admitted.isEmpty()) {
      doorkeeper.refused(
          request.getPath().equals(JDBC) ? Witness.Through.JDBC : Witness.Through.HTTP, shown);
      throw new ProblemException(
          ErrorCode.UNAUTHORIZED,
          "Cannot accept the token or key: it is unknown, expired or not meant for this gateway");
    }
    request.setAttribute(
        CALLER, admitted.get().asking(Optional.ofNullable(request.getHeaders().get(PURPOSE))));
    request.setAttribute(ADMITTED, admitted.get());
    return request;
  }

  /// Who asks; absent where the header does not tell, as at the door of JDBC, which asks itself.
  public static Optional<Admitted> findAdmitted(HttpRequest<?> request) {
    return request.getAttribute(ADMITTED, Admitted.class);
  }

  /// Who asks.
  ///
  /// @throws ProblemException where nobody was let in, so that a path that is not guarded tells
  ///   nothing
  public static Caller caller(HttpRequest<?> request) {
    return request
        .getAttribute(CALLER, Caller.class)
        .orElseThrow(
            () -> new ProblemException(ErrorCode.UNAUTHORIZED, "Cannot answer without a token"));
  }

  /// The answer to a request without the right token.
  public static HttpResponse<?> refuse(HttpRequest<?> request, String detail) {
    return challenging(
        request, Problems.response(Problem.of(ErrorCode.UNAUTHORIZED, detail), request));
  }

  /// Says by what to log in.
  static MutableHttpResponse<byte[]> challenging(
      HttpRequest<?> request, MutableHttpResponse<byte[]> response) {
    String scheme = request.getPath().equals(JDBC) ? "Basic" : "Bearer";
    return response.header(HttpHeaders.WWW_AUTHENTICATE, scheme + " realm=\"Scorebook\"");
  }
}
