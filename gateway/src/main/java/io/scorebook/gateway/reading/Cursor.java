package io.scorebook.gateway.reading;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.ProblemException;
import io.scorebook.gateway.wire.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A state of the tables that an asker holds on to, and maybe where he is in it. He carries it
/// closed: see [Seal].
///
/// @param domain the hash of the domain as he saw it
/// @param snapshots of each table that had one
/// @param position where a page ended; empty for a state alone
record Cursor(String domain, SortedMap<String, Long> snapshots, Optional<Position> position) {

  String close(Seal seal, String context) {
    var plain = new LinkedHashMap<String, @Nullable Object>();
    plain.put("d", domain);
    plain.put("s", snapshots);
    position.ifPresent(at -> {
      switch (at) {
        case Position.Behind(var values, long equal) -> {
          plain.put("v", values);
          plain.put("e", equal);
        }
        case Position.Skip(long rows) -> plain.put("r", rows);
      }
    });
    return seal.close(Json.bytes(plain), context);
  }

  /// @param what the text is, for messages
  /// @throws ProblemException for a text that is not good here
  static Cursor open(String text, Seal seal, String context, String what) {
    byte[] content =
        seal.open(text, context)
            .orElseThrow(() ->
                new ProblemException(
                    ErrorCode.INVALID_REQUEST,
                    ("Cannot use this %s: it was not given by this gateway for the same port,"
                            + " parameters and caller; send it with the parameters it came with, or"
                            + " begin anew")
                        .formatted(what)));
    try {
      return read(Json.MAPPER.readTree(content));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot read what was closed here", e);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Cursor read(JsonNode plain) {
    var snapshots = new TreeMap<String, Long>();
    plain.path("s").properties().forEach(e -> snapshots.put(e.getKey(), e.getValue().asLong()));
    Optional<Position> position = Optional.empty();
    if (plain.has("v")) {
      var values = new ArrayList<@Nullable String>();
      plain.path("v").forEach(value -> values.add(value.isNull() ? null : value.textValue()));
      position = Optional.of(new Position.Behind(values, plain.path("e").asLong()));
    } else if (plain.has("r")) {
      position = Optional.of(new Position.Skip(plain.path("r").asLong()));
    }
    return new Cursor(plain.path("d").asText(), snapshots, position);
  }

  /// @throws ProblemException where the documents behind the port have changed since
  void checkDomain(String now, String what) {
    if (!domain.equals(now)) {
      throw new ProblemException(
          ErrorCode.SNAPSHOT_EXPIRED,
          "Cannot go on from this %s: the product was published anew since; begin anew"
              .formatted(what));
    }
  }
}
