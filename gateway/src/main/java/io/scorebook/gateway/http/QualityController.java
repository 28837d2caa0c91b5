package io.scorebook.gateway.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.scorebook.gateway.session.Desk;
import io.scorebook.gateway.wire.Json;
import io.scorebook.gateway.wire.QualityForm;
import java.util.Optional;

/// What products promise, and how they stand to it.
@Controller("/v1/products")
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.APPLICATION_JSON)
final class QualityController {
  private final Desk desk;
  private final Telling telling;

  QualityController(Desk desk, Telling telling) {
    this.desk = desk;
    this.telling = telling;
  }

  @Get("/{name}/v{version}/quality")
  HttpResponse<byte[]> quality(
      HttpRequest<?> request,
      @PathVariable String name,
      @PathVariable String version,
      @QueryValue Optional<String> port) {
    return telling.tell(
        request,
        about -> {
          var shelf = new Shelf(desk.as(TokenFilter.caller(request)).domains());
          Shelf.FoundPort found = about.is(shelf.find(name, version)).port(port);
          return HttpResponse.ok(
              Json.bytes(
                  QualityForm.port(
                      found.port(),
                      desk.standing(TokenFilter.caller(request), found.domain(), found.port()))));
        });
  }
}
