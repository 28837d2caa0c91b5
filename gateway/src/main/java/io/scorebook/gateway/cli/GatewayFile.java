package io.scorebook.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.scorebook.gateway.flight.FlightDoor;
import io.scorebook.gateway.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.OptionalInt;

/// `HOME/gateway.json`: where the gateway of a home answers, for as long as it does.
///
/// @param postgres absent where PostgreSQL's protocol is not spoken
/// @param flight absent where Arrow Flight SQL is not spoken
/// @param pid the gateway's process
record GatewayFile(
    URI http,
    String jdbc,
    Optional<String> postgres,
    Optional<String> flight,
    Path tokenFile,
    long pid) {
  private static final String NAME = "gateway.json";

  static GatewayFile of(
      String host, int port, OptionalInt postgres, Optional<FlightDoor> flight, Path home) {
    String address = isAny(host) ? "127.0.0.1" : host.contains(":") ? "[" + host + "]" : host;
    URI http = URI.create("http://%s:%d".formatted(address, port));
    return new GatewayFile(
        http,
        "jdbc:avatica:remote:url=%s/jdbc;serialization=protobuf;authentication=BASIC"
            .formatted(http),
        postgres.isPresent()
            ? Optional.of("postgresql://%s:%d/scorebook".formatted(address, postgres.getAsInt()))
            : Optional.empty(),
        flight.map(door -> "%s://%s:%d".formatted(door.scheme(), address, door.port())),
        home.resolve("token").toAbsolutePath().normalize(),
        ProcessHandle.current().pid());
  }

  private static boolean isAny(String host) {
    return host.equals("0.0.0.0") || host.equals("::");
  }

  /// Appears whole, or not at all.
  void write(Path home) {
    var plain = new LinkedHashMap<String, Object>();
    plain.put("http", http.toString());
    plain.put("jdbc", jdbc);
    postgres.ifPresent(url -> plain.put("postgres", url));
    flight.ifPresent(url -> plain.put("flight", url));
    plain.put("tokenFile", tokenFile.toString());
    plain.put("pid", pid);
    Path aside = home.resolve(NAME + "." + pid);
    try {
      Files.writeString(aside, Json.text(plain) + "\n");
      Files.move(
          aside,
          home.resolve(NAME),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + home.resolve(NAME), e);
    }
  }

  /// The gateway that runs on a home; empty where none does.
  static Optional<GatewayFile> find(Path home) {
    return read(home)
        .filter(file -> ProcessHandle.of(file.pid).map(ProcessHandle::isAlive).orElse(false));
  }

  private static Optional<GatewayFile> read(Path home) {
    try {
      JsonNode json = Json.MAPPER.readTree(Files.readAllBytes(home.resolve(NAME)));
      return Optional.of(
          new GatewayFile(
              URI.create(json.path("http").asText()),
              json.path("jdbc").asText(),
              Optional.ofNullable(json.path("postgres").textValue()),
              Optional.ofNullable(json.path("flight").textValue()),
              Path.of(json.path("tokenFile").asText()),
              json.path("pid").asLong()));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + home.resolve(NAME), e);
    }
  }

  /// Removes the file, unless another gateway has written its own by now.
  void remove(Path home) {
    try {
      if (read(home).filter(file -> file.pid == pid).isPresent()) {
        Files.deleteIfExists(home.resolve(NAME));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot remove " + home.resolve(NAME), e);
    }
  }
}
