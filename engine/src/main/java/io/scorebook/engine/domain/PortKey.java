package io.scorebook.engine.domain;

import io.scorebook.engine.domain.Domain.PublicPort;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Field;
import io.scorebook.semantic.plan.Plan.Role;
import io.scorebook.semantic.plan.ProductTable.Content;
import io.scorebook.semantic.plan.TableDescription;
import io.scorebook.semantic.plan.TableDescription.ColumnDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// By which columns the rows of a port are told apart.
public final class PortKey {
  private PortKey() {}

  /// The dimensions of a question; the primary key of a dataset, where all of it is among the
  /// columns. Empty where there is none to go by: a mask may have made one of two keys.
  ///
  /// @param isRestricted whether policies keep something back of what the port reads
  public static Optional<List<ColumnDescription>> find(
      Domain domain, PublicPort port, TableDescription table, boolean isRestricted) {
    return switch (port.table().content()) {
      case Content.Metrics _ ->
          Optional.of(
              table.columns().stream().filter(column -> column.role() == Role.DIMENSION).toList());
      case Content.Rows(String dataset) ->
          isRestricted
              ? Optional.empty()
              : domain
                  .modelOf(port)
                  .findDataset(dataset)
                  .flatMap(found -> primaryKey(found, table));
    };
  }

  private static Optional<List<ColumnDescription>> primaryKey(
      Dataset dataset, TableDescription table) {
    var key = new ArrayList<ColumnDescription>();
    for (String column : dataset.primaryKey()) {
      Optional<ColumnDescription> shown =
          dataset.fields().stream()
              .filter(field -> is(field, column))
              .flatMap(field ->
                  table.columns().stream().filter(c -> c.name().equalsIgnoreCase(field.name())))
              .findFirst();
      if (shown.isEmpty()) {
        return Optional.empty();
      }
      key.add(shown.get());
    }
    return key.isEmpty() ? Optional.empty() : Optional.of(key);
  }

  /// Whether the field is the column as it is.
  public static boolean is(Field field, String column) {
    return field
        .expression()
        .strip()
        .replace("\"", "")
        .toLowerCase(Locale.ROOT)
        .equals(column.toLowerCase(Locale.ROOT));
  }
}
