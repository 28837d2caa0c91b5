package io.scorebook.engine.reference;

import org.apache.calcite.rel.type.RelDataType;

/// Where the rows of a plan's tables come from.
interface TableRows {
  /// @param table `namespace.name`
  /// @param rowType the columns that are wanted, in their order
  RowSource open(String table, RelDataType rowType);
}
