package io.scorebook.engine.answer;

import io.scorebook.engine.domain.Domain;
import java.util.List;
import java.util.Set;

/// Knows whether products are as they promise.
public interface Standing {
  /// Nothing is known of any product.
  Standing UNKNOWN = (_, _, _) -> List.of();

  /// What ports of products miss of what they promise, as far as it is known without measuring.
  ///
  /// @param domain as the asker may see it: he is not told of tables of which something is kept
  ///   from him
  /// @param ports that are read, as `schema.table`
  /// @param tables that are read
  List<Provenance.Missed> missed(Domain domain, Set<String> ports, PinnedTables tables);
}
