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
import io.scorebook.catalog.quality.Measured;
import io.scorebook.documents.Suggestions;
import io.scorebook.engine.domain.Domain;
import io.scorebook.gateway.session.Desk;
import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.Problem;
import io.scorebook.gateway.session.ProblemException;
import io.scorebook.gateway.wire.Json;
import io.scorebook.gateway.wire.QualityForm;
import io.scorebook.semantic.model.Metric;
import io.scorebook.semantic.plan.Issue;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What metrics there are, and what each means.
@Controller("/v1/metrics")
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.APPLICATION_JSON)
final class MetricsController {
  private final Desk desk;
  private final Telling telling;

  MetricsController(Desk desk, Telling telling) {
    this.desk = desk;
    this.telling = telling;
  }

  @Get
  HttpResponse<byte[]> list(HttpRequest<?> request, @QueryValue Optional<String> model) {
    return telling.tell(request, _ -> listed(request, model));
  }

  private HttpResponse<byte[]> listed(HttpRequest<?> request, Optional<String> model) {
    List<Map<String, Object>> metrics =
        domains(request, model).stream()
            .flatMap(domain ->
                domain.model().metrics().stream()
                    .map(metric -> Descriptions.metric(domain, metric)))
            .toList();
    return HttpResponse.ok(Json.bytes(Map.of("metrics", metrics)));
  }

  @Get("/{name}")
  HttpResponse<byte[]> one(
      HttpRequest<?> request, @PathVariable String name, @QueryValue Optional<String> model) {
    return telling.tell(request, _ -> described(request, name, model));
  }

  private HttpResponse<byte[]> described(
      HttpRequest<?> request, String name, Optional<String> model) {
    List<Domain> domains = domains(request, model);
    for (Domain domain : domains) {
      Optional<Metric> metric = domain.model().findMetric(name);
      if (metric.isPresent()) {
        return HttpResponse.ok(Json.bytes(Descriptions.metricInFull(domain, metric.get())));
      }
    }
    throw notFound("metric", name, names(domains));
  }

  /// What a metric with a target came to on each load.
  @Get("/{name}/history")
  HttpResponse<byte[]> history(
      HttpRequest<?> request, @PathVariable String name, @QueryValue Optional<String> model) {
    return telling.tell(request, _ -> remembered(request, name, model));
  }

  private HttpResponse<byte[]> remembered(
      HttpRequest<?> request, String name, Optional<String> model) {
    List<Domain> domains = domains(request, model);
    for (Domain domain : domains) {
      if (domain.model().findMetric(name).isPresent()) {
        List<Measured> history = desk.as(TokenFilter.caller(request)).history(domain, name);
        return HttpResponse.ok(Json.bytes(QualityForm.history(name, history)));
      }
    }
    throw notFound("metric", name, names(domains));
  }

  private static List<String> names(List<Domain> domains) {
    return domains.stream()
        .flatMap(domain -> domain.model().metrics().stream())
        .map(Metric::name)
        .toList();
  }

  private List<Domain> domains(HttpRequest<?> request, Optional<String> model) {
    List<Domain> all = desk.as(TokenFilter.caller(request)).domains();
    if (model.isEmpty()) {
      return all;
    }
    return all.stream()
        .filter(domain -> domain.name().equals(model.get()))
        .findFirst()
        .map(List::of)
        .orElseThrow(() -> notFound("model", model.get(), all.stream().map(Domain::name).toList()));
  }

  static ProblemException notFound(String what, String name, List<String> known) {
    return new ProblemException(
        Problem.of(
            ErrorCode.NOT_FOUND,
            List.of(
                new Issue(
                    Issue.Code.INVALID_QUESTION,
                    "Cannot find the %s '%s'; %s"
                        .formatted(what, name, Suggestions.clause(name, known)),
                    Optional.of(name),
                    Suggestions.similar(name, known),
                    Optional.empty()))));
  }
}
