package io.scorebook.catalog.upkeep;

import io.scorebook.catalog.store.TableName;
import java.nio.file.Path;
import java.time.Instant;

/// One thing that an interrupted load left.
public sealed interface Leftover {
  /// When it was written.
  Instant since();

  /// How large it is; the files of a snapshot are counted, its metadata is not.
  long bytes();

  /// A load's rows that were never published.
  ///
  /// @param branch the load's branch; may be gone already
  record Unpublished(TableName table, String branch, long snapshot, Instant since, long bytes)
      implements Leftover {}

  /// An object in a table's folder that nothing of the table refers to.
  record Orphan(TableName table, String location, Instant since, long bytes) implements Leftover {}

  /// A local folder or file of a load whose process is gone.
  record Local(Path path, Instant since, long bytes) implements Leftover {}
}
