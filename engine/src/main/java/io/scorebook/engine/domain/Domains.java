package io.scorebook.engine.domain;

import java.util.List;
import java.util.Optional;

/// The domains that are published, as they are at this moment.
public interface Domains {
  /// All of them, in order of their names.
  List<Domain> list();

  Optional<Domain> find(String name);
}
