package io.scorebook.catalog.contract;

import io.scorebook.catalog.contract.Contract.Field;
import io.scorebook.catalog.table.ColumnType;
import io.scorebook.catalog.table.ColumnType.Simple;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.iceberg.ReplaceSortOrder;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/// How a table that exists comes to fit its contract: only so that all who read it before still
/// can.
public sealed interface Evolution {

  /// What has to change; nothing where the list is empty.
  record Compatible(List<Change> changes) implements Evolution {
    public Compatible {
      changes = List.copyOf(changes);
    }
  }

  /// Why it cannot; nothing was changed.
  record Refused(List<String> reasons) implements Evolution {
    public Refused {
      reasons = List.copyOf(reasons);
    }
  }

  /// Why the table cannot come to fit; empty where it can.
  default List<String> reasonsAgainst() {
    return switch (this) {
      case Compatible _ -> List.of();
      case Refused(List<String> reasons) -> reasons;
    };
  }

  /// One thing that changes without harm to those who read the table.
  sealed interface Change {
    record Add(Field field) implements Change {}

    record Widen(String column, ColumnType type) implements Change {}

    record MakeOptional(String column) implements Change {}

    record Describe(String column, @Nullable String doc) implements Change {}

    record Reorder(List<String> columns) implements Change {}
  }

  /// Compares a table with its contract.
  static Evolution plan(Contract contract, Table table) {
    var changes = new ArrayList<Change>();
    var reasons = new ArrayList<String>();
    Schema schema = table.schema();
    for (Field field : contract.fields()) {
      NestedField column = schema.findField(field.name());
      if (column == null) {
        add(field, changes, reasons);
      } else {
        compare(field, column, changes, reasons);
      }
    }
    for (NestedField column : schema.columns()) {
      if (contract.findField(column.name()).isEmpty()) {
        reasons.add(
            "Cannot drop the column '%s': those who read it would fail".formatted(column.name()));
      }
    }
    checkKey(contract, schema, reasons);
    String parts =
        TableForm.partitions(contract, TableForm.schema(contract)).fields().stream()
            .map(part -> part.transform() + "(" + part.name() + ")")
            .toList()
            .toString();
    String present =
        table.spec().fields().stream()
            .map(part -> part.transform() + "(" + part.name() + ")")
            .toList()
            .toString();
    if (!parts.equals(present)) {
      reasons.add("Cannot change the partitioning from %s to %s".formatted(present, parts));
    }
    List<String> order =
        table.sortOrder().fields().stream()
            .map(part -> Objects.requireNonNullElse(schema.findColumnName(part.sourceId()), ""))
            .toList();
    if (!order.equals(contract.sortOrder())) {
      changes.add(new Change.Reorder(contract.sortOrder()));
    }
    return reasons.isEmpty() ? new Compatible(changes) : new Refused(reasons);
  }

  private static void add(Field field, List<Change> changes, List<String> reasons) {
    if (field.required()) {
      reasons.add(
          "Cannot add the column '%s' as required: present rows have no value; make it nullable"
              .formatted(field.name()));
    } else {
      changes.add(new Change.Add(field));
    }
  }

  private static void compare(
      Field field, NestedField column, List<Change> changes, List<String> reasons) {
    Type wanted = field.type().icebergType();
    if (!wanted.equals(column.type())) {
      if (widens(ColumnType.of(column.type()), field.type())) {
        changes.add(new Change.Widen(field.name(), field.type()));
      } else {
        reasons.add(
            "Cannot change the column '%s' from %s to %s"
                .formatted(field.name(), column.type(), wanted));
      }
    }
    if (field.required() && column.isOptional()) {
      reasons.add(
          "Cannot make the column '%s' required: present rows may lack it".formatted(field.name()));
    } else if (!field.required() && column.isRequired()) {
      changes.add(new Change.MakeOptional(field.name()));
    }
    if (!Objects.equals(field.doc().orElse(null), column.doc())) {
      changes.add(new Change.Describe(field.name(), field.doc().orElse(null)));
    }
  }

  private static boolean widens(ColumnType from, ColumnType to) {
    return (from == Simple.INTEGER && to == Simple.LONG)
        || (from == Simple.FLOAT && to == Simple.DOUBLE)
        || (from instanceof ColumnType.Decimal(int narrow, int scale)
            && to instanceof ColumnType.Decimal(int wide, int same)
            && scale == same
            && wide > narrow);
  }

  private static void checkKey(Contract contract, Schema schema, List<String> reasons) {
    Set<String> present = new HashSet<>(schema.identifierFieldNames());
    if (!present.equals(Set.copyOf(contract.primaryKey()))) {
      reasons.add(
          "Cannot change the primary key from %s to %s"
              .formatted(present.stream().sorted().toList(), contract.primaryKey()));
    }
  }

  /// Makes the changes in one commit; none where there is nothing to change.
  static void apply(Compatible evolution, Table table) {
    if (evolution.changes().isEmpty()) {
      return;
    }
    Transaction transaction = table.newTransaction();
    UpdateSchema schema = transaction.updateSchema();
    for (Change change : evolution.changes()) {
      switch (change) {
        case Change.Add(Field field) ->
            schema.addColumn(field.name(), field.type().icebergType(), field.doc().orElse(null));
        case Change.Widen(String column, ColumnType type) ->
            schema.updateColumn(column, type.icebergType().asPrimitiveType());
        case Change.MakeOptional(String column) -> schema.makeColumnOptional(column);
        case Change.Describe(String column, String doc) -> schema.updateColumnDoc(column, doc);
        case Change.Reorder _ -> {}
      }
    }
    schema.commit();
    for (Change change : evolution.changes()) {
      if (change instanceof Change.Reorder(List<String> columns)) {
        ReplaceSortOrder order = transaction.replaceSortOrder();
        columns.forEach(order::asc);
        order.commit();
      }
    }
    transaction.commitTransaction();
  }
}
