package io.scorebook.gateway.reading;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where in an order a page ended.
sealed interface Position {

  /// Behind a row, by the values that the order goes by.
  ///
  /// @param values as text, by the columns of the order; null for NULL
  /// @param equals how many rows of just these values were given; 0 where no two rows have the same
  record Behind(List<@Nullable String> values, long equals) implements Position {
    public Behind {
      values = Collections.unmodifiableList(new ArrayList<>(values));
    }
  }

  /// Behind so many rows: where the order goes by moments, which a query has no literals of. As
  /// right, over snapshots that stay, and slower the further it goes.
  record Skip(long rows) implements Position {}
}
