package io.scorebook.gateway.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.ProblemException;
import io.scorebook.gateway.wire.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/// The documents of a domain as a request brings them: a JSON object of names and texts, or a zip.
///
/// What they are called is held to the names that a domain's folder has, so that none lies outside
/// of it; how much they are is bounded, also where little has been sent.
final class GivenDocuments {
  private static final int MOST = 1000;
  private static final int MOST_BYTES = 8 * 1024 * 1024;
  private static final String WORD = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}";
  private static final Pattern NAME =
      Pattern.compile(
          "model\\.yaml|policies\\.yaml|schemas/%1$s\\.avsc|products/%1$s\\.ya?ml".formatted(WORD));

  /// Of a domain's folder too, and not published.
  private static final Pattern BESIDE =
      Pattern.compile("(?:tests/(?:%1$s)?|schemas/|products/|README\\.md)".formatted(WORD));

  private final Map<String, String> texts = new LinkedHashMap<>();
  private long bytes;

  private GivenDocuments() {}

  static GivenDocuments ofJson(byte[] body) {
    var given = new GivenDocuments();
    try (JsonParser json = Json.MAPPER.createParser(body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw invalid("the body must be an object of names and texts");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        if (json.nextToken() != JsonToken.VALUE_STRING) {
          throw invalid("the document '%s' must be a text".formatted(name));
        }
        given.add(name, json.getText().getBytes(StandardCharsets.UTF_8));
      }
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw invalid(e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the body", e);
    }
    return given;
  }

  static GivenDocuments ofZip(byte[] body) {
    var given = new GivenDocuments();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(body), StandardCharsets.UTF_8)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (BESIDE.matcher(entry.getName()).matches()) {
          continue;
        }
        given.add(entry.getName(), zip.readNBytes((int) Math.max(0, MOST_BYTES - given.bytes) + 1));
      }
    } catch (ZipException | IllegalArgumentException e) {
      throw invalid("the body is no zip: " + e.getMessage());
    } catch (IOException e) {
      throw invalid("the body is no whole zip: " + e.getMessage());
    }
    return given;
  }

  private void add(String name, byte[] content) {
    if (!NAME.matcher(name).matches()) {
      throw invalid(
          "a domain has no document '%s'; it has model.yaml, policies.yaml, schemas/NAME.avsc and products/NAME.yaml"
              .formatted(name));
    }
    bytes += content.length;
    if (bytes > MOST_BYTES || texts.size() >= MOST) {
      throw new ProblemException(
          ErrorCode.TOO_LARGE,
          "Cannot take more than %d documents of together %d bytes".formatted(MOST, MOST_BYTES));
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      if (texts.put(name, text) != null) {
        throw invalid("the document '%s' is there twice".formatted(name));
      }
    } catch (CharacterCodingException _) {
      throw invalid("the document '%s' is not UTF-8".formatted(name));
    }
  }

  private static ProblemException invalid(String why) {
    return new ProblemException(ErrorCode.INVALID_REQUEST, "Cannot take the documents: " + why);
  }

  /// Writes them as a domain's folder.
  void writeTo(Path folder) {
    texts.forEach((name, text) -> {
      try {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot keep the document '%s'".formatted(name), e);
      }
    });
  }
}
