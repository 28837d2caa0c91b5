package io.scorebook.engine.draft.guess;

import java.util.Collections;
import java.util.List;
import java.util.Set;

/// What the words in a name tell. Names are in snake_case here.
final class Words {
  private static final Set<String> IDENTIFIERS =
      Set.of(
          "id", "ids", "key", "pk", "code", "uuid", "guid", "no", "nr", "num", "number", "sku",
          "isbn", "ean", "iban", "hash", "symbol", "ticker", "ref", "slug");
  private static final Set<String> OF_ITSELF = Set.of("id", "key", "pk", "uuid", "guid", "code");
  private static final Set<String> LABELS =
      Set.of(
          "zip",
          "zipcode",
          "postcode",
          "postal",
          "plz",
          "floor",
          "phone",
          "fax",
          "rank",
          "version",
          "index",
          "position");
  private static final Set<String> PLACES =
      Set.of("lat", "latitude", "lon", "lng", "long", "longitude");
  private static final Set<String> CALENDAR =
      Set.of("year", "yr", "quarter", "month", "week", "weekday", "dow", "day", "hour", "fiscal");
  private static final Set<String> RATIOS =
      Set.of(
          "pct",
          "percent",
          "percentage",
          "perc",
          "ratio",
          "rate",
          "share",
          "probability",
          "prob",
          "fraction",
          "margin",
          "avg",
          "average",
          "mean",
          "median",
          "per",
          "index",
          "score",
          "rating",
          "level");
  private static final Set<String> INTENSITIES =
      Set.of(
          "price",
          "unitprice",
          "age",
          "temperature",
          "temp",
          "height",
          "speed",
          "density",
          "pressure",
          "humidity",
          "exchange",
          "fx",
          "interest");
  private static final Set<String> STOCKS =
      Set.of(
          "balance",
          "stock",
          "inventory",
          "onhand",
          "hand",
          "capacity",
          "headcount",
          "outstanding");
  private static final Set<String> RUNNING =
      Set.of("cum", "cumulative", "running", "ytd", "mtd", "qtd", "lifetime");
  private static final Set<String> MINUTES =
      Set.of("min", "mins", "minutes", "duration", "length", "elapsed", "mp", "clock");
  private static final Set<String> PLAIN =
      Set.of(
          "name",
          "full_name",
          "short_name",
          "abbreviation",
          "nickname",
          "title",
          "type",
          "status",
          "state",
          "kind",
          "description",
          "label",
          "category",
          "comment",
          "note",
          "notes",
          "date",
          "day",
          "created",
          "updated",
          "created_at",
          "updated_at",
          "city",
          "country",
          "region",
          "email",
          "phone",
          "address",
          "level",
          "active",
          "value",
          "time",
          "timestamp",
          "code",
          "group",
          "year",
          "month",
          "week",
          "quarter",
          "hour",
          "minute",
          "second",
          "grouping");

  private Words() {}

  static List<String> of(String name) {
    return List.of(name.split("_"));
  }

  /// The word for one of them, in English.
  static String singular(String word) {
    if (word.endsWith("ies") && word.length() > 4) {
      return word.substring(0, word.length() - 3) + "y";
    }
    if (word.matches(".{2,}(ss|x|ch|sh)es")) {
      return word.substring(0, word.length() - 2);
    }
    return word.matches(".{2,}[^su]s") && !word.endsWith("is")
        ? word.substring(0, word.length() - 1)
        : word;
  }

  /// A table's name as that of one row.
  static String ofOneRow(String table) {
    int last = table.lastIndexOf('_') + 1;
    return table.substring(0, last) + singular(table.substring(last));
  }

  /// Whether the name says that the values identify something.
  static boolean isIdentifier(String name) {
    List<String> words = of(name);
    return IDENTIFIERS.contains(words.getLast()) || words.contains("id") || words.contains("uuid");
  }

  /// Whether the name is that of the table's own identifier.
  static boolean isOwnIdentifier(String name, String table) {
    String one = ofOneRow(table);
    return OF_ITSELF.contains(name)
        || name.equals(one)
        || name.equals(table)
        || ((name.startsWith(one + "_") || name.startsWith(table + "_"))
            && IDENTIFIERS.contains(of(name).getLast())
            && of(name).size() <= of(table).size() + 1);
  }

  static boolean isLabel(String name) {
    return hasAny(name, LABELS);
  }

  static boolean isPlace(String name) {
    return hasAny(name, PLACES);
  }

  static boolean isCalendar(String name) {
    return hasAny(name, CALENDAR);
  }

  static boolean isRatio(String name) {
    return hasAny(name, RATIOS);
  }

  static boolean isIntensity(String name) {
    return hasAny(name, INTENSITIES);
  }

  static boolean isStock(String name) {
    return hasAny(name, STOCKS);
  }

  static boolean isRunning(String name) {
    return hasAny(name, RUNNING);
  }

  static boolean isMinutes(String name) {
    return hasAny(name, MINUTES);
  }

  /// Whether the name alone does not say of what.
  static boolean isPlain(String name) {
    return PLAIN.contains(name);
  }

  /// Whether the name is that by which people call a row.
  static boolean isName(String name, String table) {
    String one = ofOneRow(table);
    return name.equals("name")
        || name.equals("title")
        || name.equals("full_name")
        || name.equals(one + "_name")
        || name.equals(one + "_title")
        || name.equals(one + "_full_name")
        || (name.endsWith("_name") && of(one).contains(of(name).getFirst()));
  }

  /// Where the words stand in the others, one behind the other; -1 where they do not.
  static int find(List<String> words, List<String> in) {
    return Collections.indexOfSubList(in, words);
  }

  private static boolean hasAny(String name, Set<String> words) {
    return of(name).stream().anyMatch(words::contains);
  }
}
