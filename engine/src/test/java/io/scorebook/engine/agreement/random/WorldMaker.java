package io.scorebook.engine.agreement.random;

import io.scorebook.engine.agreement.random.Table.Column;
import io.scorebook.engine.agreement.random.World.Field;
import io.scorebook.engine.agreement.random.World.Link;
import io.scorebook.engine.agreement.random.World.Source;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes a model with its data from a seed: sales, what is returned of them, and visits, at shops
/// in regions of countries; with other relationships, names and rows each time.
final class WorldMaker {
  private final long seed;
  private final Random random;

  private WorldMaker(long seed) {
    this.seed = seed;
    this.random = new Random(seed);
  }

  static World make(long seed) {
    var maker = new WorldMaker(seed);
    World bare = maker.bare();
    return bare.withMeasures(new MeasureMaker(bare, maker.random).make());
  }

  private boolean chance(double p) {
    return random.nextDouble() < p;
  }

  private int size(int most) {
    return chance(0.06) ? 0 : 1 + random.nextInt(most);
  }

  private <T> @Nullable T maybe(double nulls, Supplier<T> value) {
    return chance(nulls) ? null : value.get();
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private World bare() {
    boolean unique = chance(0.5);
    boolean countries = chance(0.6);
    boolean returns = chance(0.4);
    boolean back = chance(0.5);
    double nulls = chance(0.2) ? 0 : 0.12;
    var sources = new ArrayList<Source>();
    sources.add(sales(nulls));
    sources.add(visits(nulls));
    if (returns) {
      sources.add(returns(nulls));
    }
    sources.add(shops(nulls, unique));
    sources.add(regions(nulls));
    if (countries) {
      sources.add(countries());
    }
    boolean prices = chance(0.5);
    if (prices) {
      sources.add(prices(nulls));
    }
    var links = new ArrayList<Link>();
    boolean roles = chance(0.7);
    links.add(link("shop_of_sale", "sales", "shops", "shop_id", null));
    if (back) {
      links.add(
          link(
              "back_of_sale",
              "sales",
              "shops",
              "back_id",
              roles ? Map.of("back_shop", "shop", "back_region", "region") : null));
    }
    links.add(
        link(
            "shop_of_visit",
            "visits",
            "shops",
            "shop_id",
            chance(0.3) ? Map.of("shop", "shop", "region", "region") : null));
    links.add(link("region_of_shop", "shops", "regions", "region_id", null));
    if (countries) {
      links.add(link("country_of_region", "regions", "countries", "country_id", null));
    }
    if (prices) {
      List<String> key = List.of("shop_id", "season");
      links.add(new Link("price_of_sale", "sales", "prices", key, key, Optional.empty()));
      if (chance(0.5)) {
        links.add(new Link("price_of_visit", "visits", "prices", key, key, Optional.empty()));
      }
    }
    if (returns) {
      links.add(link("sale_of_return", "returns", "sales", "sale_id", null));
    }
    Set<String> conformed = new HashSet<>(Set.of("day", "season"));
    if (chance(0.5)) {
      conformed.add("kind");
    }
    return new World(sources, links, conformed, Map.of("season", "day"), List.of());
  }

  private static Link link(
      String name, String from, String to, String column, @Nullable Map<String, String> exposes) {
    String key = to.substring(0, to.length() - 1) + "_id";
    return new Link(
        name,
        from,
        to,
        List.of(column),
        List.of(to.equals("countries") ? "country_id" : key),
        Optional.ofNullable(exposes));
  }

  private Table table(
      String name, List<Column> columns, int rows, Supplier<List<@Nullable Object>> row) {
    var all = new ArrayList<List<@Nullable Object>>();
    for (int i = 0; i < rows; i++) {
      var values = new ArrayList<@Nullable Object>();
      values.add(i + 1);
      values.addAll(row.get());
      all.add(values);
    }
    return new Table(name + "_" + Long.toUnsignedString(seed), columns, all);
  }

  private static Column column(String name, Table.Type type) {
    return new Column(name, type, false);
  }

  private static Column key(String name) {
    return new Column(name, Table.Type.INTEGER, true);
  }

  private @Nullable LocalDate day(double nulls, int spread) {
    return maybe(
        nulls,
        () -> {
          LocalDate day = LocalDate.of(2022, 1, 20).plusDays(random.nextInt(spread));
          return chance(0.2) ? day.withDayOfMonth(day.lengthOfMonth()) : day;
        });
  }

  private static @Nullable Integer season(@Nullable LocalDate day) {
    return day == null ? null : day.plusDays(90).getYear();
  }

  private @Nullable Integer foreign(double nulls, int most) {
    return maybe(nulls, () -> chance(nulls) ? 98 + random.nextInt(2) : 1 + random.nextInt(most));
  }

  private Source sales(double nulls) {
    int spread = one(List.of(5, 40, 200, 900));
    Table table =
        table(
            "sales",
            List.of(
                key("sale_id"),
                column("shop_id", Table.Type.INTEGER),
                column("back_id", Table.Type.INTEGER),
                column("who", Table.Type.STRING),
                column("kind", Table.Type.STRING),
                column("day", Table.Type.DATE),
                column("season", Table.Type.INTEGER),
                column("n", Table.Type.INTEGER),
                column("amount", Table.Type.DECIMAL),
                column("flag", Table.Type.BOOLEAN)),
            size(28),
            () -> {
              LocalDate day = day(nulls, spread);
              return Arrays.asList(
                  foreign(nulls, 4),
                  foreign(nulls, 4),
                  maybe(nulls, () -> one(List.of("ann", "bob", "cid"))),
                  maybe(nulls, () -> one(List.of("a", "b", "ab"))),
                  day,
                  season(day),
                  maybe(nulls, () -> random.nextInt(12) - 2),
                  maybe(nulls, () -> BigDecimal.valueOf(25L * (random.nextInt(40) - 4), 2)),
                  maybe(nulls, () -> chance(0.6)));
            });
    return new Source(
        "sales",
        table,
        Optional.empty(),
        List.of("sale_id"),
        List.of(),
        List.of(
            new Field("sale_id", "sale_id", false),
            new Field(chance(0.8) ? "shop_id" : "shop_key", "shop_id", chance(0.5)),
            new Field("who", "who", true),
            new Field("kind", "kind", true),
            new Field("day", "day", true),
            new Field("season", "season", true),
            new Field("n", "n", chance(0.3)),
            new Field("amount", "amount", false),
            new Field("flag", "flag", true)));
  }

  private Source visits(double nulls) {
    int spread = one(List.of(10, 60, 400));
    Table table =
        table(
            "visits",
            List.of(
                key("visit_id"),
                key("half"),
                column("shop_id", Table.Type.INTEGER),
                column("kind", Table.Type.STRING),
                column("visited", Table.Type.DATE),
                column("season", Table.Type.INTEGER),
                column("m", Table.Type.INTEGER)),
            size(18),
            () -> {
              LocalDate day = day(nulls, spread);
              return Arrays.asList(
                  random.nextInt(2),
                  foreign(nulls, 4),
                  maybe(nulls, () -> one(List.of("a", "c"))),
                  day,
                  season(day),
                  maybe(nulls, () -> random.nextInt(9)));
            });
    return new Source(
        "visits",
        table,
        chance(0.3)
            ? Optional.of(
                new Formula.Condition.Compared(
                    Formula.Operand.of("visits", "m"), ">", BigDecimal.ONE))
            : Optional.empty(),
        chance(0.5) ? List.of("visit_id") : List.of("half", "visit_id"),
        List.of(),
        List.of(
            new Field("visit_id", "visit_id", false),
            new Field("shop_id", "shop_id", chance(0.3)),
            new Field("kind", "kind", true),
            new Field("day", "visited", true),
            new Field("season", "season", true),
            new Field("m", "m", false)));
  }

  private Source returns(double nulls) {
    Table table =
        table(
            "returns",
            List.of(
                key("return_id"),
                column("sale_id", Table.Type.INTEGER),
                column("day", Table.Type.DATE),
                column("season", Table.Type.INTEGER),
                column("qty", Table.Type.INTEGER)),
            size(14),
            () -> {
              LocalDate day = day(nulls, 100);
              return Arrays.asList(
                  foreign(nulls, 12), day, season(day), maybe(nulls, () -> 1 + random.nextInt(4)));
            });
    return new Source(
        "returns",
        table,
        Optional.empty(),
        List.of("return_id"),
        List.of(),
        List.of(
            new Field("return_id", "return_id", false),
            new Field("sale_id", "sale_id", chance(0.3)),
            new Field("day", "day", true),
            new Field("season", "season", true),
            new Field("qty", "qty", false)));
  }

  private Source shops(double nulls, boolean unique) {
    var names = new ArrayList<>(List.of("north", "south", "east", "west", "mid"));
    Table table =
        table(
            "shops",
            List.of(
                key("shop_id"),
                column("shop", Table.Type.STRING),
                column("region_id", Table.Type.INTEGER),
                column("tier", Table.Type.INTEGER)),
            size(4),
            () ->
                Arrays.asList(
                    maybe(unique ? 0 : nulls, () -> unique ? names.removeFirst() : one(names)),
                    foreign(nulls, 2),
                    maybe(nulls, () -> random.nextInt(3))));
    return new Source(
        "shops",
        table,
        Optional.empty(),
        List.of("shop_id"),
        unique ? List.of("shop") : List.of(),
        List.of(
            new Field("shop_id", "shop_id", false),
            new Field("shop", "shop", true),
            new Field("tier", "tier", true)));
  }

  private Source regions(double nulls) {
    Table table =
        table(
            "regions",
            List.of(
                key("region_id"),
                column("region", Table.Type.STRING),
                column("country_id", Table.Type.INTEGER),
                column("size", Table.Type.INTEGER)),
            size(3),
            () ->
                Arrays.asList(
                    maybe(nulls, () -> one(List.of("hill", "coast"))),
                    foreign(nulls, 2),
                    maybe(nulls, () -> random.nextInt(5))));
    return new Source(
        "regions",
        table,
        Optional.empty(),
        List.of("region_id"),
        List.of(),
        List.of(
            new Field("region_id", "region_id", false),
            new Field("region", "region", true),
            new Field("size", "size", false)));
  }

  /// A price for some shops in some seasons: a key of two columns.
  private Source prices(double nulls) {
    var rows = new ArrayList<List<@Nullable Object>>();
    for (int shop = 1; shop <= 4; shop++) {
      for (int season = 2022; season <= 2024; season++) {
        if (chance(0.6)) {
          rows.add(
              Arrays.asList(
                  shop,
                  season,
                  maybe(nulls, () -> one(List.of("low", "high"))),
                  maybe(nulls, () -> random.nextInt(20))));
        }
      }
    }
    Table table =
        new Table(
            "prices_" + Long.toUnsignedString(seed),
            List.of(
                key("shop_id"),
                key("season"),
                column("level", Table.Type.STRING),
                column("price", Table.Type.INTEGER)),
            rows);
    return new Source(
        "prices",
        table,
        Optional.empty(),
        List.of("shop_id", "season"),
        List.of(),
        List.of(
            new Field("shop_id", "shop_id", false),
            new Field("season", "season", false),
            new Field("level", "level", true),
            new Field("price", "price", false)));
  }

  private Source countries() {
    Table table =
        table(
            "countries",
            List.of(key("country_id"), column("country", Table.Type.STRING)),
            size(2),
            () -> Arrays.asList((Object) maybe(0.1, () -> one(List.of("xx", "yy")))));
    return new Source(
        "countries",
        table,
        Optional.empty(),
        List.of("country_id"),
        List.of(),
        List.of(
            new Field("country_id", "country_id", false), new Field("country", "country", true)));
  }
}
