package io.scorebook.engine.agreement.random;

import io.scorebook.engine.agreement.random.Formula.Aggregate;
import io.scorebook.engine.agreement.random.Formula.Arithmetic;
import io.scorebook.engine.agreement.random.Formula.Condition;
import io.scorebook.engine.agreement.random.Formula.Constant;
import io.scorebook.engine.agreement.random.Formula.Named;
import io.scorebook.engine.agreement.random.Formula.Operand;
import io.scorebook.engine.agreement.random.Table.Column;
import io.scorebook.engine.agreement.random.World.Field;
import io.scorebook.engine.agreement.random.World.Link;
import io.scorebook.engine.agreement.random.World.Source;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A small shop with a metric of each kind: months without sales, keys that are NULL, ties.
final class KindsWorld {
  private static final String SALES = "sales";
  private static final String MONTH = "day.month";

  private KindsWorld() {}

  /// A metric of a kind.
  ///
  /// @param title of its row
  /// @param needs what a question with it has to group by
  record Kind(String title, String metric, Measure.Meaning meaning, List<String> needs) {}

  static final List<Kind> KINDS =
      List.of(
          kind("sum", plain(aggregate("SUM"))),
          kind("count", plain(aggregate("COUNT"))),
          kind("average", plain(aggregate("AVG"))),
          kind("minimum", plain(aggregate("MIN"))),
          kind("maximum", plain(aggregate("MAX"))),
          kind("median", plain(aggregate("MEDIAN"))),
          kind("percentile", plain(aggregate("PERCENTILE_CONT"))),
          kind(
              "distinct count",
              plain(new Aggregate("COUNT", true, Operand.of(SALES, "item_id"), Optional.empty()))),
          kind(
              "approximate distinct count",
              plain(
                  new Aggregate(
                      "APPROX_COUNT_DISTINCT",
                      false,
                      Operand.of(SALES, "item_id"),
                      Optional.empty()))),
          kind(
              "filtered",
              plain(
                  new Aggregate(
                      "SUM",
                      false,
                      Operand.of(SALES, "n"),
                      Optional.of(
                          new Condition.Compared(Operand.of(SALES, "channel"), "=", "web"))))),
          kind(
              "ratio",
              plain(new Arithmetic('/', new Named("m_distinct_count"), new Named("m_count")))),
          kind(
              "derived",
              plain(
                  new Arithmetic(
                      '-',
                      new Arithmetic('*', new Named("m_ratio"), new Constant(BigDecimal.TEN)),
                      new Named("m_average")))),
          kind("streak, longest", streak("longest")),
          kind("streak, current", streak("current")),
          kind("streak, count", streak("count")),
          kind(
              "window, best",
              new Measure.Window(aggregate("SUM"), true, 2, SALES, List.of("who"), List.of("day"))),
          kind(
              "window, worst",
              new Measure.Window(
                  aggregate("SUM"), false, 2, SALES, List.of("who"), List.of("day"))),
          kind("cumulative", new Measure.Cumulative(new Named("m_ratio"), "day", Optional.empty())),
          kind(
              "cumulative, restart",
              new Measure.Cumulative(new Named("m_sum"), "day", Optional.of("term"))),
          kind(
              "rolling, days",
              new Measure.Rolling(
                  new Named("m_sum"),
                  "day",
                  new Measure.Span(false, 30),
                  SALES,
                  List.of(),
                  List.of(),
                  Optional.empty())),
          kind("rolling, rows", rolling(new Measure.Span(true, 2), Optional.empty()), "who"),
          kind("rolling, rows, combine", rolling(new Measure.Span(true, 2), Optional.of("sum"))),
          kind("prior, grain", new Measure.Prior(new Named("m_count"), "day", "month", 1), MONTH),
          kind("prior, calendar", new Measure.Prior(new Named("m_sum"), "day", "term", 1), "term"),
          kind(
              "semi-additive",
              new Measure.SemiAdditive(new Named("m_sum"), "day", true, SALES, List.of("who"))),
          kind("fixed, keepOnly", new Measure.Fixed(new Named("m_sum"), true, List.of("channel"))),
          kind(
              "fixed, exclude", new Measure.Fixed(new Named("m_ratio"), false, List.of("channel"))),
          kind("fixed, include", new Measure.Nested(new Named("m_sum"), List.of("who"), "avg")),
          kind("rank", new Measure.Rank(new Named("m_sum"), SALES, List.of("who"), true), "who"),
          kind("conversion, rate", conversion(true)),
          kind("conversion, count", conversion(false)));

  private static Kind kind(String title, Measure.Meaning meaning, String... needs) {
    return new Kind(title, "m_" + title.replaceAll("[^a-zA-Z]+", "_"), meaning, List.of(needs));
  }

  private static Measure.Plain plain(Formula formula) {
    return new Measure.Plain(formula);
  }

  private static Aggregate aggregate(String function) {
    return new Aggregate(function, false, Operand.of(SALES, "n"), Optional.empty());
  }

  private static Condition sold(int more) {
    return new Condition.Compared(Operand.of(SALES, "n"), ">", BigDecimal.valueOf(more));
  }

  private static Measure.Streak streak(String mode) {
    return new Measure.Streak(sold(2), mode, 2, SALES, List.of("who"), List.of("day"), "skip");
  }

