package io.scorebook.semantic.plan;

import io.scorebook.semantic.expression.Sql;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Metric;
import io.scorebook.semantic.model.SemanticModel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/// Whose rows an aggregate counts that names no field, such as `COUNT(*)`: those of the dataset
/// that everything else in the metric is about.
///
/// That is what its expression names, what the metrics are about that it is made of, and the fields
/// of its kind (its time, its entity); where none of these says it, the only dataset of the model.
public final class CountedRows {
  private final SemanticModel model;
  private final Set<Dataset> named = new LinkedHashSet<>();
  private final Set<Metric> seen = new HashSet<>();

  private CountedRows(SemanticModel model) {
    this.model = model;
  }

  /// One dataset where it is clear; else all that it may be.
  ///
  /// @param leads whether the rows of one dataset each have a row of another
  public static List<Dataset> candidates(
      SemanticModel model, Metric metric, BiPredicate<Dataset, Dataset> leads) {
    var rows = new CountedRows(model);
    rows.collect(metric);
    if (rows.named.isEmpty()) {
      return model.datasets();
    }
    List<Dataset> leading =
        rows.named.stream()
            .filter(
                from -> rows.named.stream().allMatch(to -> to.equals(from) || leads.test(from, to)))
            .toList();
    return leading.size() == 1 ? leading : List.copyOf(rows.named);
  }

  private void collect(Metric metric) {
    if (!seen.add(metric)) {
      return;
    }
    try {
      collect(Sql.parseExpression(metric.expression()));
    } catch (SqlParseException _) {
      // told by the check of the syntax
    }
    var fields = new ArrayList<String>();
    if (metric instanceof Metric.OfEntity of) {
      fields.addAll(of.entity());
      fields.addAll(of.order());
    }
    if (metric instanceof Metric.OverTime over) {
      fields.add(over.time());
    }
    fields.stream()
        .filter(field -> field.indexOf('.') > 0)
        .flatMap(field -> model.findDataset(field.substring(0, field.indexOf('.'))).stream())
        .forEach(named::add);
  }

  private void collect(SqlNode expression) {
    expression.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public Void visit(SqlIdentifier identifier) {
            if (identifier.names.size() == 2) {
              model.findDataset(identifier.names.getFirst()).ifPresent(named::add);
            } else if (identifier.isSimple() && !identifier.isStar()) {
              model.findMetric(identifier.getSimple()).ifPresent(CountedRows.this::collect);
            }
            return null;
          }
        });
  }
}
