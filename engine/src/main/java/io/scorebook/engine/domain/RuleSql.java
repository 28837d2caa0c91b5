package io.scorebook.engine.domain;

import io.scorebook.semantic.plan.Plan.OutputType;
import io.scorebook.semantic.plan.TableDescription.ColumnDescription;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The SQL of library rules, over the public table of a port. Names are quoted and values are
/// literals of the column's type, so that no text of a document becomes SQL.
final class RuleSql {
  private RuleSql() {}

  static String name(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  /// How many rows there are, and for how many the condition is true.
  static String counted(String table, String condition) {
    return "SELECT COUNT(*) AS looked, COUNT(CASE WHEN %s THEN 1 END) AS counted FROM %s"
        .formatted(condition, table);
  }

  /// How many rows there are, and how many of them repeat another.
  static String duplicates(String table, List<ColumnDescription> columns) {
    String names =
        columns.stream().map(column -> name(column.name())).collect(Collectors.joining(", "));
    String notNull =
        columns.stream()
            .map(column -> name(column.name()) + " IS NOT NULL")
            .collect(Collectors.joining(" AND "));
    return ("SELECT COALESCE(SUM(n), 0) AS looked,"
            + " COALESCE(SUM(CASE WHEN %s THEN n - 1 ELSE 0 END), 0) AS counted"
            + " FROM (SELECT %s, COUNT(*) AS n FROM %s GROUP BY %s) AS grouped")
        .formatted(notNull, names, table, names);
  }

  /// The newest value of a column.
  static String newest(String table, ColumnDescription column) {
    return "SELECT MAX(%s) AS newest FROM %s".formatted(name(column.name()), table);
  }

  /// @param literals an absent one stands for NULL
  static String isAnyOf(ColumnDescription column, List<Optional<String>> literals) {
    var conditions = new ArrayList<String>();
    List<String> values = literals.stream().flatMap(Optional::stream).toList();
    if (literals.stream().anyMatch(Optional::isEmpty)) {
      conditions.add(name(column.name()) + " IS NULL");
    }
    if (!values.isEmpty()) {
      conditions.add("%s IN (%s)".formatted(name(column.name()), String.join(", ", values)));
    }
    return String.join(" OR ", conditions);
  }

  /// @param valid empty where only the pattern says
  static String isInvalid(
      ColumnDescription column, List<Optional<String>> valid, Optional<String> pattern) {
    var conditions = new ArrayList<String>();
    if (!valid.isEmpty()) {
      conditions.add("NOT (%s)".formatted(isAnyOf(column, valid)));
    }
    pattern.ifPresent(regex ->
        conditions.add(
            "NOT REGEXP_LIKE(CAST(%s AS VARCHAR), %s)"
                .formatted(name(column.name()), text(regex))));
    // A NULL is neither valid nor invalid.
    return "%s IS NOT NULL AND (%s)"
        .formatted(name(column.name()), String.join(" OR ", conditions));
  }

  /// A value of a document as a literal of the column's type; empty where it is none.
  static Optional<String> literal(OutputType type, Object value) {
    return switch (type) {
      case STRING -> value instanceof String text ? Optional.of(text(text)) : Optional.empty();
      case INTEGER ->
          value instanceof BigInteger whole && whole.bitLength() < 64
              ? Optional.of(whole.toString())
              : Optional.empty();
      case DECIMAL, DOUBLE ->
          switch (value) {
            case BigInteger whole when whole.bitLength() < 64 -> Optional.of(whole.toString());
            case BigDecimal exact when exact.precision() <= 38 && Math.abs(exact.scale()) <= 38 ->
                Optional.of(exact.toPlainString());
            default -> Optional.empty();
          };
      case BOOLEAN ->
          value instanceof Boolean truth ? Optional.of(truth.toString()) : Optional.empty();
      case DATE -> time(() -> "DATE " + text(LocalDate.parse(value.toString()).toString()));
      case TIMESTAMP ->
          time(() ->
              "TIMESTAMP "
                  + text(LocalDateTime.parse(value.toString()).toString().replace('T', ' ')));
    };
  }

  private static Optional<String> time(java.util.function.Supplier<String> literal) {
    try {
      return Optional.of(literal.get());
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
