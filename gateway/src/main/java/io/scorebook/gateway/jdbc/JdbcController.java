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
import io.scorebook.gateway.callers.Doorkeeper;
import io.scorebook.gateway.http.TokenFilter;
import io.scorebook.gateway.session.Desk;
import io.scorebook.gateway.session.Session;
import io.scorebook.gateway.session.Witness;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import org.apache.calcite.avatica.Meta.ConnectionHandle;
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

  JdbcController(Desk desk, Doorkeeper doorkeeper) {
    this.login = new Login(doorkeeper, this::end);
    Desk own = desk.through(Witness.Through.JDBC);
    this.meta =
        new SessionMeta(
            IDLE,
            connection -> login.caller(connection).map(caller -> Session.of(own, caller)),
            login::forget);
    var metrics = NoopMetricsSystem.getInstance();
    var service = new LocalService(meta, metrics);
    service.setRpcMetadata(new Service.RpcMetadataResponse("scorebook"));
    this.handler = new ProtobufHandler(service, new ProtobufTranslationImpl(), metrics);
  }

  @Post
  HttpResponse<?> call(HttpRequest<?> http, @Body byte[] request) {
    if (!login.admits(request, TokenFilter.findAdmitted(http))) {
      return TokenFilter.refuse(
          http,
          "Cannot connect without a token or key that is known and valid; log in with it as"
              + " password");
    }
    var response = handler.apply(request);
    return HttpResponse.<byte[]>status(
            io.micronaut.http.HttpStatus.valueOf(response.getStatusCode()))
        .body(response.getResponse());
  }

  /// Ends what a connection has open, and forgets it.
  private void end(String connection) {
    meta.closeConnection(new ConnectionHandle(connection));
  }

  @PreDestroy
  void close() {
    meta.close();
  }
}
