package io.scorebook.catalog.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.scorebook.catalog.store.StoreException;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.iceberg.data.Record;

/// The snapshot of each of some tables, as a column of Scorebook's own tables has them: a JSON
/// object of ids by the tables' names, in the order of the names.
public final class SnapshotIds {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SnapshotIds() {}

  public static String json(SortedMap<String, Long> snapshots) {
    try {
      return JSON.writeValueAsString(snapshots);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Cannot write as JSON: " + snapshots, e);
    }
  }

  /// @throws StoreException where something else is in the column
  public static SortedMap<String, Long> in(Record row, String column) {
    Object json = row.getField(column);
    try {
      return JSON.readValue(String.valueOf(json), new TypeReference<TreeMap<String, Long>>() {});
    } catch (JsonProcessingException e) {
      throw new StoreException(
          StoreException.Kind.FAILED,
          "Cannot read the snapshots in '%s' of %s: %s".formatted(column, row, e.getMessage()),
          e);
    }
  }
}
