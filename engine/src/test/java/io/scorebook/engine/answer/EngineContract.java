package io.scorebook.engine.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.scorebook.engine.answer.EngineException.Kind;
import io.scorebook.semantic.plan.Plan;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What every engine must do alike. A row is written as its values with ` | ` between them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class EngineContract {
  private static final Schema PLAYS =
      new Schema(
          Types.NestedField.required(1, "id", Types.LongType.get()),
          Types.NestedField.optional(2, "name", Types.StringType.get()),
          Types.NestedField.optional(3, "grp", Types.StringType.get()),
          Types.NestedField.optional(4, "played", Types.DateType.get()),
          Types.NestedField.optional(5, "n", Types.IntegerType.get()),
          Types.NestedField.optional(6, "amount", Types.DecimalType.of(9, 2)),
          Types.NestedField.optional(7, "ratio", Types.DoubleType.get()),
          Types.NestedField.optional(8, "big", Types.LongType.get()),
          Types.NestedField.optional(9, "ok", Types.BooleanType.get()),
          Types.NestedField.optional(10, "at", Types.TimestampType.withoutZone()),
          Types.NestedField.optional(11, "moment", Types.TimestampType.withZone()));

  private static final Schema TINY =
      new Schema(
          Types.NestedField.required(1, "id", Types.LongType.get()),
          Types.NestedField.optional(2, "n", Types.IntegerType.get()));

  /// As it is after all changes: `label` was `old`, `n` was an int, `again` was dropped and added.
  private static final Schema EVOLVED =
      new Schema(
          Types.NestedField.required(1, "id", Types.LongType.get()),
          Types.NestedField.optional(2, "label", Types.StringType.get()),
          Types.NestedField.optional(3, "n", Types.LongType.get()),
          Types.NestedField.optional(5, "again", Types.StringType.get()),
          Types.NestedField.optional(6, "later", Types.DecimalType.of(5, 1)));

  private static final Duration LONG = Duration.ofSeconds(60);

  private Lake lake;
  private Plans plans;
  private Engine engine;
  private PinnedTables tables;

  /// @param folder of the engine's own
  protected abstract Engine open(Path folder);

  @BeforeAll
  void write(@TempDir Path home) {
    lake = new Lake(home.resolve("lake"));
    plans =
        new Plans(
            Map.of("plays", PLAYS, "blank", TINY, "never", TINY, "many", TINY, "evolved", EVOLVED));
    engine = open(home.resolve("engine"));
    lake.create("plays", PLAYS);
    lake.append(
        "plays",
        List.of(
            row(1L, "Jokić", "a", "1969-12-31", 10, "1.25", 0.5, 9007199254740993L, true),
            row(2L, "O'Neal", "a", "1970-01-01", null, "2.50", 1.5, Long.MAX_VALUE, false)));
    lake.append(
        "plays",
        List.of(
            row(3L, "Dončić", "b", "2020-02-29", -7, null, null, 1L, null),
            row(4L, null, null, null, 5, "100.00", 2.25, null, true),
            row(5L, "jokić 🏀", null, "2024-12-30", 5, "0.01", -1.0, Long.MIN_VALUE, false)));
    lake.create("blank", TINY);
    lake.create("many", TINY);
    List<List<@Nullable Object>> many = new ArrayList<>();
    for (int i = 0; i < 2500; i++) {
      many.add(Arrays.asList((long) i, i % 7));
    }
    lake.append("many", many);
    writeEvolved();
    tables = lake.pin(List.of("plays", "blank", "never", "many", "evolved"));
  }

  private static List<@Nullable Object> row(
      @Nullable Object id,
      @Nullable Object name,
      @Nullable Object grp,
      @Nullable String day,
      @Nullable Object n,
      @Nullable String amount,
      @Nullable Object ratio,
      @Nullable Object big,
      @Nullable Object ok) {
    return Arrays.asList(
        id,
        name,
        grp,
        day == null ? null : LocalDate.parse(day),
        n,
        amount == null ? null : new BigDecimal(amount),
        ratio,
        big,
        ok,
        day == null ? null : LocalDateTime.parse(day + "T23:30:15.125"),
        day == null ? null : OffsetDateTime.parse(day + "T23:30:00Z"));
  }

  private void writeEvolved() {
    lake.create(
        "evolved",
        new Schema(
            Types.NestedField.required(1, "id", Types.LongType.get()),
            Types.NestedField.optional(2, "old", Types.StringType.get()),
            Types.NestedField.optional(3, "n", Types.IntegerType.get()),
            Types.NestedField.optional(4, "again", Types.StringType.get())));
    lake.append("evolved", List.of(Arrays.asList(1L, "first", 7, "gone")));
    var table =
        lake.warehouse().loadTable(new io.scorebook.catalog.store.TableName("test", "evolved"));
    table.updateSchema().renameColumn("old", "label").commit();
    table.updateSchema().updateColumn("n", Types.LongType.get()).commit();
    table.updateSchema().deleteColumn("again").commit();
    table.updateSchema().addColumn("again", Types.StringType.get()).commit();
    table.updateSchema().addColumn("later", Types.DecimalType.of(5, 1)).commit();
    lake.append(
        "evolved",
        List.of(Arrays.asList(2L, "second", 5_000_000_000L, "new", new BigDecimal("1.5"))));
  }

  @AfterAll
  void close() {
    engine.close();
    lake.close();
  }

  protected List<String> ask(String sql) {
    return ask(plans.sql(sql));
  }

  private List<String> ask(Plan plan) {
    try (Rows rows = engine.run(plan, tables, Limits.of(LONG))) {
      var result = new ArrayList<String>();
      while (rows.next()) {
        var row = new ArrayList<String>();
        for (int i = 0; i < plan.columns().size(); i++) {
          row.add(String.valueOf(rows.value(i)));
        }
        result.add(String.join(" | ", row));
      }
      return result;
    }
  }

  private EngineException fail(String sql) {
    return catchThrowableOfType(EngineException.class, () -> ask(sql));
  }

  protected Plan plan(String sql) {
    return plans.sql(sql);
  }

  protected PinnedTables tables() {
    return tables;
  }

  protected Engine engine() {
    return engine;
  }

  @Test
  void givesEveryTypeAsItsJavaClass() {
    Plan plan =
        plans.sql(
            "select id, name, played, n, amount, ratio, ok, \"at\", moment from plays where id = 1");
    try (Rows rows = engine.run(plan, tables, Limits.of(LONG))) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.value(0)).isEqualTo(1L);
      assertThat(rows.value(1)).isEqualTo("Jokić");
      assertThat(rows.value(2)).isEqualTo(LocalDate.of(1969, 12, 31));
      assertThat(rows.value(3)).isEqualTo(10L);
      assertThat(rows.value(4)).isEqualTo(new BigDecimal("1.25"));
      assertThat(rows.value(5)).isEqualTo(0.5d);
      assertThat(rows.value(6)).isEqualTo(true);
      assertThat(rows.value(7)).isEqualTo(LocalDateTime.parse("1969-12-31T23:30:15.125"));
      assertThat(rows.value(8)).isEqualTo(OffsetDateTime.parse("1969-12-31T23:30Z"));
      assertThat(rows.next()).isFalse();
    }
  }

  @Test
  void comparesTextsWithQuotesAndLettersOfAllScripts() {
    assertThat(ask("select id from plays where name = 'O''Neal'")).containsExactly("2");
    assertThat(ask("select id from plays where name = 'Jokić'")).containsExactly("1");
    assertThat(ask("select id from plays where name like '%ić' order by id"))
        .containsExactly("1", "3");
    assertThat(ask("select id from plays where name like '%ki_ 🏀'")).containsExactly("5");
    assertThat(ask("select id from plays where name like '%!_%' escape '!'")).isEmpty();
    assertThat(ask("select upper(name) || '-' || lower(name) from plays where id = 3"))
        .containsExactly("DONČIĆ-dončić");
    assertThat(ask("select name from plays order by name nulls first"))
        .containsExactly("null", "Dončić", "Jokić", "O'Neal", "jokić 🏀");
  }

  @Test
  void keepsIntegersBeyondFiftyThreeBits() {
    assertThat(ask("select big from plays order by id"))
        .containsExactly(
            "9007199254740993", "9223372036854775807", "1", "null", "-9223372036854775808");
    assertThat(ask("select sum(big) from plays where id <= 3"))
        .containsExactly("9232379236109516801"); // more than 64 bits hold
    assertThat(ask("select id from plays where big = 9007199254740993")).containsExactly("1");
  }

  @Test
  void saysAnOverflowRatherThanAWrongNumber() {
    assertThat(fail("select big + 1 from plays where id = 2").kind()).isEqualTo(Kind.DATA);
    assertThat(fail("select big * 2 from plays where id = 2").kind()).isEqualTo(Kind.DATA);
    assertThat(fail("select -big from plays where id = 5").kind()).isEqualTo(Kind.DATA);
    assertThat(fail("select cast(big as integer) from plays where id = 2").kind())
        .isEqualTo(Kind.DATA);
    assertThat(fail("select cast(sum(big) as bigint) from plays where id <= 3").kind())
        .isEqualTo(Kind.DATA);
  }

  @Test
  void saysADivisionByZero() {
    assertThat(fail("select ratio / (n - 5) from plays where id = 4").kind()).isEqualTo(Kind.DATA);
    assertThat(fail("select id from plays where ratio / (n - 5) > 1")).hasMessageContaining("zero");
    assertThat(fail("select n / (n - 5) from plays where id = 4").kind()).isEqualTo(Kind.DATA);
    assertThat(ask("select ratio / nullif(n - 5, 0) from plays where id = 4"))
        .containsExactly("null");
    assertThat(ask("select 7 / 2, -7 / 2, cast(7 as double) / 2, mod(-7, 3) from (values 1)"))
        .containsExactly("3 | -3 | 3.5 | -1");
  }

  @Test
  void refusesToGiveAnInfiniteNumber() {
    assertThat(fail("select exp(ratio * 1000) from plays where id = 4").kind())
        .isEqualTo(Kind.DATA);
  }

  @Test
  void keepsDecimalsExact() {
    assertThat(ask("select sum(amount), min(amount), max(amount), avg(amount) from plays"))
        .containsExactly("103.76 | 0.01 | 100.00 | 25.94");
    assertThat(ask("select amount + 0.1, amount * 3 from plays where id = 1"))
        .containsExactly("1.35 | 3.75");
    assertThat(ask("select cast(amount as integer), cast(ratio as integer) from plays order by id"))
        .containsExactly("1 | 0", "2 | 1", "null | null", "100 | 2", "0 | -1");
  }

  @Test
  void averagesIntegersWithTheirFraction() {
    assertThat(ask("select avg(n), count(n), count(*) from plays")).containsExactly("3.25 | 4 | 5");
  }

  @Test
  void groupsNullsTogetherAndCountsWhatIsKnown() {
    assertThat(
            ask(
                "select grp, count(*), count(n), sum(n) from plays group by grp order by grp nulls last"))
        .containsExactly("a | 2 | 1 | 10", "b | 1 | 1 | -7", "null | 2 | 2 | 10");
    assertThat(ask("select sum(n) from plays where grp = 'a' and n is null"))
        .containsExactly("null");
  }

  @Test
  void aggregatesDistinctAndFilteredValues() {
    assertThat(
            ask(
                "select count(distinct n), sum(distinct n), count(*) filter (where ok),"
                    + " sum(n) filter (where id > 3), count(distinct grp) filter (where id < 3)"
                    + " from plays"))
        .containsExactly("3 | 8 | 2 | 10 | 1");
    assertThat(ask("select count(distinct grp, n) from plays")).containsExactly("2");
  }

  @Test
  void givesEachGroupingSetItsRows() {
    assertThat(
            ask(
                "select grp, ok, count(*), grouping(grp, ok) from plays"
                    + " group by grouping sets ((grp, ok), (grp), ())"
                    + " order by 4, grp nulls last, ok nulls last"))
        .containsExactly(
            "a | false | 1 | 0",
            "a | true | 1 | 0",
            "b | null | 1 | 0",
            "null | false | 1 | 0",
            "null | true | 1 | 0",
            "a | null | 2 | 1",
            "b | null | 1 | 1",
            "null | null | 2 | 1",
            "null | null | 5 | 3");
    assertThat(
            ask(
                "select grp, count(distinct n), sum(n) filter (where ok) from plays"
                    + " group by rollup (grp) order by grouping(grp), grp nulls last"))
        .containsExactly("a | 1 | 10", "b | 1 | null", "null | 1 | 5", "null | 3 | 15");
  }

  @Test
  void givesTheEmptySetOneRowEvenOfNothing() {
    assertThat(ask("select count(*), sum(n), max(id) from blank"))
        .containsExactly("0 | null | null");
    assertThat(ask("select n, count(*) from blank group by n")).isEmpty();
    assertThat(
            ask(
                "select n, count(*), sum(id), grouping(n) from blank group by grouping sets ((n), ())"))
        .containsExactly("null | 0 | null | 1");
    assertThat(ask("select n, count(*) from never group by rollup (n)"))
        .containsExactly("null | 0");
    assertThat(ask("select id, n from never")).isEmpty();
  }

  @Test
  void truncatesDatesToCalendarUnits() {
    assertThat(
            ask(
                "select floor(played to week), floor(played to month), floor(played to quarter),"
                    + " floor(played to year), floor(played to day) from plays where played is not null"
                    + " order by id"))
        .containsExactly(
            "1969-12-29 | 1969-12-01 | 1969-10-01 | 1969-01-01 | 1969-12-31",
            "1969-12-29 | 1970-01-01 | 1970-01-01 | 1970-01-01 | 1970-01-01",
            "2020-02-24 | 2020-02-01 | 2020-01-01 | 2020-01-01 | 2020-02-29",
            "2024-12-30 | 2024-12-01 | 2024-10-01 | 2024-01-01 | 2024-12-30");
    assertThat(ask("select floor(\"at\" to hour), floor(\"at\" to week) from plays where id = 1"))
        .containsExactly("1969-12-31T23:00 | 1969-12-29T00:00");
    assertThat(
            ask(
                "select extract(year from played), extract(quarter from played), extract(month from played),"
                    + " extract(day from played), extract(dow from played), extract(isodow from played),"
                    + " extract(doy from played) from plays where id in (1, 3) order by id"))
        .containsExactly("1969 | 4 | 12 | 31 | 4 | 3 | 365", "2020 | 1 | 2 | 29 | 7 | 6 | 60");
  }

  @Test
  void comparesAndCountsDates() {
    assertThat(ask("select id from plays where played < date '1970-01-01'")).containsExactly("1");
    assertThat(
            ask(
                "select played + interval '1' day, played - interval '1' month from plays where id = 3"))
        .containsExactly("2020-03-01 | 2020-01-29");
    assertThat(ask("select min(played), max(played) from plays"))
        .containsExactly("1969-12-31 | 2024-12-30");
    assertThat(
            ask("select cast(\"at\" as date), cast(played as timestamp) from plays where id = 1"))
        .containsExactly("1969-12-31 | 1969-12-31T00:00");
    assertThat(ask("select id from plays where \"at\" >= timestamp '2024-12-30 23:30:15.125'"))
        .containsExactly("5");
  }

  /// Exact, or refused: cut off, the time would be that of row 5.
  @Test
  void cutsNothingOffATime() {
    String sql = "select id from plays where \"at\" = timestamp '2024-12-30 23:30:15.125001'";
    try {
      assertThat(ask(sql)).isEmpty();
    } catch (EngineException refused) {
      assertThat(refused).hasMessageContaining("finer than a millisecond");
    }
  }

  @Test
  void placesNullsAsTheOrderSays() {
    assertThat(ask("select id from plays order by n desc nulls last, id"))
        .containsExactly("1", "4", "5", "3", "2");
    assertThat(ask("select id from plays order by n desc nulls first, id desc"))
        .containsExactly("2", "1", "5", "4", "3");
    assertThat(ask("select id from plays order by n nulls first, id limit 2 offset 1"))
        .containsExactly("3", "4");
    assertThat(
            ask("select id + 0 from (select id, n from plays order by n nulls last, id limit 3)"))
        .containsExactlyInAnyOrder("3", "4", "5");
  }

  @Test
  void keepsTheOrderUnderAProjection() {
    RelBuilder b = plans.builder();
    b.scan("plays");
    b.sort(b.desc(b.field("id"))).project(b.field("name"), b.field("id"));
    b.project(b.field(1));
    assertThat(ask(Plans.of(b.build()))).containsExactly("5", "4", "3", "2", "1");
  }

  @Test
  void computesWindowsOverRows() {
    assertThat(
            ask(
                "select id, row_number() over (order by id),"
                    + " sum(n) over (order by id rows between 1 preceding and current row),"
                    + " count(*) over (order by id rows between 2 preceding and 1 preceding),"
                    + " lag(id) over (order by id), lead(id, 2, -1) over (order by id)"
                    + " from plays order by id"))
        .containsExactly(
            "1 | 1 | 10 | 0 | null | 3",
            "2 | 2 | 10 | 1 | 1 | 4",
            "3 | 3 | -7 | 2 | 2 | 5",
            "4 | 4 | -2 | 2 | 3 | -1",
            "5 | 5 | 10 | 2 | 4 | -1");
  }

  @Test
  void computesWindowsOverPeersAndPartitions() {
    assertThat(
            ask(
                "select id, sum(id) over (partition by grp), sum(id) over (order by n nulls last),"
                    + " rank() over (order by n nulls last), dense_rank() over (order by n nulls last),"
                    + " first_value(id) over (partition by grp order by id desc),"
                    + " max(n) over () from plays order by id"))
        .containsExactly(
            "1 | 3 | 13 | 4 | 3 | 2 | 10",
            "2 | 3 | 15 | 5 | 4 | 2 | 10",
            "3 | 3 | 3 | 1 | 1 | 3 | 10",
            "4 | 9 | 12 | 2 | 2 | 5 | 10",
            "5 | 9 | 12 | 2 | 2 | 5 | 10");
  }

  @Test
  void joinsEachWay() {
    String from =
        " from (select id, n from plays where id <= 3) a %s join"
            + " (select id, n from plays where id >= 2 and id <> 3) b on a.id = b.id"
            + " order by a.id nulls last, b.id";
    String select = "select a.id, b.id";
    assertThat(ask(select + from.formatted("inner"))).containsExactly("2 | 2");
    assertThat(ask(select + from.formatted("left")))
        .containsExactly("1 | null", "2 | 2", "3 | null");
    assertThat(ask(select + from.formatted("right")))
        .containsExactly("2 | 2", "null | 4", "null | 5");
    assertThat(ask(select + from.formatted("full")))
        .containsExactly("1 | null", "2 | 2", "3 | null", "null | 4", "null | 5");
  }

  @Test
  void joinsNullsOnlyWhereTheConditionSaysSo() {
    assertThat(nullJoin(false)).containsExactly("4");
    assertThat(nullJoin(true)).containsExactly("8");
    assertThat(
            ask(
                "select count(*) from plays a full join plays b"
                    + " on a.grp is not distinct from b.grp and a.id = b.id"))
        .containsExactly("5");
  }

  /// Rows of plays x plays on grp: a 2x2, b 1x1, NULL 2x2; without b.
  private List<String> nullJoin(boolean safe) {
    RelBuilder b = plans.builder();
    b.scan("plays").scan("plays");
    b.join(
        JoinRelType.INNER,
        b.and(
            b.call(
                safe ? SqlStdOperatorTable.IS_NOT_DISTINCT_FROM : SqlStdOperatorTable.EQUALS,
                b.field(2, 0, "grp"),
                b.field(2, 1, "grp")),
            b.call(SqlStdOperatorTable.NOT_EQUALS, b.field(2, 0, "id"), b.literal(3))));
    return ask(Plans.of(b.aggregate(b.groupKey(), b.countStar("c")).build()));
  }

  @Test
  void joinsWithoutMultiplying() {
    RelBuilder b = plans.builder();
    b.scan("plays").scan("plays");
    b.join(JoinRelType.SEMI, b.equals(b.field(2, 0, "grp"), b.field(2, 1, "grp")));
    b.project(b.field("id")).sort(0);
    assertThat(ask(Plans.of(b.build()))).containsExactly("1", "2", "3");
    b.scan("plays").scan("plays");
    b.join(JoinRelType.ANTI, b.equals(b.field(2, 0, "grp"), b.field(2, 1, "grp")));
    b.project(b.field("id")).sort(0);
    assertThat(ask(Plans.of(b.build()))).containsExactly("4", "5");
  }

  @Test
  void combinesSets() {
    assertThat(
            ask(
                "select grp, cast(n as bigint) as n from plays where id < 3"
                    + " union all select cast(null as varchar), big from plays where id = 3"
                    + " order by n nulls last"))
        .containsExactly("null | 1", "a | 10", "a | null");
    assertThat(ask("select grp from plays union select grp from plays order by grp nulls last"))
        .containsExactly("a", "b", "null");
    assertThat(ask("select grp from plays intersect select grp from plays where id = 4"))
        .containsExactly("null");
    assertThat(
            ask(
                "select grp from plays except select grp from plays where id = 1 order by 1 nulls last"))
        .containsExactly("b", "null");
  }

  @Test
  void readsASharedPartOnce() {
    RelBuilder b = plans.builder();
    b.scan("plays").project(b.field("id"), b.field("n"));
    var shared = b.build();
    b.push(shared).aggregate(b.groupKey(), b.sum(b.field("n")).as("x"));
    b.push(shared).aggregate(b.groupKey(), b.max(b.field("id")).as("x"));
    b.project(b.cast(b.field(0), org.apache.calcite.sql.type.SqlTypeName.BIGINT));
    b.union(true, 2).sort(0);
    assertThat(ask(Plans.of(b.build()))).containsExactly("5", "13");
  }

  @Test
  void decidesCasesAndUnknowns() {
    assertThat(
            ask(
                "select case when n > 5 then 'much' when n < 0 then 'less' else 'ok' end,"
                    + " coalesce(n, 0), n is null, ok is not true, not ok, n in (5, 10), n not in (5, 10)"
                    + " from plays order by id"))
        .containsExactly(
            "much | 10 | false | false | false | true | false",
            "ok | 0 | true | true | true | null | null",
            "less | -7 | false | true | null | false | true",
            "ok | 5 | false | false | false | true | false",
            "ok | 5 | false | true | true | true | false");
    assertThat(ask("select id from plays where n between 5 and 9 or n is null order by id"))
        .containsExactly("2", "4", "5");
  }

  @Test
  void cutsAndFindsTexts() {
    assertThat(
            ask(
                "select substring(name from 2 for 3), char_length(name), position('k' in name),"
                    + " trim(both 'J' from name), cast(n as varchar), cast(played as varchar)"
                    + " from plays where id = 1"))
        .containsExactly("oki | 5 | 3 | okić | 10 | 1969-12-31");
  }

  @Test
  void findsColumnsByTheirIdAndNotByTheirName() {
    assertThat(ask("select id, label, n, again, later from evolved order by id"))
        .containsExactly("1 | first | 7 | null | null", "2 | second | 5000000000 | new | 1.5");
    assertThat(ask("select sum(n) from evolved where again is null")).containsExactly("7");
  }

  @Test
  void endsWhenCancelled() throws InterruptedException {
    Plan plan = plans.sql("select sum(a.n + b.n + c.n) from many a, many b, many c");
    var limits = Limits.of(LONG);
    var canceller =
        Thread.ofVirtual()
            .start(() -> {
              java.util.concurrent.locks.LockSupport.parkNanos(300_000_000L);
              limits.cancellation().cancel();
            });
    long start = System.nanoTime();
    EngineException e = catchThrowableOfType(EngineException.class, () -> count(plan, limits));
    canceller.join();
    assertThat(e.kind()).isEqualTo(Kind.CANCELLED);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void endsWhenItsTimeIsOver() {
    Plan plan = plans.sql("select sum(a.n + b.n + c.n) from many a, many b, many c");
    EngineException e =
        catchThrowableOfType(
            EngineException.class, () -> count(plan, Limits.of(Duration.ofMillis(400))));
    assertThat(e.kind()).isEqualTo(Kind.TIMEOUT);
    assertThat(e).hasMessageContaining("400 ms");
  }

  @Test
  void endsAStreamWhenItsTimeIsOver() {
    Plan plan = plans.sql("select a.id, b.id from many a, many b");
    EngineException e =
        catchThrowableOfType(
            EngineException.class,
            () -> {
              try (Rows rows = engine.run(plan, tables, Limits.of(Duration.ofSeconds(3)))) {
                long until = System.nanoTime() + 3_300_000_000L;
                while (rows.next()) {
                  while (System.nanoTime() < until) {
                    Thread.onSpinWait();
                  }
                }
              }
            });
    assertThat(e.kind()).isEqualTo(Kind.TIMEOUT);
  }

  @Test
  void doesNotBeginWhatIsCancelledAlready() {
    var limits = Limits.of(LONG);
    limits.cancellation().cancel();
    EngineException e =
        catchThrowableOfType(
            EngineException.class, () -> count(plans.sql("select id from plays"), limits));
    assertThat(e.kind()).isEqualTo(Kind.CANCELLED);
  }

  @Test
  void streamsFiveMillionRowsInBoundedMemory() {
    Plan plan = plans.sql("select a.id, b.id, a.n from many a, many b where b.id < 2000");
    try (Rows rows = engine.run(plan, tables, Limits.of(Duration.ofMinutes(2)))) {
      long count = 0;
      long most = 0;
      while (rows.next()) {
        if (++count % 1_000_000 == 0) {
          System.gc();
          Runtime runtime = Runtime.getRuntime();
          most = Math.max(most, runtime.totalMemory() - runtime.freeMemory());
        }
      }
      assertThat(count).isEqualTo(5_000_000);
      assertThat(most).isLessThan(200_000_000L); // the rows themselves would be twice that
    }
  }

  @Test
  void mayBeClosedEarlyAndAskedAgain() {
    for (int i = 0; i < 20; i++) {
      Plan plan = plans.sql("select a.id, b.id from many a, many b");
      try (Rows rows = engine.run(plan, tables, Limits.of(LONG))) {
        assertThat(rows.next()).isTrue();
      }
    }
    assertThat(ask("select count(*) from many")).containsExactly("2500");
  }

  @Test
  void givesTheSameByBatchesAsByRows() {
    for (String sql :
        List.of(
            "select * from plays order by id",
            "select * from evolved order by id",
            "select id, n from never",
            "select id, cast(n as smallint), cast(n as tinyint), cast(ratio as real) from plays"
                + " order by id",
            "select id, cast(amount * 0.5 as decimal(4, 2)), cast(amount as decimal(9, 1)) from plays"
                + " order by id",
            "select id, cast(amount as decimal(18, 4)), cast(amount as decimal(38, 9)) from plays"
                + " order by id",
            "select id, -cast(amount as decimal(38, 20)), cast(big as decimal(38, 0)) from plays"
                + " order by id",
            "select sum(n), sum(amount), avg(amount), count(*), max(ratio) from plays group by grp"
                + " order by grp",
            "select null, cast(null as bigint), cast(null as timestamp), '', ' a' from plays",
            "select timestamp '1900-02-28 23:59:59.123', date '0001-01-01' from plays",
            "select date '9999-12-31', timestamp '9999-12-31 23:59:59.999' from plays",
            "select a.id, b.name, b.amount, b.ok, b.played, b.\"at\", b.moment, b.ratio"
                + " from many a join plays b on mod(a.id, 6) = b.id order by a.id, b.id")) {
      Plan plan = plans.sql(sql);
      assertThat(ByBatches.all(plan, engine.run(plan, tables, Limits.of(LONG))))
          .as(sql)
          .isEqualTo(ByBatches.allByRows(plan, engine.run(plan, tables, Limits.of(LONG))));
    }
  }

  @Test
  void givesTheRowsBeforeAValueThatNoBatchHolds() {
    Plan tooWide =
        plans.sql(
            "select id, cast(big as decimal(38, 0)) * case id when 3 then 1 else 4 end from plays"
                + " where id in (2, 3) order by id desc");
    try (var batches = new ByBatches(tooWide, engine.run(tooWide, tables, Limits.of(LONG)))) {
      assertThat(batches.nextBatch()).isTrue();
      assertThat(batches.root().getRowCount()).isEqualTo(1);
      EngineException e = catchThrowableOfType(EngineException.class, batches::nextBatch);
      assertThat(e.kind()).isEqualTo(Kind.DATA);
      assertThat(e).hasMessageContaining("36893488147419103228");
    }
  }

  @Test
  void endsABatchReadWhenCancelledOrOutOfTime() {
    Plan plan = plans.sql("select a.id, b.id from many a, many b");
    var limits = Limits.of(LONG);
    try (var batches = new ByBatches(plan, engine.run(plan, tables, limits))) {
      assertThat(batches.nextBatch()).isTrue();
      limits.cancellation().cancel();
      assertThat(endOf(batches).kind()).isEqualTo(Kind.CANCELLED);
    }
    try (var batches =
        new ByBatches(plan, engine.run(plan, tables, Limits.of(Duration.ofMillis(600))))) {
      assertThat(batches.nextBatch()).isTrue();
      Awaitility.await()
          .pollInterval(Duration.ofMillis(20))
          .until(() -> catchThrowableOfType(EngineException.class, batches::nextBatch) != null);
      assertThat(endOf(batches).kind()).isEqualTo(Kind.TIMEOUT);
    }
  }

  private static EngineException endOf(ByBatches batches) {
    return catchThrowableOfType(
        EngineException.class,
        () -> {
          while (batches.nextBatch()) {
            assertThat(batches.root().getRowCount()).isPositive();
          }
        });
  }

  @Test
  void saysAFailureInTheMiddleOfBatches() {
    Plan plan =
        plans.sql(
            "select 1000 / (a.id - 2400), b.id from many a, many b where b.id < 100 and a.id >= b.id");
    try (var batches = new ByBatches(plan, engine.run(plan, tables, Limits.of(LONG)))) {
      assertThat(endOf(batches).kind()).isEqualTo(Kind.DATA);
    } catch (EngineException e) {
      assertThat(e.kind()).isEqualTo(Kind.DATA); // before the first batch
    }
  }

  @Test
  void mayCloseBatchesEarly() {
    Plan plan = plans.sql("select a.id, b.id from many a, many b");
    for (int i = 0; i < 5; i++) {
      try (var batches = new ByBatches(plan, engine.run(plan, tables, Limits.of(LONG)))) {
        assertThat(batches.nextBatch()).isTrue();
      }
    }
    assertThat(ask("select count(*) from many")).containsExactly("2500");
  }

  private long count(Plan plan, Limits limits) {
    try (Rows rows = engine.run(plan, tables, limits)) {
      long count = 0;
      while (rows.next()) {
        count++;
      }
      return count;
    }
  }
}
