package io.scorebook.catalog.load;

import java.util.Optional;

/// @param format of all files; absent where their names tell it
/// @param allowed how many rows may be rejected
public record LoadOptions(Optional<SourceFormat> format, Allowance allowed, LoadProgress progress) {
  public static final LoadOptions DEFAULT =
      new LoadOptions(Optional.empty(), Allowance.NONE, LoadProgress.SILENT);

  public LoadOptions allowing(Allowance allowance) {
    return new LoadOptions(format, allowance, progress);
  }
}
