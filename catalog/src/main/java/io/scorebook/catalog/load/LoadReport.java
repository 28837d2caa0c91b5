package io.scorebook.catalog.load;

import io.scorebook.catalog.store.TableName;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/// What was loaded. `read = loaded + duplicates + kept + rejected`.
///
/// @param read rows in the files
/// @param loaded rows that are new in the table
/// @param duplicates rows that were there already with the same content, in the files or the table
/// @param kept rows left out because the first of their key stays, by the contract's `keepFirst`
/// @param rejected rows in the quarantine table
/// @param rejections the first of their reasons
/// @param renamed names that were made distinct, the first of them
/// @param ignoredColumns columns of the files that the contract does not know
/// @param snapshot the table's newest snapshot: this load's where it loaded rows; absent for a
///   table that has none
/// @param files each with its SHA-256
public record LoadReport(
    TableName table,
    String loadId,
    long read,
    long loaded,
    long duplicates,
    long kept,
    long rejected,
    List<Rejection> rejections,
    List<Renamed> renamed,
    Set<String> ignoredColumns,
    OptionalLong snapshot,
    List<LoadedFile> files)
    implements LoadResult {

  public LoadReport {
    rejections = List.copyOf(rejections);
    renamed = List.copyOf(renamed);
    ignoredColumns = Set.copyOf(ignoredColumns);
    files = List.copyOf(files);
  }

  /// A second row of one name, and what it is called now.
  public record Renamed(String name, String now, String file, long line) {}

  public record LoadedFile(String name, String sha256, long rows) {}
}
