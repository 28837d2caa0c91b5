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
import io.scorebook.catalog.registry.DataContract;
import io.scorebook.catalog.registry.Port;
import io.scorebook.catalog.registry.Product;
import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.domain.Domain.PublicPort;
import io.scorebook.gateway.session.Desk;
import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.Problem;
import io.scorebook.gateway.session.ProblemException;
import io.scorebook.gateway.wire.Json;
import io.scorebook.semantic.lineage.Lineage;
import io.scorebook.semantic.model.Metric;
import io.scorebook.semantic.plan.Plan;
import io.scorebook.semantic.plan.Planning;
import io.scorebook.semantic.plan.TableDescription;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Data products: what there is, what each promises, and its rows.
@Controller("/v1/products")
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.ALL)
final class ProductsController {
  private final Desk desk;
  private final Answering answering;

  ProductsController(Desk desk, Answering answering) {
    this.desk = desk;
    this.answering = answering;
  }

  /// A port, found, with its domain.
  private record Found(Domain domain, PublicPort port) {
    TableDescription table() {
      return domain.planner().tables().stream()
          .filter(table ->
              table.schema().equals(port.table().schema())
                  && table.name().equals(port.table().name()))
          .findFirst()
          .orElseThrow();
    }

    Plan plan() {
      return switch (domain.planner().plan(port.table())) {
        case Planning.Planned(var plan) -> plan;
        case Planning.Rejected(var issues) -> throw new ProblemException(Problem.of(issues));
      };
    }
  }

  @Get
  HttpResponse<byte[]> list(HttpRequest<?> request) {
    List<Map<String, Object>> products =
        desk.as(TokenFilter.caller(request)).domains().stream()
            .flatMap(domain ->
                domain.products().stream().map(product -> Descriptions.product(domain, product)))
            .toList();
    return json(Map.of("products", products));
  }

  @Get("/{name}/v{version}")
  HttpResponse<byte[]> one(
      HttpRequest<?> request, @PathVariable String name, @PathVariable String version) {
    for (Domain domain : desk.as(TokenFilter.caller(request)).domains()) {
      Optional<Product> product = find(domain, name, version);
      if (product.isPresent()) {
        return json(Descriptions.product(domain, product.get()));
      }
    }
    throw unknown(request, name, version);
  }

  @Get("/{name}/v{version}/schema")
  HttpResponse<byte[]> schema(
      HttpRequest<?> request,
      @PathVariable String name,
      @PathVariable String version,
      @QueryValue Optional<String> port) {
    Found found = find(request, name, version, port);
    return json(Descriptions.schema(found.port(), found.table()));
  }

  @Get("/{name}/v{version}/lineage")
  HttpResponse<byte[]> lineage(
      HttpRequest<?> request,
      @PathVariable String name,
      @PathVariable String version,
      @QueryValue Optional<String> port) {
    Found found = find(request, name, version, port);
    return json(Descriptions.lineage(found.port(), found.plan()));
  }

  /// The data contract, as the Open Data Contract Standard writes it.
  @Get("/{name}/v{version}/contract")
  HttpResponse<byte[]> contract(
      HttpRequest<?> request,
      @PathVariable String name,
      @PathVariable String version,
      @QueryValue Optional<String> port) {
    Found found = find(request, name, version, port);
    Lineage lineage = found.plan().lineage();
    List<DataContract.Column> columns =
        found.table().columns().stream()
            .map(column ->
                new DataContract.Column(
                    column.name(),
                    DataContract.Type.valueOf(column.type().name()),
                    isKey(found.port().port(), column.name()),
                    !column.nullable(),
                    column.description(),
                    found.domain().model().findMetric(column.name()).map(Metric::expression),
                    lineage.columns().getOrDefault(column.name(), Set.of()).stream()
                        .map(edge -> edge.table() + "." + edge.column())
                        .distinct()
                        .sorted()
                        .toList()))
            .toList();
    return json(DataContract.render(found.port().product(), found.port().port(), columns));
  }

  private static boolean isKey(Port port, String column) {
    return switch (port.content()) {
      case Port.MetricQuery query -> query.dimensions().contains(column);
      case Port.DatasetRows _ -> false;
    };
  }

  @Get("/{name}/v{version}/data")
  HttpResponse<?> data(
      HttpRequest<?> request,
      @PathVariable String name,
      @PathVariable String version,
      @QueryValue Optional<String> port) {
    Found found = find(request, name, version, port);
    var rows = new ProductRows(found.table());
    return answering.answer(
        request, rows.ask(request.getParameters()), Negotiation.format(request));
  }

  private Found find(HttpRequest<?> request, String name, String version, Optional<String> port) {
    for (Domain domain : desk.as(TokenFilter.caller(request)).domains()) {
      Optional<Product> product = find(domain, name, version);
      if (product.isPresent()) {
        return new Found(domain, port(domain, product.get(), port));
      }
    }
    throw unknown(request, name, version);
  }

  /// By the major version, or by the whole of it.
  private static Optional<Product> find(Domain domain, String name, String version) {
    return domain.products().stream()
        .filter(product ->
            product.name().equals(name)
                && (version.equals(String.valueOf(product.version().major()))
                    || version.equals(product.version().toString())))
        .findFirst();
  }

  private static PublicPort port(Domain domain, Product product, Optional<String> name) {
    List<PublicPort> ports =
        domain.ports().stream().filter(port -> port.product().equals(product)).toList();
    List<String> names = ports.stream().map(port -> port.port().name()).toList();
    if (name.isEmpty() && ports.size() == 1) {
      return ports.getFirst();
    }
    if (name.isEmpty()) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST,
          "Cannot choose a port of '%s'; name one with ?port=, of %s"
              .formatted(product.name(), names));
    }
    return ports.stream()
        .filter(port -> port.port().name().equals(name.get()))
        .findFirst()
        .orElseThrow(() -> MetricsController.notFound("port", name.get(), names));
  }

  private ProblemException unknown(HttpRequest<?> request, String name, String version) {
    List<String> known =
        desk.as(TokenFilter.caller(request)).domains().stream()
            .flatMap(domain -> domain.products().stream())
            .map(product -> product.name() + "/v" + product.version().major())
            .toList();
    return MetricsController.notFound("product", name + "/v" + version, known);
  }

  private static HttpResponse<byte[]> json(Object value) {
    return HttpResponse.ok(Json.bytes(value)).contentType(MediaType.APPLICATION_JSON_TYPE);
  }
}
