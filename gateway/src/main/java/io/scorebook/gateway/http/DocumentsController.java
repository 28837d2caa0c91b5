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
import io.scorebook.catalog.load.TableLoads;
import io.scorebook.engine.datasheet.Address;
import io.scorebook.engine.datasheet.Datasheet;
import io.scorebook.engine.datasheet.Datasheet.Stored;
import io.scorebook.engine.datasheet.Datasheets;
import io.scorebook.engine.datasheet.DocumentForm;
import io.scorebook.gateway.session.Backend;
import io.scorebook.gateway.session.Desk;
import io.scorebook.gateway.wire.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The documents of a product's version, in the words of each standard.
@Controller("/v1/products")
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.ALL)
final class DocumentsController {
  private static final MediaType YAML = MediaType.of("application/yaml");

  /// A host, and a port perhaps; nothing else of a request becomes part of a document.
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?");

  private final Desk desk;
  private final Telling telling;

  DocumentsController(Desk desk, Telling telling) {
    this.desk = desk;
    this.telling = telling;
  }

  /// What there is to read.
  @Get("/{name}/v{version}/documents")
  HttpResponse<byte[]> list(
      HttpRequest<?> request, @PathVariable String name, @PathVariable String version) {
    return telling.tell(
        request, about -> list(sheet(request, about.is(find(request, name, version)))));
  }

  private static HttpResponse<byte[]> list(Datasheet sheet) {
    var documents = new ArrayList<Map<String, Object>>();
    for (DocumentForm form : DocumentForm.values()) {
      for (Datasheet.Table port : form.isOfPort() ? sheet.ports() : sheet.ports().subList(0, 1)) {
        var plain = new LinkedHashMap<String, Object>();
        plain.put("form", form.word());
        plain.put("description", form.description());
        if (form.isOfPort()) {
          plain.put("port", port.port().name());
        }
        plain.put("mediaType", form.mediaType());
        plain.put(
            "href",
            sheet.path()
                + "/documents/"
                + form.word()
                + (form.isOfPort() ? sheet.choosing(port.port()) : ""));
        documents.add(plain);
      }
    }
    return HttpResponse.ok(Json.bytes(Map.of("documents", documents)))
        .contentType(MediaType.APPLICATION_JSON_TYPE);
  }

  /// The data contract, as the Open Data Contract Standard writes it.
  @Get("/{name}/v{version}/contract")
  HttpResponse<byte[]> contract(
      HttpRequest<?> request,
      @PathVariable String name,
      @PathVariable String version,
      @QueryValue Optional<String> port) {
    return document(request, name, version, DocumentForm.ODCS.word(), port);
  }

  /// One document, as JSON; the documents of Bitol as YAML where that is wanted.
  @Get("/{name}/v{version}/documents/{form}")
  HttpResponse<byte[]> document(
      HttpRequest<?> request,
      @PathVariable String name,
      @PathVariable String version,
      @PathVariable String form,
      @QueryValue Optional<String> port) {
    return telling.tell(
        request, about -> document(request, about.is(find(request, name, version)), form, port));
  }

  private HttpResponse<byte[]> document(
      HttpRequest<?> request, Shelf.Found found, String form, Optional<String> port) {
    DocumentForm as =
        DocumentForm.find(form)
            .orElseThrow(
                () -> MetricsController.notFound("form of document", form, DocumentForm.words()));
    Datasheet sheet = sheet(request, found);
    Datasheet.Table table = sheet.ports().getFirst();
    if (as.isOfPort()) {
      Shelf.FoundPort chosen = found.port(port);
      table =
          sheet.ports().stream()
              .filter(one -> one.port().name().equals(chosen.port().port().name()))
              .findFirst()
              .orElseThrow();
    }
    Map<String, ?> document = as.render(sheet, table);
    boolean yaml =
        (as == DocumentForm.ODCS || as == DocumentForm.ODPS)
            && request.accept().stream().anyMatch(type -> type.getName().equals(YAML.getName()));
    return yaml
        ? HttpResponse.ok(DocumentForm.yaml(document).getBytes(StandardCharsets.UTF_8))
            .contentType(YAML)
        : HttpResponse.ok(Json.bytes(document)).contentType(MediaType.of(as.mediaType()));
  }

  private Shelf.Found find(HttpRequest<?> request, String name, String version) {
    return new Shelf(desk.as(TokenFilter.caller(request)).domains()).find(name, version);
  }

  private Datasheet sheet(HttpRequest<?> request, Shelf.Found found) {
    Backend.View view = desk.as(TokenFilter.caller(request));
    return new Datasheets(found.domain(), table -> stored(view, table), address(request))
        .of(found.product());
  }

  private static Optional<Stored> stored(Backend.View view, String table) {
    return view.loads(table)
        .map((TableLoads loads) -> new Stored(loads.location(), loads.snapshot()));
  }

  /// Where the caller found the gateway: what he was told of a proxy counts, not what the gateway
  /// calls itself.
  static Optional<Address> address(HttpRequest<?> request) {
    String host = request.getHeaders().get("Host");
    if (host == null || !HOST.matcher(host).matches()) {
      return Optional.empty();
    }
    URI uri = URI.create((request.isSecure() ? "https://" : "http://") + host);
    return uri.getHost() == null ? Optional.empty() : Optional.of(new Address(uri));
  }
}
