package io.scorebook.engine.draft.guess;

import io.scorebook.semantic.expression.Sql;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.parser.SqlParseException;

/// Names that SQL takes without quotes, in snake_case, out of whatever files and columns are
/// called.
public final class Names {
  private static final int MAX_LENGTH = 60;

  private Names() {}

  /// The name in snake_case, or the other where nothing of it is left.
  static String plain(String written, String otherwise) {
    String ascii =
        Normalizer.normalize(written.strip(), Normalizer.Form.NFKD)
            .replaceAll("\\p{M}+", "")
            .replace("ß", "ss")
            .replace("%", "_pct_")
            .replace("#", "_number_");
    String name =
        ascii
            .replaceAll("(\\p{Ll})(\\p{Lu})", "$1_$2")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "_")
            .replaceAll("^_+|_+$", "");
    if (name.isEmpty()) {
      return otherwise;
    }
    String begun = Character.isDigit(name.charAt(0)) ? otherwise.split("_")[0] + "_" + name : name;
    return begun.length() <= MAX_LENGTH
        ? begun
        : begun.substring(0, MAX_LENGTH).replaceAll("_+$", "");
  }

  /// Whether SQL takes the word for something else, so that it had to be quoted.
  public static boolean isReserved(String name) {
    try {
      Sql.parseStatement(
          "SELECT t.%1$s, SUM(%1$s) AS %1$s FROM %1$s.%1$s AS t WHERE %1$s = 1 GROUP BY %1$s"
              .formatted(name));
      return false;
    } catch (SqlParseException _) {
      return true;
    }
  }

  /// The name of a domain, which is the first word of its tables' names.
  public static String ofDomain(String written) {
    return ofTable(written, "my_domain");
  }

  static String ofTable(String written, String otherwise) {
    String name = plain(written, otherwise);
    return isReserved(name) ? name + "_rows" : name;
  }

  /// Names for the columns of a table, all different. A column that already has a good name keeps
  /// it, whatever the others are called; a word that SQL has taken gets the row's name before it.
  static List<String> ofColumns(List<String> written, String table) {
    var names = new ArrayList<String>();
    Set<String> taken = new HashSet<>();
    for (String column : written) {
      String lower = column.strip().toLowerCase(Locale.ROOT);
      boolean good = isGood(lower) && taken.add(lower);
      names.add(good ? lower : "");
    }
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).isEmpty()) {
        String plain = plain(written.get(i), "column_" + (i + 1));
        names.set(i, unique(isReserved(plain) ? ofOneRow(table) + "_" + plain : plain, taken));
      }
    }
    return names;
  }

  private static boolean isGood(String name) {
    return name.matches("[a-z][a-z0-9]*(_[a-z0-9]+)*")
        && name.length() <= MAX_LENGTH
        && !isReserved(name);
  }

  /// A table's name as that of one row.
  public static String ofOneRow(String table) {
    return Words.ofOneRow(table);
  }

  /// Whether the name alone does not say of what, as `status`.
  public static boolean isPlain(String name) {
    return Words.isPlain(name);
  }

  /// The name, or with a number behind it where it is taken; it is taken then.
  public static String unique(String name, Set<String> taken) {
    String free = name;
    for (int i = 2; !taken.add(free); i++) {
      free = name + "_" + i;
    }
    return free;
  }
}
