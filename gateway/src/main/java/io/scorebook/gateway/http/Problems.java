package io.scorebook.gateway.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.Problem;
import io.scorebook.gateway.session.ProblemException;
import io.scorebook.gateway.wire.Json;
import io.scorebook.gateway.wire.ProblemForm;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Comparator;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Every refusal and failure as RFC 9457 wants it, whoever found it.
final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  /// Seconds, after which its keys may be asked for again.
  private static final String ISSUER_AGAIN = "15";

  private Problems() {}

  static MutableHttpResponse<byte[]> response(Problem problem, HttpRequest<?> request) {
    return response(problem, request, HttpResponse.ok(), null);
  }

  private static MutableHttpResponse<byte[]> response(
      Problem problem,
      HttpRequest<?> request,
      MutableHttpResponse<?> base,
      @org.jspecify.annotations.Nullable Throwable cause) {
    String instance = "urn:uuid:" + UUID.randomUUID();
    if (problem.code().isOurs()) {
      LOG.error("{} {} {}: {}", instance, request.getMethod(), request.getPath(), problem, cause);
    } else {
      LOG.info("{} {} {}: {}", instance, request.getMethod(), request.getPath(), problem);
    }
    if (problem.code() == ErrorCode.ISSUER_UNAVAILABLE) {
      base.header(HttpHeaders.RETRY_AFTER, ISSUER_AGAIN);
    }
    return base.status(problem.code().status())
        .contentType(MediaType.of(ProblemForm.MEDIA_TYPE))
        .body(Json.bytes(ProblemForm.plain(problem, instance)));
  }

  /// What the doors refuse.
  @Singleton
  static final class OfProblem implements ExceptionHandler<ProblemException, HttpResponse<byte[]>> {
    @Override
    public HttpResponse<byte[]> handle(HttpRequest request, ProblemException e) {
      MutableHttpResponse<byte[]> response = response(e.problem(), request, HttpResponse.ok(), e);
      return e.problem().code() == ErrorCode.UNAUTHORIZED
          ? TokenFilter.challenging(request, response)
          : response;
    }
  }

  /// What the server refuses before a door is reached (no such path, too long a body), and what
  /// nobody expected.
  @Singleton
  static final class OfServer implements ErrorResponseProcessor<byte[]> {
    @Override
    public MutableHttpResponse<byte[]> processResponse(
        ErrorContext context, MutableHttpResponse<?> response) {
      ErrorCode code = code(response.code());
      Problem problem = Problem.of(code, detail(code, context));
      return Problems.response(
          problem, context.getRequest(), response, context.getRootCause().orElse(null));
    }

    private static ErrorCode code(int status) {
      return Arrays.stream(ErrorCode.values())
          .filter(code -> code.status() == status)
          .max(Comparator.comparing(ErrorCode::ordinal).reversed())
          .filter(_ -> status < 500)
          .map(code -> status == 400 ? ErrorCode.INVALID_REQUEST : code)
          .orElse(status < 500 ? ErrorCode.INVALID_REQUEST : ErrorCode.INTERNAL);
    }

    private static String detail(ErrorCode code, ErrorContext context) {
      HttpRequest<?> request = context.getRequest();
      return switch (code) {
        case NOT_FOUND -> "Cannot find %s; see /openapi.json".formatted(request.getPath());
        case METHOD_NOT_ALLOWED ->
            "Cannot %s %s; see /openapi.json".formatted(request.getMethod(), request.getPath());
        case INTERNAL ->
            "Cannot answer because of an internal error; the log has it under this instance";
        default ->
            context.getErrors().stream()
                .findFirst()
                .map(error -> "Cannot take the request: " + error.getMessage())
                .orElse("Cannot take the request");
      };
    }
  }
}
