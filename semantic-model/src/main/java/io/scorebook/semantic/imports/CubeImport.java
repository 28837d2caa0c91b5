package io.scorebook.semantic.imports;

import io.scorebook.documents.Findings;
import java.util.List;

/// Reads the YAML files of Cube: cubes with their joins, dimensions, measures and segments.
public final class CubeImport {
  private CubeImport() {}

  /// @param domain the name of the model that is drafted, and the namespace of its tables
  /// @param findings what is no YAML
  public static Draft read(String domain, List<SourceDocument> sources, Findings findings) {
    throw new UnsupportedOperationException();
  }
}
