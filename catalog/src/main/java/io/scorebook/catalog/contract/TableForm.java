package io.scorebook.catalog.contract;

import io.scorebook.catalog.contract.Contract.Field;
import io.scorebook.catalog.contract.Contract.Partitioning;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.types.Types.NestedField;

/// The Iceberg table that a contract describes: columns, identifier fields, partitions, order.
public final class TableForm {
  /// A contract's table as it is made: compressed, with a bounded history of metadata files.
  private static final Map<String, String> PROPERTIES =
      Map.of(
          "format-version", "2",
          "write.parquet.compression-codec", "zstd",
          "write.metadata.delete-after-commit.enabled", "true",
          "write.metadata.previous-versions-max", "100");

  private TableForm() {}

  /// The columns, with provisional ids; the catalog gives the lasting ones.
  public static Schema schema(Contract contract) {
    var columns = new java.util.ArrayList<NestedField>();
    Set<Integer> key = new HashSet<>();
    int id = 0;
    for (Field field : contract.fields()) {
      id++;
      columns.add(
          NestedField.builder()
              .withId(id)
              .withName(field.name())
              .isOptional(!field.required())
              .ofType(field.type().icebergType())
              .withDoc(field.doc().orElse(null))
              .build());
      if (contract.primaryKey().contains(field.name())) {
        key.add(id);
      }
    }
    return new Schema(columns, key);
  }

  public static PartitionSpec partitions(Contract contract, Schema schema) {
    var spec = PartitionSpec.builderFor(schema);
    for (Partitioning part : contract.partitioning()) {
      switch (part.transform()) {
        case IDENTITY -> spec.identity(part.field());
        case YEAR -> spec.year(part.field());
        case MONTH -> spec.month(part.field());
        case DAY -> spec.day(part.field());
      }
    }
    return spec.build();
  }

  public static SortOrder order(Contract contract, Schema schema) {
    var order = SortOrder.builderFor(schema);
    contract.sortOrder().forEach(order::asc);
    return order.build();
  }

  public static Map<String, String> properties() {
    return PROPERTIES;
  }
}
