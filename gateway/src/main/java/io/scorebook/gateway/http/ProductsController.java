package io.scorebook.gateway.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Head;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.scorebook.engine.domain.Domain.PublicPort;
import io.scorebook.engine.quality.PortStanding;
import io.scorebook.gateway.session.Desk;
import io.scorebook.gateway.wire.Json;
import io.scorebook.gateway.wire.Values;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Data products: what there is, what each promises, and its rows.
@Controller("/v1/products")
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.ALL)
final class ProductsController {
  private final Desk desk;
  private final PortRows rows;
  private final Telling telling;

  ProductsController(Desk desk, PortRows rows, Telling telling) {
    this.desk = desk;
    this.rows = rows;
    this.telling = telling;
  }

  @Get
  HttpResponse<byte[]> list(HttpRequest<?> request) {
    return telling.tell(
        request,
        _ ->
            json(
                Map.of(
                    "products",
                    desk.as(TokenFilter.caller(request)).domains().stream()
                        .flatMap(domain ->
                            domain.products().stream()
                                .map(product -> Descriptions.product(domain, product)))
                        .toList())));
  }

  @Get("/{name}/v{version}")
  HttpResponse<byte[]> one(
      HttpRequest<?> request, @PathVariable String name, @PathVariable String version) {
    return telling.tell(
        request,
        about -> {
          Shelf.Found found = about.is(shelf(request).find(name, version));
          Map<String, Object> plain = Descriptions.product(found.domain(), found.product());
          Map<String, Object> tables = rows.tables(request, found.domain(), found.product());
          if (!tables.isEmpty()) {
            plain.put("iceberg", tables);
          }
          plain.put("quality", quality(request, found));
          return json(plain);
        });
  }

  /// How each port stands to what the product promises.
  private Map<String, String> quality(HttpRequest<?> request, Shelf.Found found) {
    var states = new TreeMap<String, String>();
    for (PublicPort port : found.domain().ports()) {
      if (port.product().equals(found.product())) {
        PortStanding standing = desk.standing(TokenFilter.caller(request), found.domain(), port);
        states.put(port.port().name(), Values.lower(standing.state()));
      }
    }
    return states;
  }

  @Get("/{name}/v{version}/schema")
  HttpResponse<byte[]> schema(
      HttpRequest<?> request,
      @PathVariable String name,
      @PathVariable String version,
      @QueryValue Optional<String> port) {
    return telling.tell(
        request,
        about -> {
          Shelf.FoundPort found = about.is(shelf(request).find(name, version)).port(port);
          return json(Descriptions.schema(found.port(), found.table()));
        });
  }

  @Get("/{name}/v{version}/lineage")
  HttpResponse<byte[]> lineage(
      HttpRequest<?> request,
      @PathVariable String name,
      @PathVariable String version,
      @QueryValue Optional<String> port) {
    return telling.tell(
        request,
        about -> {
          Shelf.FoundPort found = about.is(shelf(request).find(name, version)).port(port);
          return json(Descriptions.lineage(found.port(), found.plan()));
        });
  }

  /// Its rows; see [PortRows].
  @Get(uri = "/{name}/v{version}/data", headRoute = false)
  HttpResponse<byte[]> data(
      HttpRequest<?> request,
      @PathVariable String name,
      @PathVariable String version,
      @QueryValue Optional<String> port) {
    Shelf.FoundPort found = shelf(request).find(name, version).port(port);
    return rows.data(request, found.domain(), found.port());
  }

  /// What `GET` would say above its rows, without running for them.
  @Head("/{name}/v{version}/data")
  HttpResponse<byte[]> head(
      HttpRequest<?> request,
      @PathVariable String name,
      @PathVariable String version,
      @QueryValue Optional<String> port) {
    return data(request, name, version, port);
  }

  /// By which rows it differs from an earlier state.
  @Get(uri = "/{name}/v{version}/changes", headRoute = false)
  HttpResponse<byte[]> changes(
      HttpRequest<?> request,
      @PathVariable String name,
      @PathVariable String version,
      @QueryValue Optional<String> port) {
    Shelf.FoundPort found = shelf(request).find(name, version).port(port);
    return rows.changes(request, found.domain(), found.port());
  }

  private Shelf shelf(HttpRequest<?> request) {
    return new Shelf(desk.as(TokenFilter.caller(request)).domains());
  }

  private static HttpResponse<byte[]> json(Object value) {
    return HttpResponse.ok(Json.bytes(value)).contentType(MediaType.APPLICATION_JSON_TYPE);
  }
}
