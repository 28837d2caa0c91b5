package io.scorebook.engine.answer;

import java.util.List;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;

/// A table as of one snapshot: what every scan of it in one question reads.
///
/// @param name `namespace.table`
/// @param state absent for a table that has no snapshot yet: it has no rows
public record PinnedTable(String name, Optional<State> state) {

  /// @param schema the schema of the snapshot; its field ids find the columns in the files
  /// @param files the data files of the snapshot; none of them has deletes beside it
  public record State(Table table, long snapshotId, Schema schema, List<DataFile> files) {
    public State {
      files = List.copyOf(files);
    }
  }
}
