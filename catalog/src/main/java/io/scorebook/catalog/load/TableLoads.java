package io.scorebook.catalog.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.scorebook.catalog.load.LoadReport.LoadedFile;
import io.scorebook.catalog.store.StoreFailures;
import io.scorebook.catalog.store.TableName;
import io.scorebook.catalog.store.Warehouse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/// Where a table lies and what was loaded into it, as its snapshots tell: those that are expired
/// tell no more.
///
/// @param location as `s3://bucket/namespace/table`
/// @param snapshot the newest; absent for a table that never had rows
/// @param loads the newest first
public record TableLoads(
    TableName table, String location, OptionalLong snapshot, List<Load> loads) {
  /// Loads that are told of; there may have been more.
  private static final int LOADS = 100;

  /// Files of one load whose names are kept with its snapshot.
  static final int FILES = 100;

  static final String FILES_KEY = "scorebook.files";
  static final String MORE_FILES_KEY = "scorebook.files-more";
  private static final ObjectMapper JSON = new ObjectMapper();

  public TableLoads {
    loads = List.copyOf(loads);
  }

  /// One load.
  ///
  /// @param rows that were new
  /// @param files that were read, the first of them
  /// @param moreFiles how many there were beyond
  public record Load(
      long snapshot, Instant at, String loadId, long rows, List<LoadedFile> files, long moreFiles) {

    public Load {
      files = List.copyOf(files);
    }
  }

  /// The table as it is now; empty where there is none.
  ///
  /// @throws io.scorebook.catalog.store.StoreException where the catalog fails
  public static Optional<TableLoads> of(Warehouse warehouse, TableName name) {
    return warehouse.findTable(name).map(table -> of(name, table));
  }

  private static TableLoads of(TableName name, Table table) {
    return StoreFailures.attempt(
        "read the history of the table '%s'".formatted(name),
        () -> {
          var loads = new ArrayList<Load>();
          for (Snapshot at = table.currentSnapshot(); at != null && loads.size() < LOADS; ) {
            load(at).ifPresent(loads::add);
            Long parent = at.parentId();
            at = parent == null ? null : table.snapshot(parent);
          }
          Snapshot current = table.currentSnapshot();
          return new TableLoads(
              name,
              table.location(),
              current == null ? OptionalLong.empty() : OptionalLong.of(current.snapshotId()),
              loads);
        });
  }

  private static Optional<Load> load(Snapshot snapshot) {
    String id = snapshot.summary().get("scorebook.load-id");
    if (id == null) {
      return Optional.empty(); // another wrote it
    }
    var files = new ArrayList<LoadedFile>();
    for (JsonNode file : files(snapshot)) {
      files.add(
          new LoadedFile(
              file.path("name").asText(),
              file.path("sha256").asText(),
              file.path("rows").asLong()));
    }
    return Optional.of(
        new Load(
            snapshot.snapshotId(),
            Instant.ofEpochMilli(snapshot.timestampMillis()),
            id,
            number(snapshot, "scorebook.rows-loaded"),
            files,
            number(snapshot, MORE_FILES_KEY)));
  }

  private static JsonNode files(Snapshot snapshot) {
    try {
      return JSON.readTree(snapshot.summary().getOrDefault(FILES_KEY, "[]"));
    } catch (JsonProcessingException _) {
      return JSON.createArrayNode(); // another wrote it
    }
  }

  private static long number(Snapshot snapshot, String key) {
    try {
      return Long.parseLong(snapshot.summary().getOrDefault(key, "0"));
    } catch (NumberFormatException _) {
      return 0;
    }
  }
}
