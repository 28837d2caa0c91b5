package io.scorebook.gateway.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.lineage.Impact;
import io.scorebook.engine.lineage.LineageGraph;
import io.scorebook.engine.lineage.LineageGraph.Direction;
import io.scorebook.engine.lineage.LineageGraph.Edge;
import io.scorebook.engine.lineage.LineageGraph.Node;
import io.scorebook.engine.lineage.LineageGraph.Walk;
import io.scorebook.engine.lineage.LineageGraphs;
import io.scorebook.gateway.session.Backend;
import io.scorebook.gateway.session.Desk;
import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.Problem;
import io.scorebook.gateway.session.ProblemException;
import io.scorebook.gateway.wire.Json;
import io.scorebook.semantic.plan.Issue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What comes from what, of all that the caller sees.
@Controller("/v1/lineage")
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.APPLICATION_JSON)
final class LineageController {
  private static final int MOST_DEPTH = 50;
  private static final int USUAL_DEPTH = 10;

  private final Desk desk;
  private final Telling telling;

  LineageController(Desk desk, Telling telling) {
    this.desk = desk;
    this.telling = telling;
  }

  /// What a node is made of (`up`), or what is made of it (`down`).
  @Get
  HttpResponse<byte[]> walk(
      HttpRequest<?> request,
      @QueryValue Optional<String> node,
      @QueryValue Optional<String> direction,
      @QueryValue Optional<Integer> depth) {
    return telling.tell(request, _ -> walked(request, node, direction, depth));
  }

  private HttpResponse<byte[]> walked(
      HttpRequest<?> request,
      Optional<String> node,
      Optional<String> direction,
      Optional<Integer> depth) {
    Backend.View view = desk.as(TokenFilter.caller(request));
    LineageGraph graph = LineageGraphs.of(view.domains(), view::loads);
    String name = node.orElseThrow(() -> invalid("Cannot walk from nowhere; say node=kind:name"));
    Direction way =
        switch (direction.orElse("up")) {
          case "up" -> Direction.UP;
          case "down" -> Direction.DOWN;
          case String other ->
              throw invalid("Cannot walk '%s'; say direction=up or down".formatted(other));
        };
    int most = depth.orElse(USUAL_DEPTH);
    if (most < 0 || most > MOST_DEPTH) {
      throw invalid("Invalid depth %d: must be 0 to %d".formatted(most, MOST_DEPTH));
    }
    Node start = graph.find(name).orElseThrow(() -> unknown("node", name, graph.similar(name)));
    return json(plain(start, way, most, graph.walk(start, way, most)));
  }

  private static Map<String, Object> plain(Node start, Direction way, int depth, Walk walk) {
    var plain = new LinkedHashMap<String, Object>();
    plain.put("node", start.id());
    plain.put("direction", way == Direction.UP ? "up" : "down");
    plain.put("depth", depth);
    plain.put("complete", walk.isWhole());
    plain.put(
        "nodes",
        walk.nodes().entrySet().stream()
            .map(entry -> {
              var one = new LinkedHashMap<String, Object>();
              one.put("id", entry.getKey().id());
              one.put("kind", entry.getKey().kind().word());
              one.put("name", entry.getKey().name());
              one.put("distance", entry.getValue());
              one.putAll(entry.getKey().details());
              return one;
            })
            .toList());
    plain.put("edges", walk.edges().stream().map(LineageController::plain).toList());
    return plain;
  }

  private static Map<String, Object> plain(Edge edge) {
    var plain = new LinkedHashMap<String, Object>();
    plain.put("from", edge.from());
    plain.put("to", edge.to());
    plain.put("use", edge.use());
    edge.how().ifPresent(how -> plain.put("how", how));
    return plain;
  }

  /// What falls with a source column.
  @Get("/impact")
  HttpResponse<byte[]> impact(HttpRequest<?> request, @QueryValue Optional<String> column) {
    return telling.tell(request, _ -> fallen(request, column));
  }

  private HttpResponse<byte[]> fallen(HttpRequest<?> request, Optional<String> column) {
    List<Domain> domains = desk.as(TokenFilter.caller(request)).domains();
    String name = column.orElseThrow(() -> invalid("Cannot drop nothing; say column=table.column"));
    for (Domain domain : domains) {
      if (Impact.columns(domain).stream()
          .anyMatch(one -> name.equals(one) || name.equals(domain.name() + "." + one))) {
        List<Impact.Fallen> fallen = new Impact(domain).of(name).orElseThrow();
        var plain = new LinkedHashMap<String, Object>();
        plain.put("model", domain.name());
        plain.put("column", name);
        plain.put("falls", fallen);
        return json(plain);
      }
    }
    List<String> known =
        domains.stream().flatMap(domain -> Impact.columns(domain).stream()).toList();
    throw MetricsController.notFound("column", name, known);
  }

  private static ProblemException invalid(String message) {
    return new ProblemException(ErrorCode.INVALID_REQUEST, message);
  }

  private static ProblemException unknown(String what, String name, List<String> similar) {
    String mend =
        similar.isEmpty() ? "write kind:name, as metric:MODEL.NAME" : "there is " + similar;
    return new ProblemException(
        Problem.of(
            ErrorCode.NOT_FOUND,
            List.of(
                new Issue(
                    Issue.Code.INVALID_QUESTION,
                    "Cannot find one %s '%s'; %s".formatted(what, name, mend),
                    Optional.of(name),
                    similar,
                    Optional.empty()))));
  }

  private static HttpResponse<byte[]> json(Object value) {
    return HttpResponse.ok(Json.bytes(value)).contentType(MediaType.APPLICATION_JSON_TYPE);
  }
}
