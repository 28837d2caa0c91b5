package io.scorebook.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.engine.answer.Provenance;
import io.scorebook.engine.answer.Provenance.Basis;
import io.scorebook.engine.answer.Provenance.State;
import io.scorebook.gateway.wire.Json;
import io.scorebook.gateway.wire.Values;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ProvenanceTest {
  private static final Provenance PROVENANCE =
      new Provenance(
          new Provenance.Model("league", "1.0.0", "sha256:abc"),
          new TreeMap<>(Map.of("league.games", 5937117119577207000L)),
          "duckdb",
          List.of("no minors"),
          List.of(
              new Basis(
                  "clubs (id) is unique",
                  "the primary key of 'clubs', model.yaml:12",
                  State.ATTESTED,
                  new TreeMap<>(Map.of("league.clubs", 5937117119577207001L)),
                  0),
              new Basis(
                  "each games (club) is in clubs (id)",
                  "the relationship 'club_of_game', model.yaml:30",
                  State.DISPROVED,
                  new TreeMap<>(Map.of("league.games", 5937117119577207000L)),
                  3)));

  @Test
  void isReadAsItIsWritten() throws IOException {
    assertThat(RemoteRows.provenance(Json.text(Values.provenance(PROVENANCE))))
        .isEqualTo(PROVENANCE);
  }

  @Test
  void saysInBriefWhatItRestsOn() {
    assertThat(Json.text(Values.provenanceInBrief(PROVENANCE)))
        .contains("\"state\":\"attested\"")
        .contains("\"claim\":\"each games (club) is in clubs (id)\"")
        .doesNotContain("model.yaml", "league.clubs\"");
  }
}
