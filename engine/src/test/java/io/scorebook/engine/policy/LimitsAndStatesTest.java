package io.scorebook.engine.policy;

import static io.scorebook.engine.policy.Firm.caller;
import static io.scorebook.engine.policy.Firm.person;
import static io.scorebook.engine.policy.Firm.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.scorebook.catalog.policy.Caller;
import io.scorebook.catalog.store.TableName;
import io.scorebook.engine.answer.AsOf;
import io.scorebook.engine.answer.EngineException;
import io.scorebook.engine.answer.EngineException.Kind;
import io.scorebook.engine.answer.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Earlier states of tables of which policies keep something back, and the limit of rows that a
/// question may read, which would count what is kept back.
final class LimitsAndStatesTest {
  private static final String POLICIES =
      """
      groups: [readers, leads]
      attributes: [unit]
      grants:
        - {who: ["*"], on: {datasets: ["*"], metrics: ["*"]}}
      tables:
        people:
          rows:
            - {who: [readers], where: "unit_id = caller.unit"}
            - {who: [leads], where: "TRUE"}
          columns:
            note: {mask: null, except: [leads]}
      """;

  private static final Caller READER = caller("readers", Map.of("unit", List.of("1")));
  private static final Caller LEAD = caller("leads", Map.of());
  private static final String ROWS = "SELECT name, note FROM people ORDER BY person_id";

  @TempDir static Path temp;
  private static Firm firm;
  private static long first;

  @BeforeAll
  static void open() throws IOException {
    firm = Firm.open(temp, "home", POLICIES);
    firm.rows("units", unit(1, "Mill", "north"), unit(2, "Yard", "south"));
    firm.rows("people", person(1, "Ada", 1, 70L, 10, "x"), person(2, "Bob", 2, 80L, 2, "y"));
    first =
        firm.platform()
            .warehouse()
            .loadTable(new TableName("firm", "people"))
            .currentSnapshot()
            .snapshotId();
    firm.rows("people", person(3, "Cy", 1, 90L, 6, "z"), person(4, "Di", 2, 20L, 1, "w"));
  }

  @AfterAll
  static void close() {
    firm.close();
  }

  private static String then(Caller caller, AsOf asOf) {
    return Firm.told(() -> firm.as(caller, "duckdb").asOf(asOf).answer(ROWS, Firm.LIMITS));
  }

  @Test
  void anEarlierSnapshotIsSeenThroughTheSamePolicies() {
    assertThat(Firm.rowsOf(then(READER, AsOf.newest()))).isEqualTo("Ada|null\nCy|null");
    String earlier = then(READER, new AsOf.Snapshot(first));
    assertThat(Firm.rowsOf(earlier)).isEqualTo("Ada|null");
    // By whose number he would know when rows change that he does not see.
    assertThat(earlier).doesNotContain(String.valueOf(first));
    assertThat(Firm.rowsOf(then(LEAD, new AsOf.Snapshot(first)))).isEqualTo("Ada|x\nBob|y");
    assertThat(then(READER, new AsOf.Snapshot(first + 1))).startsWith("EXPIRED");
  }

  private static EngineException refused(Caller caller, long most) {
    return catchThrowableOfType(
        EngineException.class,
        () -> {
          Outcome outcome =
              firm.as(caller, "duckdb").answer(ROWS, Firm.LIMITS.reading(OptionalLong.of(most)));
          if (outcome instanceof Outcome.Answered(var answer)) {
            answer.close();
          }
        });
  }

  @Test
  void readsAreLimitedByStatisticsThatTellNothing() {
    EngineException tooMuch = refused(LEAD, 3);
    assertThat(tooMuch.kind()).isEqualTo(Kind.TOO_LARGE);
    assertThat(tooMuch).hasMessageContaining("4 rows").hasMessageContaining("may read 3");
    assertThat(refused(LEAD, 4)).isNull();
    // He sees two of the four, and must not be told by a refusal that there are more.
    assertThat(refused(READER, 1)).isNull();
  }
}
