package io.scorebook.catalog.load;

import io.scorebook.catalog.store.TableName;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Nothing was changed, and why.
///
/// @param summary one sentence, beginning with "Cannot load"
/// @param reasons the first of them in full, as `FILE:LINE: WHAT`
/// @param rejected rows that were rejected; 0 where the load was refused for another reason
public record LoadRefused(TableName table, String summary, List<String> reasons, long rejected)
    implements LoadResult {
  public LoadRefused {
    reasons = List.copyOf(reasons);
  }

  /// Summary and reasons, a line each.
  public String message() {
    return Stream.concat(Stream.of(summary), reasons.stream().map(reason -> "  " + reason))
        .collect(Collectors.joining("\n"));
  }
}
