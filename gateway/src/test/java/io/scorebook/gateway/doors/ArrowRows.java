package io.scorebook.gateway.doors;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/// Answers that come as Arrow.
final class ArrowRows {
  private ArrowRows() {}

  /// A stream of Arrow's.
  static Told.Rows read(byte[] stream) throws IOException {
    try (var allocator = new RootAllocator();
        var reader = new ArrowStreamReader(new ByteArrayInputStream(stream), allocator)) {
      VectorSchemaRoot root = reader.getVectorSchemaRoot();
      var rows = new ArrayList<List<@Nullable Object>>();
      while (reader.loadNextBatch()) {
        rows.addAll(rows(root));
      }
      return new Told.Rows(names(root.getSchema()), types(root.getSchema()), rows);
    }
  }

  static List<String> names(Schema schema) {
    return schema.getFields().stream().map(Field::getName).toList();
  }

  static List<String> types(Schema schema) {
    return schema.getFields().stream().map(field -> type(field.getType())).toList();
  }

  private static String type(ArrowType type) {
    return switch (type) {
      case ArrowType.Utf8 _ -> "string";
      case ArrowType.Int _ -> "integer";
      case ArrowType.Decimal decimal ->
          "decimal(%d,%d)".formatted(decimal.getPrecision(), decimal.getScale());
      case ArrowType.FloatingPoint _ -> "double";
      case ArrowType.Bool _ -> "boolean";
      case ArrowType.Date _ -> "date";
      case ArrowType.Timestamp time -> time.getTimezone() == null ? "timestamp" : "instant";
      default -> type.toString();
    };
  }

  /// The rows of one batch.
  static List<List<@Nullable Object>> rows(VectorSchemaRoot root) {
    var rows = new ArrayList<List<@Nullable Object>>();
    for (int i = 0; i < root.getRowCount(); i++) {
      var row = new ArrayList<@Nullable Object>();
      for (FieldVector vector : root.getFieldVectors()) {
        row.add(value(vector, i));
      }
      rows.add(row);
    }
    return rows;
  }

  private static @Nullable Object value(FieldVector vector, int row) {
    Object value = vector.getObject(row);
    return switch (value) {
      case null -> null;
      case BigDecimal exact -> Told.exact(exact);
      case Integer number when vector.getField().getType() instanceof ArrowType.Date ->
          LocalDate.ofEpochDay(number);
      case LocalDateTime time -> time;
      case Long micros when vector.getField().getType() instanceof ArrowType.Timestamp ->
          Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
      case Long number -> number;
      case Double number -> number;
      case Boolean truth -> truth;
      default -> value.toString();
    };
  }
}
