package io.scorebook.gateway.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.scorebook.catalog.policy.Caller;
import io.scorebook.catalog.registry.Product;
import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.domain.Domain.PublicPort;
import io.scorebook.gateway.reading.Changes;
import io.scorebook.gateway.reading.PortRead;
import io.scorebook.gateway.reading.Reader;
import io.scorebook.gateway.session.Desk;
import io.scorebook.gateway.session.Told;
import io.scorebook.gateway.wire.Format;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// The rows of a product's port, and what has changed of them, as responses: with the name of the
/// answer, so that who has it already is told so and nothing is run.
@Singleton
final class PortRows {
  private static final String SINCE = "Scorebook-Since";

  private final Desk desk;
  private final Reader reader;
  private final Answering answering;

  PortRows(Desk desk, Reader reader, Answering answering) {
    this.desk = desk;
    this.reader = reader;
    this.answering = answering;
  }

  /// To `GET` and `HEAD`.
  ///
  /// @param domain as the caller sees it
  HttpResponse<byte[]> data(HttpRequest<?> request, Domain domain, PublicPort port) {
    long start = System.nanoTime();
    Caller caller = TokenFilter.caller(request);
    Format format = Negotiation.format(request);
    PortRead read = reader.rows(caller, domain, port, request.getParameters(), format);
    Optional<String> tag = read.entityTag();
    Consumer<MutableHttpResponse<?>> headers =
        response -> {
          tag.ifPresent(name -> response.header(HttpHeaders.ETAG, name));
          response.header(SINCE, read.since());
        };
    if (tag.filter(name -> isKnown(request, name)).isPresent()) {
      desk.told(caller, read.told(Told.Kind.UNCHANGED), start);
      MutableHttpResponse<byte[]> known = HttpResponse.notModified();
      headers.accept(known);
      return known;
    }
    if (request.getMethod() == HttpMethod.HEAD) {
      desk.told(caller, read.told(Told.Kind.HEAD), start);
      MutableHttpResponse<byte[]> head =
          HttpResponse.<byte[]>ok().contentType(MediaType.of(format.mediaType()));
      headers.accept(head);
      return head;
    }
    return read.isPaged()
        ? answering.page(request, read, headers)
        : answering.stream(
            request,
            format,
            cancellation -> desk.ask(caller, read.ask(), cancellation),
            Optional.empty(),
            headers);
  }

  /// To `GET`.
  ///
  /// @param domain as the caller sees it
  HttpResponse<byte[]> changes(HttpRequest<?> request, Domain domain, PublicPort port) {
    Caller caller = TokenFilter.caller(request);
    Format format = Negotiation.format(request);
    Changes changes = reader.changes(caller, domain, port, request.getParameters());
    String since = changes.since();
    return answering.stream(
        request,
        format,
        cancellation -> changes.open((ask, each) -> desk.ask(caller, ask, each), cancellation),
        Optional.of(since),
        response -> response.header(SINCE, since));
  }

  /// A link to the Iceberg table that each port of a product is; the ports that are none have no
  /// link.
  ///
  /// @param domain as the caller sees it
  Map<String, Object> tables(HttpRequest<?> request, Domain domain, Product product) {
    var tables = new LinkedHashMap<String, Object>();
    domain.ports().stream()
        .filter(port -> port.product().equals(product))
        .forEach(port ->
            reader
                .table(TokenFilter.caller(request), domain, port)
                .ifPresent(table -> {
                  var plain = new LinkedHashMap<String, Object>();
                  plain.put("catalog", "scorebook");
                  plain.put("table", table.name());
                  plain.put("metadataLocation", table.metadata());
                  plain.put("snapshot", table.snapshot());
                  tables.put(port.port().name(), plain);
                }));
    return tables;
  }

  /// By the weak comparison: compressed or not, it is the same answer.
  private static boolean isKnown(HttpRequest<?> request, String tag) {
    return request.getHeaders().getAll(HttpHeaders.IF_NONE_MATCH).stream()
        .flatMap(line -> List.of(line.split(",", -1)).stream())
        .map(String::strip)
        .anyMatch(known -> known.equals("*") || withoutWeak(known).equals(withoutWeak(tag)));
  }

  private static String withoutWeak(String tag) {
    return tag.startsWith("W/") ? tag.substring(2) : tag;
  }
}
