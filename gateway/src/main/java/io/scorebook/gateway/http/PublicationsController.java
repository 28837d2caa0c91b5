package io.scorebook.gateway.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.scorebook.catalog.policy.Caller;
import io.scorebook.catalog.publication.Publication;
import io.scorebook.catalog.publication.PublishedVersion;
import io.scorebook.documents.Finding;
import io.scorebook.engine.publish.Outcome;
import io.scorebook.engine.publish.Terms;
import io.scorebook.gateway.session.Desk;
import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.Problem;
import io.scorebook.gateway.session.ProblemException;
import io.scorebook.gateway.wire.Json;
import io.scorebook.semantic.compare.Change;
import io.scorebook.semantic.plan.Issue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Publications, for those who may publish: the owner of the home, and the group `publishers`.
@Controller("/v1/publications")
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.ALL)
final class PublicationsController {
  private static final String ZIP = "application/zip";

  private final Desk desk;
  private final Telling telling;

  PublicationsController(Desk desk, Telling telling) {
    this.desk = desk;
    this.telling = telling;
  }

  @Post
  @Consumes({MediaType.APPLICATION_JSON, ZIP})
  HttpResponse<byte[]> publish(HttpRequest<?> request, @Body byte[] body) {
    Caller caller = publisher(request);
    boolean isZip = request.getContentType().filter(type -> type.getName().equals(ZIP)).isPresent();
    GivenDocuments given = isZip ? GivenDocuments.ofZip(body) : GivenDocuments.ofJson(body);
    Path folder = folder();
    try {
      given.writeTo(folder);
      return answer(desk.publish(folder, Terms.forOthers(caller.name())));
    } finally {
      delete(folder);
    }
  }

  @Get
  HttpResponse<byte[]> list(HttpRequest<?> request) {
    return telling.tell(request, _ -> listed(request));
  }

  private HttpResponse<byte[]> listed(HttpRequest<?> request) {
    Caller caller = publisher(request);
    List<Map<String, Object>> publications =
        desk.as(caller).domains().stream()
            .flatMap(domain -> desk.history(domain.name()).stream())
            .map(PublicationsController::plain)
            .toList();
    return json(HttpStatus.OK, Map.of("publications", publications));
  }

  private static Caller publisher(HttpRequest<?> request) {
    Caller caller = TokenFilter.caller(request);
    if (!caller.seesAll() && !caller.groups().contains(Caller.PUBLISHERS)) {
      throw new ProblemException(
          ErrorCode.FORBIDDEN,
          "Cannot publish as '%s': that takes the home's own token, or the group '%s'"
              .formatted(caller.name(), Caller.PUBLISHERS));
    }
    return caller;
  }

  private static HttpResponse<byte[]> answer(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Published(_, var publication, var changes) -> {
        Map<String, Object> plain = plain(publication);
        plain.put("changes", changes.stream().map(PublicationsController::words).toList());
        yield json(HttpStatus.CREATED, plain);
      }
      case Outcome.Unchanged(_, var publication) -> {
        Map<String, Object> plain = plain(publication);
        plain.put("unchanged", true);
        yield json(HttpStatus.OK, plain);
      }
      case Outcome.Invalid(var findings) ->
          throw new ProblemException(
              Problem.of(
                  ErrorCode.INVALID_QUESTION,
                  findings.stream()
                      .filter(Finding::isError)
                      .map(finding -> issue(finding.location().file(), finding.toString()))
                      .toList()));
      case Outcome.Refused(var reasons) ->
          throw new ProblemException(
              Problem.of(
                  ErrorCode.CONFLICT,
                  reasons.stream()
                      .flatMap(reason ->
                          Stream.concat(
                              Stream.of(issue(reason.at().file(), reason.message())),
                              reason.changes().stream()
                                  .map(change -> issue(change.name(), words(change)))))
                      .toList()));
    };
  }

  private static Issue issue(String field, String message) {
    return new Issue(
        Issue.Code.INVALID_QUESTION, message, Optional.of(field), List.of(), Optional.empty());
  }

  private static String words(Change change) {
    return "%s: %s%s%s"
        .formatted(
            change.at(),
            change,
            change.before().map(was -> "; was " + was).orElse(""),
            change.after().map(is -> "; is " + is).orElse(""));
  }

  private static Map<String, Object> plain(Publication publication) {
    var plain = new LinkedHashMap<String, Object>();
    plain.put("number", publication.number());
    plain.put("domain", publication.domain());
    plain.put("hash", publication.hash());
    plain.put("publisher", publication.publisher());
    plain.put("publishedAt", publication.at().toString());
    plain.put(
        "versions", publication.versions().stream().map(PublicationsController::plain).toList());
    return plain;
  }

  private static Map<String, Object> plain(PublishedVersion version) {
    var plain = new LinkedHashMap<String, Object>();
    plain.put("product", version.product());
    plain.put("version", version.version().toString());
    plain.put("status", version.status().word());
    plain.put("content", version.content());
    plain.put("documents", version.documents());
    version.deprecatedAt().ifPresent(at -> plain.put("deprecatedAt", at.toString()));
    version.sunset().ifPresent(at -> plain.put("sunset", at.toString()));
    version.successor().ifPresent(next -> plain.put("successor", next));
    if (!version.pinned().isEmpty()) {
      plain.put("pinned", version.pinned());
    }
    return plain;
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("scorebook-publication");
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot keep the documents", e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot remove " + folder, e);
    }
  }

  private static HttpResponse<byte[]> json(HttpStatus status, Object value) {
    return HttpResponse.status(status)
        .body(Json.bytes(value))
        .contentType(MediaType.APPLICATION_JSON_TYPE);
  }
}
