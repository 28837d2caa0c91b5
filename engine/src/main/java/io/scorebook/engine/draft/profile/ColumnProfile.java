package io.scorebook.engine.draft.profile;

import io.scorebook.catalog.load.RawValue.Kind;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a column of a table holds, over all rows of all its files.
///
/// @param name as the files call it
/// @param position among the columns of the table, from 0
/// @param everywhere whether each file of the table has it
/// @param rows of the table
/// @param kinds how many values look like what
/// @param first the first value of each kind, with its place
/// @param digits the most before the point, of its numbers
/// @param scale the most behind the point
/// @param min the least of its numbers
/// @param max the greatest of its numbers
/// @param longest the characters of its longest text
/// @param distinct how many different values it has
public record ColumnProfile(
    String name,
    int position,
    boolean everywhere,
    long rows,
    Map<Kind, Long> kinds,
    Map<Kind, Example> first,
    int digits,
    int scale,
    Optional<BigDecimal> min,
    Optional<BigDecimal> max,
    int longest,
    long distinct) {

  public ColumnProfile {
    kinds = Map.copyOf(kinds);
    first = Map.copyOf(first);
  }

  /// A value and where it stands, as `orders.csv:17`.
  public record Example(String place, String text) {
    private static final int MAX_SHOWN = 40;

    /// `'text' in orders.csv:17`, on one line whatever the value has in it.
    @Override
    public String toString() {
      String bare = text.replaceAll("\\p{Cntrl}", " ");
      return "'%s' in %s"
          .formatted(
              bare.length() > MAX_SHOWN ? bare.substring(0, MAX_SHOWN) + "..." : bare, place);
    }
  }

  public long count(Kind kind) {
    return kinds.getOrDefault(kind, 0L);
  }

  public long count(Set<Kind> some) {
    return some.stream().mapToLong(this::count).sum();
  }

  /// Rows with a value, which blanks are not.
  public long filled() {
    return rows - count(Kind.EMPTY) - count(Kind.BLANK);
  }
}
