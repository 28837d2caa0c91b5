package io.scorebook.gateway.http;

import io.scorebook.gateway.callers.Doorkeeper;
import io.scorebook.gateway.session.Backend;
import io.scorebook.gateway.session.Desk;
import io.scorebook.gateway.session.Token;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// A gateway on a free port, and a client that has its token.
public final class Door implements AutoCloseable {
  public static final String TOKEN = "s3cret-token-of-the-test";
  private final Server server;
  private final HttpClient client = HttpClient.newHttpClient();

  private Door(Server server) {
    this.server = server;
  }

  public static Door open(Backend platform) {
    return open(platform, new Desk.Allowance(Duration.ofSeconds(20), 50, Duration.ofMillis(300)));
  }

  public static Door open(Backend platform, Desk.Allowance allowance) {
    try {
      return new Door(Server.start("127.0.0.1", 0, new Desk(platform, allowance), Token.of(TOKEN)));
    } catch (PortInUseException e) {
      throw new AssertionError(e);
    }
  }

  public static Door open(Backend platform, Doorkeeper doorkeeper) {
    return open(new Desk(platform, Desk.Allowance.DEFAULT), doorkeeper);
  }

  public static Door open(Desk desk, Doorkeeper doorkeeper) {
    try {
      return new Door(Server.start("127.0.0.1", 0, desk, doorkeeper));
    } catch (PortInUseException e) {
      throw new AssertionError(e);
    }
  }

  public int port() {
    return server.port();
  }

  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
        .timeout(Duration.ofSeconds(20));
  }

  public HttpRequest.Builder allowed(String path) {
    return request(path).header("Authorization", "Bearer " + TOKEN);
  }

  public HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  public HttpResponse<byte[]> bytes(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  public HttpResponse<String> get(String path) {
    return send(allowed(path));
  }

  public HttpResponse<String> post(String path, String body, String... headers) {
    var request = allowed(path).POST(HttpRequest.BodyPublishers.ofString(body));
    request.header("Content-Type", "application/json");
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return send(request);
  }

  @Override
  public void close() {
    client.shutdownNow();
    server.close();
  }
}
