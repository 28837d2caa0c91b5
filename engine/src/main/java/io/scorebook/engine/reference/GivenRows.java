package io.scorebook.engine.reference;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.jspecify.annotations.Nullable;

/// Tables whose rows are given, in memory. A table that is not among them has no rows.
public final class GivenRows {
  private final Map<String, Table> tables;

  /// @param rows values in the order of the columns, as Iceberg's reader gives them
  public record Table(List<String> columns, List<@Nullable Object[]> rows) {
    public Table {
      columns = List.copyOf(columns);
      rows = List.copyOf(rows);
    }
  }

  /// @param tables by `namespace.name`
  public GivenRows(Map<String, Table> tables) {
    this.tables = Map.copyOf(tables);
  }

  RowSource open(String name, RelDataType rowType) {
    Table table = tables.get(name);
    if (table == null) {
      return RowSource.of(List.of());
    }
    List<RelDataTypeField> wanted = rowType.getFieldList();
    int[] places =
        wanted.stream().mapToInt(field -> table.columns().indexOf(field.getName())).toArray();
    Iterator<@Nullable Object[]> rows = table.rows().iterator();
    return () -> {
      if (!rows.hasNext()) {
        return null;
      }
      @Nullable Object[] given = rows.next();
      @Nullable Object[] row = new @Nullable Object[places.length];
      for (int i = 0; i < places.length; i++) {
        if (places[i] < 0) {
          throw new IllegalArgumentException(
              "Invalid table '%s': has no column '%s'".formatted(name, wanted.get(i).getName()));
        }
        row[i] = Values.read(given[places[i]], wanted.get(i).getType());
      }
      return row;
    };
  }
}
