package io.scorebook.gateway.http;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/// What needs no token: whether the gateway answers, and what it can be asked.
@Controller
@Produces(MediaType.APPLICATION_JSON)
final class StatusController {
  private final byte[] openapi;

  StatusController() {
    try (InputStream in = StatusController.class.getResourceAsStream("/openapi.json")) {
      this.openapi = Objects.requireNonNull(in, "openapi.json").readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read openapi.json", e);
    }
  }

  @Get("/health")
  HttpResponse<byte[]> health() {
    return HttpResponse.ok(
        "{\"status\":\"UP\"}\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  @Get("/openapi.json")
  HttpResponse<byte[]> openapi() {
    return HttpResponse.ok(openapi);
  }
}
