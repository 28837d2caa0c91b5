package io.scorebook.engine.openlineage;

import io.openlineage.client.transports.ApiKeyTokenProvider;
import io.openlineage.client.transports.FileConfig;
import io.openlineage.client.transports.FileTransport;
import io.openlineage.client.transports.HttpConfig;
import io.openlineage.client.transports.HttpTransport;
import io.openlineage.client.transports.Transport;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/// Where events go.
public sealed interface LineageTarget {
  /// What a target waits for an answer, at most.
  int TIMEOUT_MILLIS = 5_000;

  /// A line for each event, at the end of a file.
  record ToFile(Path file) implements LineageTarget {}

  /// @param url as `https://marquez.example`; without a path, `/api/v1/lineage`
  /// @param key sent as a bearer token
  record ToHttp(URI url, Optional<String> key) implements LineageTarget {
    /// Without the key.
    @Override
    public String toString() {
      return url.toString();
    }
  }

  /// @param servers as `host:9092`, several parted by commas
  /// @param connection how it is connected to and logged in: properties of Kafka's client that
  ///   begin with one of [#CONNECTION]
  record ToKafka(String servers, String topic, Map<String, String> connection)
      implements LineageTarget {
    public ToKafka {
      connection = Map.copyOf(connection);
    }

    /// Without the properties: among them are secrets.
    @Override
    public String toString() {
      return "kafka://" + servers.replace(',', ';') + "/" + topic;
    }
  }

  /// What a file of properties may say of the connection to Kafka.
  List<String> CONNECTION = List.of("security.", "sasl.", "ssl.", "client.");

  /// The target of `file:PATH`, `http://HOST`, `https://HOST` or `kafka://HOST:PORT/TOPIC`; several
  /// servers of Kafka are parted by semicolons.
  ///
  /// @param key for targets that want one
  /// @param kafka a file of properties for the connection to Kafka
  /// @throws IllegalArgumentException where the text is none of these, or the file cannot be used
  static LineageTarget parse(String text, Optional<String> key, Optional<Path> kafka) {
    if (text.startsWith("file:") && text.length() > "file:".length()) {
      return new ToFile(Path.of(text.substring("file:".length())));
    }
    if (text.startsWith("http://") || text.startsWith("https://")) {
      return new ToHttp(URI.create(text), key);
    }
    if (text.startsWith("kafka://")) {
      String[] parts = text.substring("kafka://".length()).split("/", -1);
      if (parts.length == 2 && !parts[0].isEmpty() && !parts[1].isEmpty()) {
        return new ToKafka(
            parts[0].replace(';', ','),
            parts[1],
            kafka.map(LineageTarget::connection).orElse(Map.of()));
      }
    }
    throw new IllegalArgumentException(
        ("Invalid target of lineage '%s': write file:PATH, http://HOST, https://HOST or"
                + " kafka://HOST:PORT/TOPIC")
            .formatted(text));
  }

  private static Map<String, String> connection(Path file) {
    var properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Cannot read the properties of Kafka's connection in " + file, e);
    }
    var connection = new LinkedHashMap<String, String>();
    for (String name : properties.stringPropertyNames()) {
      if (CONNECTION.stream().noneMatch(name::startsWith)) {
        throw new IllegalArgumentException(
            "Invalid property '%s' of Kafka's connection in %s: names begin with %s"
                .formatted(name, file, String.join(" or ", CONNECTION)));
      }
      connection.put(name, properties.getProperty(name));
    }
    return connection;
  }

  /// Opens what sends to it.
  ///
  /// @throws RuntimeException where what is said of it cannot be used
  default Transport open() {
    return switch (this) {
      case ToFile(Path file) -> {
        var config = new FileConfig();
        config.setLocation(file.toString());
        yield new FileTransport(config);
      }
      case ToHttp(URI url, Optional<String> key) -> {
        var config = new HttpConfig();
        config.setUrl(url);
        config.setTimeoutInMillis(TIMEOUT_MILLIS);
        key.ifPresent(secret -> {
          var auth = new ApiKeyTokenProvider();
          auth.setApiKey(secret);
          config.setAuth(auth);
        });
        yield new HttpTransport(config);
      }
      case ToKafka kafka -> new KafkaEvents(kafka);
    };
  }
}
