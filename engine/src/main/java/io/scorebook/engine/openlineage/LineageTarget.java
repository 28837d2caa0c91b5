package io.scorebook.engine.openlineage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.openlineage.client.Clients;
import io.openlineage.client.OpenLineageClient;
import io.openlineage.client.OpenLineageClientUtils;
import io.openlineage.client.OpenLineageConfig;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

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
  record ToKafka(String servers, String topic) implements LineageTarget {}

  /// The target of `file:PATH`, `http://HOST`, `https://HOST` or `kafka://HOST:PORT/TOPIC`; several
  /// servers of Kafka are parted by semicolons.
  ///
  /// @param key for targets that want one
  /// @throws IllegalArgumentException where the text is none of these
  static LineageTarget parse(String text, Optional<String> key) {
    if (text.startsWith("file:") && text.length() > "file:".length()) {
      return new ToFile(Path.of(text.substring("file:".length())));
    }
    if (text.startsWith("http://") || text.startsWith("https://")) {
      return new ToHttp(URI.create(text), key);
    }
    if (text.startsWith("kafka://")) {
      String[] parts = text.substring("kafka://".length()).split("/", -1);
      if (parts.length == 2 && !parts[0].isEmpty() && !parts[1].isEmpty()) {
        return new ToKafka(parts[0].replace(';', ','), parts[1]);
      }
    }
    throw new IllegalArgumentException(
        ("Invalid target of lineage '%s': write file:PATH, http://HOST, https://HOST or"
                + " kafka://HOST:PORT/TOPIC")
            .formatted(text));
  }

  /// Opens what sends to it.
  ///
  /// @throws IllegalStateException where the class path lacks what it takes
  default OpenLineageClient open() {
    try {
      byte[] config = new ObjectMapper().writeValueAsBytes(Map.of("transport", transport()));
      return Clients.newClient(
          OpenLineageClientUtils.loadOpenLineageConfigJson(
              new ByteArrayInputStream(config), new TypeReference<OpenLineageConfig<?>>() {}));
    } catch (NoClassDefFoundError e) {
      throw new IllegalStateException(
          "Cannot send lineage to Kafka: put org.apache.kafka:kafka-clients on the class path", e);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Invalid target of lineage: " + this, e);
    }
  }

  /// As the client is configured.
  private Map<String, Object> transport() {
    var plain = new LinkedHashMap<String, Object>();
    switch (this) {
      case ToFile(Path file) -> {
        plain.put("type", "file");
        plain.put("location", file.toString());
      }
      case ToHttp(URI url, Optional<String> key) -> {
        plain.put("type", "http");
        plain.put("url", url.toString());
        plain.put("timeoutInMillis", TIMEOUT_MILLIS);
        key.ifPresent(secret -> plain.put("auth", Map.of("type", "api_key", "apiKey", secret)));
      }
      case ToKafka(String servers, String topic) -> {
        plain.put("type", "kafka");
        plain.put("topicName", topic);
        var properties = new LinkedHashMap<String, Object>();
        String strings = "org.apache.kafka.common.serialization.StringSerializer";
        properties.put("bootstrap.servers", servers);
        properties.put("key.serializer", strings);
        properties.put("value.serializer", strings);
        properties.put("max.block.ms", String.valueOf(TIMEOUT_MILLIS));
        properties.put("request.timeout.ms", String.valueOf(TIMEOUT_MILLIS));
        properties.put("delivery.timeout.ms", String.valueOf(2 * TIMEOUT_MILLIS));
        plain.put("properties", properties);
      }
    }
    return plain;
  }
}
