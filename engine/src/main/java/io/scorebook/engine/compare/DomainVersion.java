package io.scorebook.engine.compare;

import io.scorebook.catalog.policy.Policies;
import io.scorebook.documents.Findings;
import io.scorebook.engine.domain.Domain;
import io.scorebook.semantic.compare.ModelVersion;
import java.nio.file.Path;
import java.util.Optional;

/// One of two versions of a domain.
public record DomainVersion(Domain domain, Policies policies, ModelVersion model) {

  public static DomainVersion of(Domain domain, Policies policies) {
    return new DomainVersion(
        domain, policies, new ModelVersion(domain.model(), Optional.of(domain.planner())));
  }

  /// Reads a domain's folder.
  ///
  /// @param findings all mistakes of all documents; with an error among them there is no version
  public static Optional<DomainVersion> read(Path folder, Findings findings) {
    return Domain.read(folder, findings)
        .flatMap(domain -> Policies.read(folder, findings).map(by -> of(domain, by)));
  }
}
