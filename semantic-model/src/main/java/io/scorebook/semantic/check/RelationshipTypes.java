package io.scorebook.semantic.check;

import io.scorebook.documents.Findings;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Relationship;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;

/// The columns that a relationship compares are of one kind: a text is never equal to a number, and
/// an engine that says otherwise has guessed.
final class RelationshipTypes implements Rule {
  @Override
  public void check(Subject subject, Findings findings) {
    for (Relationship relationship : subject.model().relationships()) {
      Optional<Dataset> from = subject.model().findDataset(relationship.from());
      Optional<Dataset> to = subject.model().findDataset(relationship.to());
      if (from.isEmpty() || to.isEmpty()) {
        continue;
      }
      for (int i = 0; i < relationship.fromColumns().size(); i++) {
        Optional<RelDataType> one = type(subject, from.get(), relationship.fromColumns().get(i));
        Optional<RelDataType> other = type(subject, to.get(), relationship.toColumns().get(i));
        if (one.isPresent() && other.isPresent() && !areComparable(one.get(), other.get())) {
          findings.error(
              relationship.location(),
              "Cannot compare %s.%s with %s.%s in relationship '%s': one is %s, the other %s"
                  .formatted(
                      relationship.from(),
                      relationship.fromColumns().get(i),
                      relationship.to(),
                      relationship.toColumns().get(i),
                      relationship.name(),
                      one.get().getSqlTypeName(),
                      other.get().getSqlTypeName()),
              "give both columns one type");
        }
      }
    }
  }

  private static Optional<RelDataType> type(Subject subject, Dataset dataset, String column) {
    return subject
        .columns(dataset)
        .map(row -> row.getField(column, false, false))
        .map(RelDataTypeField::getType);
  }

  private static boolean areComparable(RelDataType one, RelDataType other) {
    return one.getSqlTypeName() == other.getSqlTypeName()
        || isUnknown(one)
        || isUnknown(other)
        || SqlTypeFamily.NUMERIC.contains(one) && SqlTypeFamily.NUMERIC.contains(other)
        || SqlTypeFamily.CHARACTER.contains(one) && SqlTypeFamily.CHARACTER.contains(other)
        || SqlTypeFamily.DATETIME.contains(one) && SqlTypeFamily.DATETIME.contains(other);
  }

  private static boolean isUnknown(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.ANY || type.getSqlTypeName() == SqlTypeName.NULL;
  }
}