  private static Measure.Rolling rolling(Measure.Span span, Optional<String> combine) {
    return new Measure.Rolling(
        new Named("m_sum"), "day", span, SALES, List.of("who"), List.of("day"), combine);
  }

  private static Measure.Conversion conversion(boolean rate) {
    return new Measure.Conversion(
        sold(0),
        sold(2),
        new Measure.Span(false, 40),
        SALES,
        List.of("who"),
        List.of("day"),
        false,
        rate);
  }

  private static List<@Nullable Object> row(@Nullable Object... values) {
    return Arrays.asList(values);
  }

  private static List<@Nullable Object> sale(
      int id, @Nullable String who, @Nullable String channel, @Nullable String day, int... more) {
    LocalDate at = day == null ? null : LocalDate.parse(day);
    return row(
        id,
        who,
        channel,
        at,
        at == null ? null : at.getYear() + (at.getMonthValue() >= 7 ? 1 : 0),
        more[0] == 0 ? null : more[0],
        more[1] == 0 ? null : more[1],
        more.length < 3 ? null : more[2]);
  }

  /// Of each metric there is another that is made of it, one more.
  static World world() {
    var sales =
        new Table(
            "sales_0",
            List.of(
                new Column("sale_id", Table.Type.INTEGER, true),
                new Column("who", Table.Type.STRING, false),
                new Column("channel", Table.Type.STRING, false),
                new Column("day", Table.Type.DATE, false),
                new Column("term", Table.Type.INTEGER, false),
                new Column("item_id", Table.Type.INTEGER, false),
                new Column("gift_id", Table.Type.INTEGER, false),
                new Column("n", Table.Type.INTEGER, false)),
            List.of(
                sale(1, "ann", "web", "2022-01-10", 1, 2, 5),
                sale(2, "ann", "web", "2022-01-31", 2, 2, 3),
                sale(3, "ann", "shop", "2022-02-28", 1, 1, 1),
                sale(4, "bob", "web", "2022-02-28", 1, 0, 4),
                sale(5, "bob", null, "2022-05-10", 3, 1, 5),
                sale(6, "bob", "shop", "2022-08-31", 9, 2, 2),
                sale(7, null, "web", "2022-08-31", 0, 3, 7),
                sale(8, "ann", "shop", "2022-09-01", 2, 0, 5),
                sale(9, "bob", "shop", null, 2, 1, 6),
                sale(10, "cid", "web", "2022-05-11", 1, 3),
                sale(11, "ann", "web", "2023-09-02", 3, 1, 4)));
    var visits =
        new Table(
            "visits_0",
            List.of(
                new Column("visit_id", Table.Type.INTEGER, true),
                new Column("who", Table.Type.STRING, false),
                new Column("day", Table.Type.DATE, false)),
            List.of(
                row(1, "ann", LocalDate.parse("2022-03-05")),
                row(2, "dan", LocalDate.parse("2022-05-31")),
                row(3, null, null)));
    var items =
        new Table(
            "items_0",
            List.of(
                new Column("item_id", Table.Type.INTEGER, true),
                new Column("item", Table.Type.STRING, false)),
            List.of(row(1, "lamp"), row(2, "chair"), row(3, null)));
    var measures = new ArrayList<Measure>();
    for (Kind kind : KINDS) {
      measures.add(new Measure(kind.metric(), kind.meaning(), Optional.empty()));
      measures.add(
          new Measure(
              kind.metric() + "_more",
              plain(new Arithmetic('+', new Named(kind.metric()), new Constant(BigDecimal.ONE))),
              Optional.empty()));
    }
    measures.add(
        new Measure(
            "visits_less_sales",
            plain(new Arithmetic('-', new Named("visits"), new Named("m_count"))),
            Optional.empty()));
    measures.add(
        new Measure(
            "visits",
            plain(
                new Aggregate("COUNT", false, Operand.of("visits", "visit_id"), Optional.empty())),
            Optional.empty()));
    return new World(
        List.of(
            new Source(
                SALES,
                sales,
                Optional.empty(),
                List.of("sale_id"),
                List.of(),
                List.of(
                    field("sale_id", true),
                    field("who", true),
                    field("channel", true),
                    field("day", true),
                    field("term", true),
                    field("item_id", false),
                    field("gift_id", false),
                    field("n", false))),
            new Source(
                "visits",
                visits,
                Optional.empty(),
                List.of("visit_id"),
                List.of(),
                List.of(field("visit_id", false), field("who", true), field("day", true))),
            new Source(
                "items",
                items,
                Optional.empty(),
                List.of("item_id"),
                List.of(),
                List.of(field("item_id", false), field("item", true)))),
        List.of(
            new Link(
                "item_of_sale",
                SALES,
                "items",
                List.of("item_id"),
                List.of("item_id"),
                Optional.empty()),
            new Link(
                "gift_of_sale",
                SALES,
                "items",
                List.of("gift_id"),
                List.of("item_id"),
                Optional.of(Map.of("gift", "item")))),
        Set.of("day", "who"),
        Map.of("term", "day"),
        measures);
  }

  private static Field field(String name, boolean isDimension) {
    return new Field(name, name, isDimension);
  }
}
