package io.scorebook.semantic.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.scorebook.documents.Findings;
import io.scorebook.documents.Location;
import io.scorebook.documents.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// JSON that stands as a text within a document (an Ossie extension), read with the place of every
/// value in the document around it.
final class JsonText {
  private static final JsonFactory JSON = new JsonFactory();

  /// The parser's word on where a list or object began, counted from the text and not from the
  /// document.
  private static final Pattern BEGINNING =
      Pattern.compile("\\s*\\((for|start marker at) .*", Pattern.DOTALL);

  /// Where the text begins in the document.
  private final Location origin;

  private final Findings findings;

  private JsonText(Location origin, Findings findings) {
    this.origin = origin;
    this.findings = findings;
  }

  /// Parses one JSON value; what is not JSON becomes a finding at its place.
  static Optional<Value> parse(String text, Location origin, Findings findings) {
    try (JsonParser parser = JSON.createParser(text)) {
      var reader = new JsonText(origin, findings);
      JsonToken first = parser.nextToken();
      if (first == null) {
        findings.error(origin, "Cannot use empty JSON");
        return Optional.empty();
      }
      Value value = reader.read(parser, first);
      if (parser.nextToken() != null) {
        findings.error(reader.place(parser), "Cannot parse the JSON: there is more after its end");
        return Optional.empty();
      }
      return Optional.of(value);
    } catch (JsonProcessingException e) {
      Location place = e.getLocation() == null ? origin : place(origin, e.getLocation());
      String reason = BEGINNING.matcher(e.getOriginalMessage()).replaceFirst("");
      findings.error(place, "Cannot parse the JSON: " + reason);
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory", e);
    }
  }

  private Value read(JsonParser parser, JsonToken token) throws IOException {
    Location place = place(parser);
    return switch (token) {
      case START_OBJECT -> readObject(parser, place);
      case START_ARRAY -> readArray(parser, place);
      case VALUE_STRING -> new Value.Scalar(place, parser.getText(), Value.Kind.TEXT);
      case VALUE_NUMBER_INT -> new Value.Scalar(place, parser.getText(), Value.Kind.INTEGER);
      case VALUE_NUMBER_FLOAT -> new Value.Scalar(place, parser.getText(), Value.Kind.DECIMAL);
      case VALUE_TRUE, VALUE_FALSE -> new Value.Scalar(place, parser.getText(), Value.Kind.BOOLEAN);
      case VALUE_NULL -> new Value.Scalar(place, "null", Value.Kind.NULL);
      case END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw new IllegalArgumentException("Invalid start of a JSON value: " + token);
    };
  }

  private Value readObject(JsonParser parser, Location place) throws IOException {
    var entries = new LinkedHashMap<String, Value>();
    var keys = new LinkedHashMap<String, Location>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      Location keyPlace = place(parser);
      Value value = read(parser, parser.nextToken());
      if (entries.putIfAbsent(key, value) == null) {
        keys.put(key, keyPlace);
      } else {
        findings.error(keyPlace, "Cannot have the key '%s' twice".formatted(key));
      }
    }
    return new Value.Mapping(place, entries, keys);
  }

  private Value readArray(JsonParser parser, Location place) throws IOException {
    List<Value> items = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      items.add(read(parser, token));
    }
    return new Value.Sequence(place, List.copyOf(items));
  }

  private Location place(JsonParser parser) {
    return place(origin, parser.currentTokenLocation());
  }

  private static Location place(Location origin, JsonLocation within) {
    int line = Math.max(1, within.getLineNr());
    int column = Math.max(1, within.getColumnNr());
    return new Location(origin.file(), origin.line() + line - 1, origin.column() + column - 1);
  }
}
