package io.scorebook.catalog.load;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A data file, still in the staging folder.
///
/// @param partition the values of the partition fields, as Iceberg keeps them
record WrittenFile(Path path, long rows, List<@Nullable Object> partition) {}
