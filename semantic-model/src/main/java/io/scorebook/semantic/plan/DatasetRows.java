package io.scorebook.semantic.plan;

import io.scorebook.semantic.expression.Expressions;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Field;
import io.scorebook.semantic.model.Relationship;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelNode;

/// The rows of a dataset with all that is known of them: its own fields, then the dimensions that
/// it reaches by one path.
final class DatasetRows {
  private DatasetRows() {}

  static RelNode plan(CompiledModel model, Expressions expressions, Dataset dataset) {
    Map<String, FieldPath> columns = columns(model, dataset);
    AskedQueries.of(expressions.cluster())
        .addRows(
            dataset,
            columns.entrySet().stream()
                .filter(column -> !column.getValue().path().isEmpty())
                .map(Map.Entry::getKey)
                .toList());
    List<List<Relationship>> paths =
        columns.values().stream().map(FieldPath::path).distinct().toList();
    FactRows rows = FactRows.join(model, expressions, dataset, paths);
    return rows.finish(
        columns.values().stream().map(rows::value).toList(), new ArrayList<>(columns.keySet()));
  }

  static Map<String, FieldPath> columns(CompiledModel model, Dataset dataset) {
    var columns = new LinkedHashMap<String, FieldPath>();
    for (Field field : dataset.fields()) {
      columns.put(field.name(), new FieldPath(List.of(), dataset, field));
    }
    model
        .graph()
        .dimensions(dataset)
        .forEach((name, paths) -> {
          boolean own = dataset.findField(name).isPresent();
          if (!own && paths.size() == 1) {
            columns.put(name, paths.getFirst());
          }
        });
    return columns;
  }
}
