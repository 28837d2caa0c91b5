package io.scorebook.semantic.check;

import io.scorebook.documents.Findings;
import io.scorebook.semantic.model.Dataset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// A name that metrics can be grouped by leads to one field by one path. Where it does not,
/// questions that use it are refused; the model as such can be used, so this is a warning.
final class AmbiguousNames implements Rule {
  @Override
  public void check(Subject subject, Findings findings) {
    Set<Dataset> facts = new LinkedHashSet<>();
    subject.model().metrics().forEach(metric -> facts.addAll(subject.facts(metric)));
    for (Dataset fact : facts) {
      subject
          .reach()
          .visible(fact)
          .forEach((name, paths) -> {
            if (paths.size() > 1) {
              findings.warning(
                  fact.location(),
                  "Cannot group metrics on '%s' by '%s', since it is ambiguous: %s all lead to one;"
                          .formatted(fact.name(), name, describe(paths))
                      + " say by 'exposes' which names a relationship shows, and as what");
            }
          });
    }
  }

  private static String describe(List<Reach.Path> paths) {
    return String.join(", ", paths.stream().map(Reach.Path::toString).sorted().toList());
  }
}
