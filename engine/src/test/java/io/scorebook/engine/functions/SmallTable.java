package io.scorebook.engine.functions;

import io.scorebook.engine.answer.Lake;
import io.scorebook.semantic.plan.SourceTable;
import io.scorebook.semantic.plan.SourceTable.Type;
import io.scorebook.semantic.plan.SourceTable.Type.Decimal;
import io.scorebook.semantic.plan.SourceTable.Type.Simple;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/// The table `test.t` over which the functions are tried: six rows with NULLs and edges.
///
/// `g` has the groups a (rows 1 to 3), b (4 and 5) and c (6). Row 3 and row 6 are NULL in all but
/// `id` and `g`. The last three columns are for aggregates.
final class SmallTable {
  private static final Schema SCHEMA =
      new Schema(
          Types.NestedField.required(1, "id", Types.IntegerType.get()),
          Types.NestedField.required(2, "g", Types.StringType.get()),
          Types.NestedField.optional(3, "s", Types.StringType.get()),
          Types.NestedField.optional(4, "i", Types.IntegerType.get()),
          Types.NestedField.optional(5, "b", Types.LongType.get()),
          Types.NestedField.optional(6, "d", Types.DecimalType.of(9, 2)),
          Types.NestedField.optional(7, "f", Types.DoubleType.get()),
          Types.NestedField.optional(8, "day", Types.DateType.get()),
          Types.NestedField.optional(9, "at", Types.TimestampType.withoutZone()),
          Types.NestedField.optional(10, "ok", Types.BooleanType.get()),
          Types.NestedField.optional(11, "n", Types.IntegerType.get()),
          Types.NestedField.optional(12, "x", Types.DecimalType.of(9, 2)),
          Types.NestedField.optional(13, "y", Types.DoubleType.get()));

  private SmallTable() {}

  static SourceTable source() {
    return new SourceTable(
        "test",
        "t",
        List.of(
            column("id", Simple.INTEGER, true),
            column("g", Simple.STRING, true),
            column("s", Simple.STRING, false),
            column("i", Simple.INTEGER, false),
            column("b", Simple.LONG, false),
            column("d", new Decimal(9, 2), false),
            column("f", Simple.DOUBLE, false),
            column("day", Simple.DATE, false),
            column("at", Simple.TIMESTAMP, false),
            column("ok", Simple.BOOLEAN, false),
            column("n", Simple.INTEGER, false),
            column("x", new Decimal(9, 2), false),
            column("y", Simple.DOUBLE, false)));
  }

  private static SourceTable.Column column(String name, Type type, boolean required) {
    return new SourceTable.Column(name, type, required);
  }

  static void write(Lake lake) {
    lake.create("t", SCHEMA);
    lake.append(
        "t",
        List.of(
            row(
                1,
                "a",
                "Hello World",
                7,
                7L,
                "1.25",
                2.5,
                "2024-01-31",
                "10:30:15.125",
                true,
                1,
                "1.25",
                0.5),
            row(
                2,
                "a",
                " é🏀x\t",
                -7,
                -7L,
                "-1.25",
                -2.5,
                "2023-12-31",
                "23:59:59.999",
                false,
                2,
                "2.50",
                2.5),
            row(3, "a", null, null, null, null, null, null, null, null, null, null, null),
            row(4, "b", "", 0, 0L, "0.00", 0.0, "2024-02-29", "00:00", true, 4, "0.10", 1e9),
            row(
                5,
                "b",
                "a,b,,c",
                Integer.MAX_VALUE,
                Long.MAX_VALUE,
                "9999999.99",
                1e10,
                "1969-12-31",
                "12:00:01",
                false,
                4,
                "0.10",
                1e9 + 2),
            row(6, "c", null, null, null, null, null, null, null, null, null, null, null)));
  }

  /// The same rows for FROM, in Trino's SQL.
  static String forTrino() {
    return """
    (VALUES
      (1, 'a', 'Hello World', 7, BIGINT '7', DECIMAL '1.25', 2.5E0, DATE '2024-01-31', TIMESTAMP '2024-01-31 10:30:15.125', TRUE, 1, DECIMAL '1.25', 0.5E0),
      (2, 'a', U&' \\00e9\\+01f3c0x\\0009', -7, -7, -1.25, -2.5E0, DATE '2023-12-31', TIMESTAMP '2023-12-31 23:59:59.999', FALSE, 2, 2.50, 2.5E0),
      (3, 'a', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
      (4, 'b', '', 0, 0, 0.00, 0E0, DATE '2024-02-29', TIMESTAMP '2024-02-29 00:00:00', TRUE, 4, 0.10, 1E9),
      (5, 'b', 'a,b,,c', 2147483647, 9223372036854775807, 9999999.99, 1E10, DATE '1969-12-31', TIMESTAMP '1969-12-31 12:00:01', FALSE, 4, 0.10, 1000000002E0),
      (6, 'c', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL))
    AS t(id, g, s, i, b, d, f, "day", "at", ok, n, x, y)\
    """;
  }

  private static List<@Nullable Object> row(
      int id,
      String g,
      @Nullable String s,
      @Nullable Integer i,
      @Nullable Long b,
      @Nullable String d,
      @Nullable Double f,
      @Nullable String day,
      @Nullable String time,
      @Nullable Boolean ok,
      @Nullable Integer n,
      @Nullable String x,
      @Nullable Double y) {
    return Arrays.asList(
        id,
        g,
        s,
        i,
        b,
        d == null ? null : new BigDecimal(d),
        f,
        day == null ? null : LocalDate.parse(day),
        day == null ? null : LocalDateTime.parse(day + "T" + time),
        ok,
        n,
        x == null ? null : new BigDecimal(x),
        y);
  }
}
