package io.scorebook.gateway.jdbc;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.scorebook.gateway.http.TokenFilter;
import io.scorebook.gateway.session.Desk;
import io.scorebook.gateway.session.Token;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import org.apache.calcite.avatica.metrics.noop.NoopMetricsSystem;
import org.apache.calcite.avatica.remote.LocalService;
import org.apache.calcite.avatica.remote.ProtobufHandler;
import org.apache.calcite.avatica.remote.ProtobufTranslationImpl;
import org.apache.calcite.avatica.remote.Service;

/// Avatica's remote procedure calls in protobuf, at `/jdbc` on the port of HTTP.
@Controller("/jdbc")
@ExecuteOn(TaskExecutors.BLOCKING)
@Consumes(MediaType.ALL)
@Produces(MediaType.APPLICATION_OCTET_STREAM)
final class JdbcController {
  /// A client that says nothing for so long has gone away.
  private static final Duration IDLE = Duration.ofMinutes(30);

  private final SessionMeta meta;
  private final ProtobufHandler handler;
  private final Login login;

  JdbcController(Desk desk, Token token) {
    this.login = new Login(token);
    this.meta = new SessionMeta(desk, IDLE, login::caller, login::forget);
    var metrics = NoopMetricsSystem.getInstance();
    var service = new LocalService(meta, metrics);
    service.setRpcMetadata(new Service.RpcMetadataResponse("scorebook"));
    this.handler = new ProtobufHandler(service, new ProtobufTranslationImpl(), metrics);
  }

  @Post
  HttpResponse<?> call(HttpRequest<?> http, @Body byte[] request) {
    if (!login.admits(request, TokenFilter.findCaller(http))) {
      return TokenFilter.refuse(
          http, "Cannot connect without the token; log in as 'token' with the token as password");
    }
    var response = handler.apply(request);
    return HttpResponse.<byte[]>status(
            io.micronaut.http.HttpStatus.valueOf(response.getStatusCode()))
        .body(response.getResponse());
  }

  @PreDestroy
  void close() {
    meta.close();
  }
}
