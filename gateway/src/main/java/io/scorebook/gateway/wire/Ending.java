package io.scorebook.gateway.wire;

import io.scorebook.engine.answer.Provenance;
import java.util.Optional;

/// What is told of an answer behind its last row.
///
/// @param next the cursor of the next page, where there is one
/// @param since what to ask changes since, after this answer
public record Ending(Provenance provenance, Optional<String> next, Optional<String> since) {

  public static Ending of(Provenance provenance) {
    return new Ending(provenance, Optional.empty(), Optional.empty());
  }
}
