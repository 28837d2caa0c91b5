package io.scorebook.gateway.reading;

import java.util.Optional;

/// Rows that are asked for together and given page by page: the engine runs for the first of these
/// pages, and its answer is kept for the others. Where it is kept no more it runs again, for the
/// same rows.
///
/// @param start behind which they are
/// @param given how many of them earlier pages gave
/// @param rows how many are asked for
record Stretch(Position start, long given, long rows) {
  private static final int PAGES = 16;

  /// Those behind a page, for the pages that are likely to come next.
  ///
  /// @param room how many such rows would be kept
  static Optional<Stretch> behind(Position end, long limit, long room) {
    long rows = Math.min(PAGES * limit, room / 4 * 3);
    return rows > 2 * limit ? Optional.of(new Stretch(end, 0, rows)) : Optional.empty();
  }

  /// What the next page is of: what is left of these, if that is a page and the row behind it, else
  /// as many again.
  ///
  /// @param at where the next page begins
  /// @param limit rows of it
  Optional<Stretch> reach(Position at, long limit) {
    if (given + limit < rows) {
      return Optional.of(this);
    }
    return limit < rows ? Optional.of(new Stretch(at, 0, rows)) : Optional.empty();
  }

  Stretch after(long more) {
    return new Stretch(start, given + more, rows);
  }
}
