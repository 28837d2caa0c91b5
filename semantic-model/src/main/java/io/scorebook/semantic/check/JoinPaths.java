package io.scorebook.semantic.check;

import io.scorebook.documents.Findings;
import io.scorebook.semantic.model.Dataset;

/// No dataset has more join paths than anybody can overlook.
final class JoinPaths implements Rule {
  @Override
  public void check(Subject subject, Findings findings) {
    for (Dataset dataset : subject.model().datasets()) {
      if (!subject.reach().isBounded(dataset)) {
        findings.error(
            dataset.location(),
            "Cannot look at %,d join paths or more from dataset '%s'"
                .formatted(Reach.MAX_PATHS, dataset.name()),
            "remove relationships that lead to the same datasets by other ways");
      }
    }
  }
}
