package io.scorebook.engine.duckdb;

import java.nio.file.Path;

/// What DuckDB may use.
///
/// @param memoryBytes for all questions together; what does not fit goes to the disk
/// @param threads for all questions together
/// @param spill the folder for what does not fit into memory
/// @param maxSpillBytes how much may go there
public record DuckDbSettings(long memoryBytes, int threads, Path spill, long maxSpillBytes) {

  public DuckDbSettings {
    if (memoryBytes < 1 || threads < 1 || maxSpillBytes < 0) {
      throw new IllegalArgumentException(
          "Invalid limits of DuckDB: %d bytes of memory, %d threads, %d bytes on disk"
              .formatted(memoryBytes, threads, maxSpillBytes));
    }
    spill = spill.toAbsolutePath().normalize();
  }
}
