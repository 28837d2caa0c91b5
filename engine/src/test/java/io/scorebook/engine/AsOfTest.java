package io.scorebook.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.scorebook.catalog.load.LoadOptions;
import io.scorebook.catalog.load.Loader;
import io.scorebook.catalog.store.TableName;
import io.scorebook.catalog.store.WarehouseSettings;
import io.scorebook.documents.Findings;
import io.scorebook.engine.answer.Answer;
import io.scorebook.engine.answer.AsOf;
import io.scorebook.engine.answer.EngineException;
import io.scorebook.engine.answer.EngineException.Kind;
import io.scorebook.engine.answer.Limits;
import io.scorebook.engine.answer.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Earlier states of the tables: the same for all tables of a question, or none.
final class AsOfTest {
  private static final Limits LIMITS = Limits.of(Duration.ofMinutes(1));
  private static final String TAKINGS =
      "SELECT city, AGGREGATE(takings) AS takings FROM shop.sales GROUP BY city ORDER BY city";

  @TempDir Path temp;
  private Platform platform;

  @BeforeEach
  void open() throws IOException {
    platform =
        Platform.open(WarehouseSettings.embedded(temp.resolve("home")), EngineSettings.defaults());
    platform.domains().publish(Shop.write(temp.resolve("shop")), new Findings());
  }

  @AfterEach
  void close() {
    platform.close();
  }

  private long load(String table, String csv) throws IOException {
    Path file = Files.writeString(temp.resolve(table + csv.hashCode() + ".csv"), csv);
    var contract =
        platform.domains().find("shop").orElseThrow().contracts().find(table).orElseThrow();
    new Loader(platform.warehouse()).load(contract, List.of(file), LoadOptions.DEFAULT);
    return table(table).currentSnapshot().snapshotId();
  }

  private Table table(String name) {
    return platform.warehouse().findTable(TableName.parse("shop." + name)).orElseThrow();
  }

  private List<String> ask(AsOf asOf) {
    return switch (platform.answers().asOf(asOf).answer(TAKINGS, LIMITS)) {
      case Outcome.Refused(var issues) -> throw new AssertionError(issues);
      case Outcome.Answered(Answer answer) -> {
        try (answer) {
          var rows = new ArrayList<String>();
          while (answer.rows().next()) {
            rows.add(answer.rows().value(0) + "|" + answer.rows().value(1));
          }
          yield rows;
        }
      }
    };
  }

  private EngineException refused(AsOf asOf) {
    return catchThrowableOfType(EngineException.class, () -> ask(asOf));
  }

  private Instant published(long snapshot) {
    return Instant.ofEpochMilli(
        table("sales").history().stream()
            .filter(entry -> entry.snapshotId() == snapshot)
            .findFirst()
            .orElseThrow()
            .timestampMillis());
  }

  @Test
  void aStateIsTheNewestSnapshotOfEveryTableByThen() throws IOException {
    load("shops", "shop_id,city\n1,Bern\n2,Chur\n");
    long first = load("sales", "id,shop_id,amount\n1,1,10\n2,2,5\n");
    long second = load("sales", "id,shop_id,amount\n3,1,7\n");
    load("shops", "shop_id,city\n3,Genf\n");
    load("sales", "id,shop_id,amount\n4,3,1\n");
    assertThat(ask(AsOf.newest())).containsExactly("Bern|17", "Chur|5", "Genf|1");
    assertThat(ask(new AsOf.Snapshot(first))).containsExactly("Bern|10", "Chur|5");
    assertThat(ask(new AsOf.Snapshot(second))).containsExactly("Bern|17", "Chur|5");
    assertThat(ask(new AsOf.Time(published(second)))).containsExactly("Bern|17", "Chur|5");
    assertThat(ask(new AsOf.Time(published(second).minusMillis(1))))
        .containsExactly("Bern|10", "Chur|5");
    assertThat(ask(AsOf.these(Map.of("shop.sales", second))))
        .as("a table that is not among them had no rows")
        .containsExactly("null|22");
  }

  @Test
  void whatWasNotYetAndWhatIsNotAnyMoreIsRefused() throws IOException {
    load("shops", "shop_id,city\n1,Bern\n");
    long first = load("sales", "id,shop_id,amount\n1,1,10\n");
    long second = load("sales", "id,shop_id,amount\n2,1,5\n");
    EngineException early = refused(new AsOf.Time(Instant.parse("2001-01-01T00:00:00Z")));
    assertThat(early.kind()).isEqualTo(Kind.NO_SNAPSHOT);
    assertThat(early).hasMessageContaining("had no rows yet");
    EngineException late = refused(new AsOf.Time(Instant.now().plusSeconds(60)));
    assertThat(late.kind()).isEqualTo(Kind.NO_SNAPSHOT);
    assertThat(refused(new AsOf.Snapshot(12345)).kind()).isEqualTo(Kind.EXPIRED);
    Instant before = published(first);
    table("sales").expireSnapshots().expireSnapshotId(first).commit();
    assertThat(refused(new AsOf.Snapshot(first)).kind()).isEqualTo(Kind.EXPIRED);
    assertThat(refused(AsOf.these(Map.of("shop.sales", first))).kind()).isEqualTo(Kind.EXPIRED);
    assertThat(refused(new AsOf.Time(before)).kind()).isEqualTo(Kind.EXPIRED);
    assertThat(ask(new AsOf.Snapshot(second))).containsExactly("Bern|15");
  }

  /// Rows that were written and not published are nobody's to see.
  @Test
  void aSnapshotThatWasNotPublishedIsNone() throws IOException {
    load("shops", "shop_id,city\n1,Bern\n");
    load("sales", "id,shop_id,amount\n1,1,10\n");
    Table sales = table("sales");
    sales.newAppend().stageOnly().commit();
    sales.refresh();
    long staged = sales.currentSnapshot().snapshotId() == last(sales) ? 0 : last(sales);
    assertThat(staged).isNotZero();
    assertThat(refused(new AsOf.Snapshot(staged)).kind()).isEqualTo(Kind.EXPIRED);
  }

  private static long last(Table table) {
    long last = 0;
    for (var snapshot : table.snapshots()) {
      last = snapshot.snapshotId();
    }
    return last;
  }

  @Test
  void whatAnAskerWrites() {
    assertThat(AsOf.find("5937117119577207000")).contains(new AsOf.Snapshot(5937117119577207000L));
    assertThat(AsOf.find("2026-11-23T21:00:00+01:00"))
        .contains(new AsOf.Time(Instant.parse("2026-11-23T20:00:00Z")));
    for (String wrong :
        List.of("", "now", "2026-11-23", "2026-11-23T20:00", "99999999999999999999")) {
      assertThat(AsOf.find(wrong)).as(wrong).isEmpty();
    }
  }
}
