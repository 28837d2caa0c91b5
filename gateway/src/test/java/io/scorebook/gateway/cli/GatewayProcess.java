package io.scorebook.gateway.cli;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// `./scorebook serve` on a home, as a process of its own.
final class GatewayProcess implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final JsonNode address;
  private final String token;

  private GatewayProcess(Process process, JsonNode address, String token) {
    this.process = process;
    this.address = address;
    this.token = token;
  }

  static GatewayProcess serve(Path home, Path domain, Path log) throws IOException {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "io.scorebook.gateway.cli.Main",
                "serve",
                "--home",
                home.toString(),
                "--domain",
                domain.toString(),
                "--port",
                "0")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Path file = home.resolve("gateway.json");
    await()
        .atMost(Duration.ofSeconds(90))
        .until(() -> {
          if (!process.isAlive()) {
            throw new AssertionError("The gateway ended: " + Files.readString(log));
          }
          return Files.exists(file);
        });
    return new GatewayProcess(
        process, JSON.readTree(file.toFile()), Files.readString(home.resolve("token")).strip());
  }

  URI http(String path) {
    return URI.create(address.get("http").textValue() + path);
  }

  String jdbc() {
    return address.get("jdbc").textValue();
  }

  /// Where Arrow Flight SQL is spoken.
  URI flight() {
    return URI.create(address.get("flight").textValue());
  }

  /// Where PostgreSQL's protocol is spoken.
  String postgres() {
    return address.get("postgres").textValue();
  }

  String token() {
    return token;
  }

  /// As an operator stops it.
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("The gateway does not stop");
      }
    } catch (InterruptedException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
