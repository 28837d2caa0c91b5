package io.scorebook.gateway.flight;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.scorebook.catalog.policy.Caller;
import io.scorebook.gateway.reading.Seal;
import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.ProblemException;
import io.scorebook.gateway.wire.Json;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/// What a client carries from the description of an answer to the answer: closed, good for one
/// caller and for an hour. Nothing is kept of it here, so that clients that never come cost
/// nothing.
final class Tickets {
  static final Duration GOOD_FOR = Duration.ofHours(1);
  private static final int ID_BYTES = 16;
  private static final String SEALED_FOR = "flight ticket";

  private final Seal seal;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  Tickets(Seal seal, InstantSource clock) {
    this.seal = seal;
    this.clock = clock;
  }

  /// One answer that may be asked for.
  ///
  /// @param id by which it is cancelled
  /// @param columns the digest of those that were told
  record Answer(String id, String sql, String columns, Instant until) {}

  Answer issue(String sql, List<Field> columns) {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    return new Answer(
        HexFormat.of().formatHex(id), sql, digest(columns), clock.instant().plus(GOOD_FOR));
  }

  ByteString close(Answer answer, Caller caller) {
    var plain = new LinkedHashMap<String, Object>();
    plain.put("id", answer.id());
    plain.put("sql", answer.sql());
    plain.put("columns", answer.columns());
    plain.put("until", answer.until().toEpochMilli());
    return ByteString.copyFromUtf8(seal.close(Json.bytes(plain), context(caller)));
  }

  /// @throws ProblemException where it is another caller's, has been changed or has expired
  Answer open(ByteString handle, Caller caller) {
    byte[] plain =
        seal.open(handle.toStringUtf8(), context(caller))
            .orElseThrow(() ->
                new ProblemException(
                    ErrorCode.FORBIDDEN,
                    "Cannot take the ticket: it was not given to this caller by this gateway"));
    JsonNode json;
    try {
      json = Json.MAPPER.readTree(plain);
    } catch (IOException e) {
      throw new IllegalStateException("Cannot read what was sealed here", e);
    }
    var answer =
        new Answer(
            json.path("id").asText(),
            json.path("sql").asText(),
            json.path("columns").asText(),
            Instant.ofEpochMilli(json.path("until").asLong()));
    if (clock.instant().isAfter(answer.until())) {
      throw new ProblemException(
          ErrorCode.ANSWER_LOST, "Cannot take the ticket: it has expired; ask again");
    }
    return answer;
  }

  /// It opens for a caller of the same name, groups, attributes and purpose alone.
  private static String context(Caller caller) {
    return SEALED_FOR + "\n" + identity(caller);
  }

  /// The same for the same names, types and roles alone.
  static String digest(List<Field> columns) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(new Schema(columns).serializeAsMessage()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Cannot find SHA-256", e);
    }
  }

  /// Two callers have the same only where they are equal.
  static String identity(Caller caller) {
    var plain = new LinkedHashMap<String, Object>();
    plain.put("name", caller.name());
    plain.put("groups", caller.groups());
    plain.put("attributes", caller.attributes());
    plain.put("purpose", caller.purpose().orElse(""));
    return Json.text(plain);
  }
}
