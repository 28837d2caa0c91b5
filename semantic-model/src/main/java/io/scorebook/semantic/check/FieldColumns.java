package io.scorebook.semantic.check;

import io.scorebook.documents.Findings;
import io.scorebook.documents.Suggestions;
import io.scorebook.semantic.expression.RowWindows;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Field;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;

/// A field is computed from the rows of its source, one value for each: of columns that the source
/// has, without aggregates (but over windows) and subqueries.
final class FieldColumns implements Rule {
  @Override
  public void check(Subject subject, Findings findings) {
    for (Dataset dataset : subject.model().datasets()) {
      for (Field field : dataset.fields()) {
        subject
            .parse(field)
            .tree()
            .ifPresent(tree -> check(subject, dataset, field, tree, findings));
      }
    }
  }

  private static void check(
      Subject subject, Dataset dataset, Field field, SqlNode tree, Findings findings) {
    MetricShape shape = MetricShape.ofField(tree);
    try {
      RowWindows.total(tree, dataset.primaryKey());
    } catch (SqlParseException e) {
      findings.error(Parsed.place(field.expressionAt(), e.getPos()), Parsed.reason(e));
    }
    shape
        .misplaced()
        .forEach(problem ->
            findings.error(Parsed.place(field.expressionAt(), problem.position()), problem.why()));
    shape
        .aggregates()
        .forEach(aggregate ->
            findings.error(
                Parsed.place(field.expressionAt(), aggregate.call().getParserPosition()),
                "Cannot have the aggregate '%s' in field '%s.%s'"
                    .formatted(aggregate.function(), dataset.name(), field.name()),
                "define a metric"));
    for (SqlIdentifier name : shape.names()) {
      check(subject, dataset, field, name, findings);
    }
  }

  private static void check(
      Subject subject, Dataset dataset, Field field, SqlIdentifier name, Findings findings) {
    boolean foreign =
        name.names.size() > 2
            || (name.names.size() == 2 && !name.names.getFirst().equalsIgnoreCase(dataset.name()));
    String column = name.names.getLast();
    if (foreign) {
      findings.error(
          Parsed.place(field.expressionAt(), name.getParserPosition()),
          "Cannot use '%s' in field '%s.%s'".formatted(name, dataset.name(), field.name()),
          "name a column of the dataset's own source");
      return;
    }
    subject
        .columns(dataset)
        .filter(row -> row.getField(column, false, false) == null)
        .map(RelDataType::getFieldNames)
        .ifPresent(columns ->
            findings.error(
                Parsed.place(field.expressionAt(), name.getParserPosition()),
                "Cannot find the column '%s' of field '%s.%s'"
                    .formatted(column, dataset.name(), field.name()),
                Suggestions.clause(column, columns)));
  }
}
