package io.scorebook.gateway.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.scorebook.catalog.publication.PublishedVersion;
import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.domain.Domain.Ended;
import io.scorebook.gateway.session.Backend;
import io.scorebook.gateway.session.Desk;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// On everything of a version that ends: since when it is deprecated (`Deprecation`, RFC 9745),
/// when it ends (`Sunset`, RFC 8594), and what to ask then (`Link`, `rel="successor-version"`).
@ServerFilter("/v1/products/**")
final class VersionHeaders {
  private static final Pattern PATH = Pattern.compile("/v1/products/([^/]+)/v([^/]+)(?:/.*)?");
  private static final Pattern NUMBER = Pattern.compile("(\\S+) (\\d+)\\..*");

  private final Desk desk;

  VersionHeaders(Desk desk) {
    this.desk = desk;
  }

  @ResponseFilter
  @ExecuteOn(TaskExecutors.BLOCKING)
  void add(HttpRequest<?> request, MutableHttpResponse<?> response) {
    Matcher path = PATH.matcher(request.getPath());
    if (path.matches() && TokenFilter.findAdmitted(request).isPresent()) {
      Backend.View view = desk.as(TokenFilter.caller(request));
      find(view, path.group(1), path.group(2))
          .or(() -> ended(view.domains(), path.group(1), path.group(2)).map(Ended::version))
          .ifPresent(version -> add(version, response));
    }
  }

  private static void add(PublishedVersion version, MutableHttpResponse<?> response) {
    version
        .deprecatedAt()
        .ifPresent(since -> response.header("Deprecation", "@" + since.getEpochSecond()));
    version.sunset().ifPresent(end -> response.header("Sunset", date(end)));
    version
        .successor()
        .ifPresent(next ->
            response.header("Link", "<%s>; rel=\"successor-version\"".formatted(path(next))));
  }

  private static String date(Instant at) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atOffset(ZoneOffset.UTC));
  }

  /// Where `standings 2.0.0` is: the newest of its major.
  private static String path(String successor) {
    Matcher number = NUMBER.matcher(successor);
    return number.matches()
        ? "/v1/products/%s/v%s".formatted(number.group(1), number.group(2))
        : "/v1/products";
  }

  private static Optional<PublishedVersion> find(Backend.View view, String name, String version) {
    for (Domain domain : view.domains()) {
      Optional<PublishedVersion> found =
          domain.ports().stream()
              .flatMap(port -> port.published().stream())
              .filter(published -> is(published, name, version))
              .findFirst();
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /// A version that is given to nobody any more; of a major the newest.
  ///
  /// @param version as in a path: `1`, or `1.0.0`
  static Optional<Ended> ended(List<Domain> domains, String name, String version) {
    return domains.stream()
        .flatMap(domain -> domain.ended().stream())
        .filter(ended -> is(ended.version(), name, version))
        .findFirst();
  }

  private static boolean is(PublishedVersion published, String name, String version) {
    return published.product().equals(name)
        && (version.equals(String.valueOf(published.version().major()))
            || version.equals(published.version().toString()));
  }
}
