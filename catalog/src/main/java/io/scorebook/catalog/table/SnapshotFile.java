package io.scorebook.catalog.table;

/// One immutable data file of a snapshot, in Parquet.
///
/// @param path the full path, also the file's identity
/// @param records the number of rows
/// @param partition as `season=2018`, empty for a table without partitions
public record SnapshotFile(String path, long bytes, long records, String partition) {}
