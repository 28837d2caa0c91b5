package io.scorebook.semantic.check;

import io.scorebook.documents.Findings;
import io.scorebook.semantic.model.SemanticModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Looks at models that are right for what their readers and askers would miss or fall over:
/// warnings and hints, never errors. Models with errors are for [ModelCheck].
public final class ModelLint {
  private static final List<Rule> RULES =
      List.of(
          new MissingDescriptions(),
          new MissingKeys(),
          new NameStyle(),
          new RepeatedMetrics(),
          new UnlikeParts(),
          new AddedUpParts());

  private ModelLint() {}

  /// @param used the names of metrics that products and tests use; absent where nothing could use
  ///   them yet
  public static void check(SemanticModel model, Optional<Set<String>> used, Findings findings) {
    var subject = new Subject(model, Optional.empty());
    List<Rule> rules = new ArrayList<>(RULES);
    used.ifPresent(names -> rules.add(new DeadMetrics(names)));
    rules.forEach(rule -> rule.check(subject, findings));
  }
}
