package io.scorebook.semantic.check;

import io.scorebook.documents.Findings;
import io.scorebook.semantic.model.SemanticModel;
import io.scorebook.semantic.plan.SourceTable;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Checks models. A model without an error here and in its reading can be planned; one with an
/// error must not be used.
public final class ModelCheck {
  private static final List<Rule> RULES =
      List.of(
          new UniqueNames(),
          new Syntax(),
          new Sources(),
          new KeyColumns(),
          new RelationshipEnds(),
          new RelationshipKeys(),
          new RelationshipTypes(),
          new JoinPaths(),
          new ExposedNames(),
          new FieldColumns(),
          new MetricForm(),
          new MetricReferences(),
          new MetricFacts(),
          new MetricCycles(),
          new SequenceFields(),
          new SequenceExpressions(),
          new Conversions(),
          new TimeMetrics(),
          new FixedGrains(),
          new MetricBases(),
          new Calendars(),
          new AmbiguousNames(),
          new ConformedNames(),
          new NameClashes(),
          new Types());

  private ModelCheck() {}

  /// Checks a model by itself. That its sources exist and have the columns that it names is not
  /// known then.
  public static void check(SemanticModel model, Findings findings) {
    check(new Subject(model, Optional.empty()), findings);
  }

  /// Checks a model against the tables of the catalog.
  public static void check(SemanticModel model, Collection<SourceTable> tables, Findings findings) {
    check(new Subject(model, Optional.of(tables)), findings);
  }

  private static void check(Subject subject, Findings findings) {
    for (Rule rule : RULES) {
      rule.check(subject, findings);
    }
  }
}
