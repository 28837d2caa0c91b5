package io.scorebook.engine.answer;

import io.scorebook.catalog.table.TableSnapshot;
import io.scorebook.engine.answer.EngineException.Kind;
import io.scorebook.semantic.plan.GovernedScan;
import io.scorebook.semantic.plan.Plan;
import io.scorebook.semantic.plan.SourceTable;
import java.util.HashSet;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableScan;

/// Columns by which policies choose rows, and which their readers do not see. Where data was loaded
/// before there was such a column, an engine would say what it is called.
final class UntoldColumns {
  private UntoldColumns() {}

  /// @throws EngineException where one is not in the data
  static void check(Plan plan, PinnedTables tables) {
    look(plan.rel(), tables);
  }

  private static void look(RelNode rel, PinnedTables tables) {
    if (rel instanceof GovernedScan governed) {
      var shown = new HashSet<>(governed.getRowType().getFieldNames());
      lookAt(governed.expansion(), shown, tables);
    }
    rel.getInputs().forEach(input -> look(input, tables));
  }

  private static void lookAt(RelNode rel, Set<String> shown, PinnedTables tables) {
    if (rel instanceof TableScan scan) {
      String table = String.join(".", scan.getTable().getQualifiedName());
      tables.table(table).snapshot().ifPresent(snapshot -> check(scan, shown, table, snapshot));
    }
    rel.getInputs().forEach(input -> lookAt(input, shown, tables));
  }

  private static void check(
      TableScan scan, Set<String> shown, String table, TableSnapshot snapshot) {
    for (String column : scan.getRowType().getFieldNames()) {
      if (!shown.contains(column) && snapshot.schema().findField(column) == null) {
        throw new EngineException(
            Kind.DATA,
            "Cannot read the table '%s' as it was loaded: policies need what it had not then; load it again by its present contract"
                .formatted(SourceTable.untagged(table)),
            null);
      }
    }
  }
}
