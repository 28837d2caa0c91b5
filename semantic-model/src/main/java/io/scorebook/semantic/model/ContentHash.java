package io.scorebook.semantic.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.scorebook.documents.Findings;
import io.scorebook.documents.Location;
import io.scorebook.documents.Value;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The hash of what a model says: of JSON with sorted keys, in which the JSON of extensions is part
/// of the content and not a text with a layout.
final class ContentHash {
  private static final ObjectMapper CANONICAL =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private ContentHash() {}

  /// `sha256:` and 64 hex digits. The Ossie version is left out: a model says the same in every
  /// form of the standard.
  static String of(Value.Mapping model) {
    var content = new TreeMap<String, @Nullable Object>();
    model
        .entries()
        .forEach((key, value) -> {
          if (!key.equals("version")) {
            content.put(key, plain(key, value));
          }
        });
    try {
      byte[] text = CANONICAL.writeValueAsString(content).getBytes(StandardCharsets.UTF_8);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
      return "sha256:" + HexFormat.of().formatHex(digest);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("maps, lists, texts and numbers", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static @Nullable Object plain(String key, Value value) {
    return switch (value) {
      case Value.Mapping mapping -> {
        Map<String, @Nullable Object> entries = new TreeMap<>();
        mapping.entries().forEach((name, entry) -> entries.put(name, plain(name, entry)));
        yield entries;
      }
      case Value.Sequence sequence -> {
        List<@Nullable Object> items = new ArrayList<>();
        sequence.items().forEach(item -> items.add(plain("", item)));
        yield items;
      }
      case Value.Scalar scalar when key.equals("data") -> json(scalar);
      case Value.Scalar scalar -> scalar.toPlain();
    };
  }

  /// The content of an extension, or its text where that is no JSON.
  private static @Nullable Object json(Value.Scalar scalar) {
    return JsonText.parse(scalar.text(), Location.of(""), new Findings())
        .map(value -> plain("", value))
        .orElse(scalar.text());
  }
}
