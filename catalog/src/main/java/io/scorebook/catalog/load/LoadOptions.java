package io.scorebook.catalog.load;

import java.util.Optional;

/// @param format of all files; absent where their names tell it
/// @param allowed how many rows may be rejected
/// @param audit a last look at the table as it would be
public record LoadOptions(
    Optional<SourceFormat> format, Allowance allowed, LoadProgress progress, Audit audit) {
  public static final LoadOptions DEFAULT =
      new LoadOptions(Optional.empty(), Allowance.NONE, LoadProgress.SILENT);

  public LoadOptions(Optional<SourceFormat> format, Allowance allowed, LoadProgress progress) {
    this(format, allowed, progress, Audit.NONE);
  }

  public LoadOptions allowing(Allowance allowance) {
    return new LoadOptions(format, allowance, progress, audit);
  }

  public LoadOptions audited(Audit by) {
    return new LoadOptions(format, allowed, progress, by);
  }
}
