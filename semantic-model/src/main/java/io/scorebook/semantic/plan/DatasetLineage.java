package io.scorebook.semantic.plan;

import io.scorebook.semantic.expression.Expressions;
import io.scorebook.semantic.lineage.Lineage;
import io.scorebook.semantic.lineage.Lineage.Edge;
import io.scorebook.semantic.lineage.LineageWalk;
import io.scorebook.semantic.lineage.ModelLineage.Column;
import io.scorebook.semantic.lineage.ModelLineage.OfDataset;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Field;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/// What the rows and the fields of a dataset come from.
final class DatasetLineage {
  private DatasetLineage() {}

  static OfDataset of(CompiledModel model, Dataset dataset) {
    Expressions expressions = AssumedKeys.planning(model);
    RelNode source = FactRows.source(model, expressions, dataset);
    var rows = FactRows.joinTo(model, expressions, source, List.of());
    List<String> names = dataset.fields().stream().map(Field::name).toList();
    Lineage lineage =
        LineageWalk.of(
            rows.finish(
                dataset.fields().stream()
                    .map(field -> rows.value(new FieldPath(List.of(), dataset, field)))
                    .toList(),
                names),
            names);
    var fields = new LinkedHashMap<String, Set<Edge>>();
    for (String name : names) {
      var edges = new TreeSet<>(lineage.columns().getOrDefault(name, Set.of()));
      edges.removeIf(edge -> !edge.use().isValue() && lineage.rows().contains(edge));
      fields.put(name, edges);
    }
    return new OfDataset(
        dataset.name(), tables(source), lineage.rows(), named(model, dataset, source), fields);
  }

  private static Set<String> tables(RelNode source) {
    var tables = new TreeSet<String>();
    scans(source).forEach(scan -> tables.add(String.join(".", scan.getTable().getQualifiedName())));
    return tables;
  }

  private static List<TableScan> scans(RelNode source) {
    var scans = new LinkedHashSet<TableScan>();
    new RelVisitor() {
      @Override
      public void visit(RelNode node, int ordinal, @Nullable RelNode parent) {
        if (node instanceof TableScan scan) {
          scans.add(scan);
        }
        super.visit(node, ordinal, parent);
      }
    }.go(source);
    return List.copyOf(scans);
  }

  /// The columns of the query's tables that it names. Of two tables with a column of one name,
  /// either may be meant: both count.
  private static Set<Column> named(CompiledModel model, Dataset dataset, RelNode source) {
    Set<String> words = new HashSet<>();
    model.query(dataset).ifPresent(query -> words.addAll(words(query)));
    var named = new LinkedHashSet<Column>();
    for (TableScan scan : scans(source)) {
      String table = String.join(".", scan.getTable().getQualifiedName());
      scan.getRowType().getFieldNames().stream()
          .filter(column -> words.contains(column.toLowerCase(Locale.ROOT)))
          .forEach(column -> named.add(new Column(table, column)));
    }
    return named;
  }

  private static Set<String> words(SqlNode query) {
    var words = new HashSet<String>();
    query.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          @SuppressWarnings("NullAway") // a visitor of Void gives nothing
          public Void visit(SqlIdentifier identifier) {
            words.add(identifier.names.getLast().toLowerCase(Locale.ROOT));
            return null;
          }
        });
    return words;
  }
}
