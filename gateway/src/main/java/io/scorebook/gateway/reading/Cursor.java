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
/// @param stretch what the next page is part of, or may be
record Cursor(
    String domain,
    SortedMap<String, Long> snapshots,
    Optional<Position> position,
    Optional<Stretch> stretch) {

  /// A state alone.
  Cursor(String domain, SortedMap<String, Long> snapshots) {
    this(domain, snapshots, Optional.empty(), Optional.empty());
  }

  String close(Seal seal, String context) {
    var plain = new LinkedHashMap<String, @Nullable Object>();
    plain.put("d", domain);
    plain.put("s", snapshots);
    position.ifPresent(at -> plain.put("p", plain(at)));
    stretch.ifPresent(rows -> {
      if (rows.given() > 0) { // else it begins where the page ended
        plain.put("b", plain(rows.start()));
        plain.put("g", rows.given());
      }
      plain.put("n", rows.rows());
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
    Optional<Position> position =
        plain.has("p") ? Optional.of(position(plain.path("p"))) : Optional.empty();
    Optional<Stretch> stretch =
        plain.has("n")
            ? Optional.of(
                new Stretch(
                    plain.has("b") ? position(plain.path("b")) : position.orElseThrow(),
                    plain.path("g").asLong(),
                    plain.path("n").asLong()))
            : Optional.empty();
    return new Cursor(plain.path("d").asText(), snapshots, position, stretch);
  }

  /// The values and how many rows are equal; or a number alone.
  private static Object plain(Position position) {
    return switch (position) {
      case Position.Skip(long rows) -> rows;
      case Position.Behind(var values, long equal) -> {
        var plain = new ArrayList<@Nullable Object>(values);
        plain.add(equal);
        yield plain;
      }
    };
  }

  private static Position position(JsonNode plain) {
    if (plain.isNumber()) {
      return new Position.Skip(plain.asLong());
    }
    var values = new ArrayList<@Nullable String>();
    for (int i = 0; i < plain.size() - 1; i++) {
      values.add(plain.get(i).isNull() ? null : plain.get(i).textValue());
    }
    return new Position.Behind(values, plain.get(plain.size() - 1).asLong());
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
