package io.scorebook.catalog.load;

import io.scorebook.catalog.table.TableSnapshot;
import java.util.List;

/// A last look at what a load is about to publish: the table as it would be.
@FunctionalInterface
public interface Audit {
  /// Nothing stands against it.
  Audit NONE = _ -> List.of();

  /// What speaks against publishing; empty where nothing does.
  ///
  /// @param staged the table with the new rows, which nobody else reads yet
  List<String> problems(TableSnapshot staged);
}
