package io.scorebook.gateway.flight;

import io.scorebook.semantic.plan.Plan.OutputType;
import java.sql.Types;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.flight.sql.impl.FlightSql.Nullable;
import org.apache.arrow.flight.sql.impl.FlightSql.Searchable;

/// The types of answers as JDBC and ODBC number them.
enum XdbcTypes {
  STRING("VARCHAR", Types.VARCHAR, 65536, "'"),
  INTEGER("BIGINT", Types.BIGINT, 19, null),
  DECIMAL("DECIMAL", Types.DECIMAL, 38, null),
  DOUBLE("DOUBLE", Types.DOUBLE, 15, null),
  BOOLEAN("BOOLEAN", Types.BOOLEAN, 1, null),
  DATE("DATE", Types.DATE, 10, "DATE '"),
  TIMESTAMP("TIMESTAMP", Types.TIMESTAMP, 26, "TIMESTAMP '");

  private final String typeName;
  private final int code;
  private final int size;
  private final @org.jspecify.annotations.Nullable String prefix;

  XdbcTypes(String typeName, int code, int size, @org.jspecify.annotations.Nullable String prefix) {
    this.typeName = typeName;
    this.code = code;
    this.size = size;
    this.prefix = prefix;
  }

  static XdbcTypes of(OutputType type) {
    return valueOf(type.name());
  }

  String typeName() {
    return typeName;
  }

  /// Digits of a number, characters of a text.
  int size() {
    return size;
  }

  private boolean isNumber() {
    return switch (this) {
      case INTEGER, DECIMAL, DOUBLE -> true;
      case STRING, BOOLEAN, DATE, TIMESTAMP -> false;
    };
  }

  /// @param code of the one type that is asked for
  static List<@org.jspecify.annotations.Nullable Object[]> rows(Optional<Integer> code) {
    return Arrays.stream(values())
        .filter(type -> code.isEmpty() || code.get() == type.code)
        .sorted(java.util.Comparator.comparingInt(type -> type.code))
        .map(XdbcTypes::row)
        .toList();
  }

  private @org.jspecify.annotations.Nullable Object[] row() {
    return new @org.jspecify.annotations.Nullable Object[] {
      typeName,
      code,
      size,
      prefix,
      prefix == null ? null : "'",
      null,
      Nullable.NULLABILITY_NULLABLE_VALUE,
      this == STRING,
      Searchable.SEARCHABLE_FULL_VALUE,
      isNumber() ? false : null,
      false,
      isNumber() ? false : null,
      typeName,
      this == DECIMAL ? 0 : null,
      this == DECIMAL ? 38 : null,
      code,
      null,
      isNumber() ? 10 : null,
      null
    };
  }
}
