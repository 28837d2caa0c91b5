package io.scorebook.catalog.load;

import io.scorebook.catalog.contract.Contract;
import io.scorebook.catalog.contract.Contract.Field;
import io.scorebook.catalog.table.ColumnType;
import io.scorebook.catalog.table.ColumnType.Simple;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Single rows that a person has written, typed by a contract as a load types those of a file: what
/// a load would reject is rejected here, with the same words. Not safe to share.
public final class ContractRows {
  private final List<Field> fields;
  private final List<FieldParser> parsers = new ArrayList<>();
  private final TypedRow row;

  public ContractRows(Contract contract) {
    this.fields = contract.fields();
    for (Field field : fields) {
      parsers.add(new FieldParser(field, parsers.size()));
    }
    this.row = new TypedRow(parsers.size());
  }

  /// A row, or why there is none.
  public sealed interface Reading {
    /// @param values in the order of the contract's fields, as Iceberg's reader gives them:
    ///   Integer, Long, Float, Double, BigDecimal, Boolean, String, LocalDate, LocalDateTime,
    ///   OffsetDateTime, or null
    record Typed(@Nullable Object[] values) implements Reading {}

    record Rejected(List<String> reasons) implements Reading {
      public Rejected {
        reasons = List.copyOf(reasons);
      }
    }
  }

  /// @param texts by the names of the contract's fields; what is missing is NULL
  public Reading read(Map<String, String> texts) {
    row.clear();
    var reasons = new ArrayList<String>();
    for (FieldParser parser : parsers) {
      String reason = parser.parse(texts.get(parser.column()), row);
      if (reason != null) {
        reasons.add(reason);
      }
    }
    if (!reasons.isEmpty()) {
      return new Reading.Rejected(reasons);
    }
    @Nullable Object[] values = new @Nullable Object[fields.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = row.present[i] ? value(i, fields.get(i).type()) : null;
    }
    return new Reading.Typed(values);
  }

  private @Nullable Object value(int slot, ColumnType type) {
    long number = row.longs[slot];
    return switch (type) {
      case ColumnType.Decimal _ -> row.objects[slot];
      case Simple simple ->
          switch (simple) {
            case INTEGER -> (Object) Math.toIntExact(number);
            case LONG -> number;
            case FLOAT -> (float) row.doubles[slot];
            case DOUBLE -> row.doubles[slot];
            case BOOLEAN -> number != 0;
            case STRING -> row.objects[slot];
            case DATE -> LocalDate.ofEpochDay(number);
            case TIMESTAMP -> LocalDateTime.ofInstant(instant(number), ZoneOffset.UTC);
            case TIMESTAMP_TZ -> instant(number).atOffset(ZoneOffset.UTC);
            case TIME, BINARY ->
                throw new IllegalArgumentException("Invalid type of a contract: " + type);
          };
    };
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
