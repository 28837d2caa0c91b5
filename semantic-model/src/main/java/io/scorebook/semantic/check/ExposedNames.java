package io.scorebook.semantic.check;

import io.scorebook.documents.Findings;
import io.scorebook.documents.Suggestions;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Relationship;
import java.util.Set;
import java.util.regex.Pattern;

/// What a relationship exposes is there, under a name that can be asked for.
final class ExposedNames implements Rule {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

  @Override
  public void check(Subject subject, Findings findings) {
    for (Relationship relationship : subject.model().relationships()) {
      subject
          .model()
          .findDataset(relationship.to())
          .filter(to -> subject.reach().isBounded(to))
          .ifPresent(to -> check(subject, relationship, to, findings));
    }
  }

  private static void check(
      Subject subject, Relationship relationship, Dataset to, Findings findings) {
    Set<String> there = subject.reach().visible(to).keySet();
    relationship
        .exposes()
        .ifPresent(names ->
            names.forEach((seen, name) -> {
              if (there.stream().noneMatch(name::equalsIgnoreCase)) {
                findings.error(
                    relationship.location(),
                    "Cannot expose '%s' by relationship '%s': dataset '%s' has no such"
                            .formatted(name, relationship.name(), to.name())
                        + " dimension",
                    Suggestions.clause(name, there));
              }
              if (!NAME.matcher(seen).matches()) {
                findings.error(
                    relationship.location(),
                    "Invalid name '%s' exposed by relationship '%s'"
                        .formatted(seen, relationship.name()),
                    "use letters, digits and _");
              }
            }));
  }
}
