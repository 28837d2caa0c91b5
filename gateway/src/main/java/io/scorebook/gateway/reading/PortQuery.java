package io.scorebook.gateway.reading;

import io.scorebook.semantic.plan.Plan.OutputType;
import io.scorebook.semantic.plan.TableDescription;
import io.scorebook.semantic.plan.TableDescription.ColumnDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What is asked of the rows of a port.
///
/// @param columns that are shown, in their order
/// @param conditions in SQL; all of them hold
/// @param order total: by what the asker wants, then by the key; where there is no key to go by, by
///   all columns, so that rows that come in no order are equal
/// @param isKeyed whether no two rows are equal in the order
/// @param isOrdered whether the order matters where nothing is cut into pages
/// @param limit rows a page; empty where all rows are wanted at once
record PortQuery(
    TableDescription table,
    List<ColumnDescription> columns,
    List<String> conditions,
    List<Order> order,
    boolean isKeyed,
    boolean isOrdered,
    OptionalLong limit) {

  PortQuery {
    columns = List.copyOf(columns);
    conditions = List.copyOf(conditions);
    order = List.copyOf(order);
  }

  /// NULLs come last in both directions.
  record Order(ColumnDescription column, boolean isDescending) {
    String sql() {
      return name(column) + (isDescending ? " DESC" : "") + " NULLS LAST";
    }
  }

  /// All columns that are read: those that are shown, then those that only order.
  List<ColumnDescription> read() {
    return Stream.concat(
            columns.stream(),
            order.stream().map(Order::column).filter(column -> !columns.contains(column)))
        .toList();
  }

  /// Where in [#read] the columns of the order are.
  int[] orderedAt() {
    List<ColumnDescription> read = read();
    return order.stream().mapToInt(each -> read.indexOf(each.column())).toArray();
  }

  /// All rows, those columns that are shown.
  String all() {
    return select(columns) + where(List.of()) + (isOrdered ? orderBy() : "");
  }

  /// All rows in the total order, all columns that are read.
  String ordered() {
    return select(read()) + where(List.of()) + orderBy();
  }

  /// All rows in any order, all columns that are read.
  String unordered() {
    return select(read()) + where(List.of());
  }

  /// Some rows from a position on, all columns that are read.
  ///
  /// @param from null for the beginning
  /// @param rows at most
  String page(@Nullable Position from, long rows) {
    String limit = " LIMIT " + rows;
    return switch (from) {
      case null -> ordered() + limit;
      case Position.Skip(long skipped) -> ordered() + limit + offset(skipped);
      case Position.Behind(var values, long equal) ->
          select(read())
              + where(List.of(behind(values, equal > 0)))
              + orderBy()
              + limit
              + offset(equal);
    };
  }

  private static String offset(long rows) {
    return rows == 0 ? "" : " OFFSET " + rows;
  }

  private String select(List<ColumnDescription> read) {
    return "SELECT %s FROM %s.%s"
        .formatted(
            read.stream().map(PortQuery::name).collect(Collectors.joining(", ")),
            SqlText.name(table.schema()),
            SqlText.name(table.name()));
  }

  private String where(List<String> further) {
    List<String> all = Stream.concat(conditions.stream(), further.stream()).toList();
    return all.isEmpty() ? "" : " WHERE " + String.join(" AND ", all);
  }

  private String orderBy() {
    return order.isEmpty()
        ? ""
        : order.stream().map(Order::sql).collect(Collectors.joining(", ", " ORDER BY ", ""));
  }

  private static String name(ColumnDescription column) {
    return SqlText.name(column.name());
  }

  /// Which rows come behind a row with these values.
  ///
  /// @param withEqual also those that are equal to it
  private String behind(List<@Nullable String> values, boolean withEqual) {
    var any = new ArrayList<String>();
    var equal = new ArrayList<String>();
    for (int i = 0; i < order.size(); i++) {
      String value = values.get(i);
      if (value != null) {
        var all = new ArrayList<>(equal);
        all.add(after(order.get(i), value));
        any.add(String.join(" AND ", all));
      }
      equal.add(same(order.get(i).column(), value));
    }
    if (withEqual || any.isEmpty()) {
      any.add(withEqual ? String.join(" AND ", equal) : "FALSE");
    }
    return any.stream().collect(Collectors.joining(") OR (", "((", "))"));
  }

  private static String same(ColumnDescription column, @Nullable String value) {
    return value == null
        ? name(column) + " IS NULL"
        : name(column) + " = " + SqlText.exact(column.type(), value);
  }

  private static String after(Order order, String value) {
    String name = name(order.column());
    String isNull = name + " IS NULL";
    if (order.column().type() == OutputType.BOOLEAN) {
      boolean isLast = Boolean.parseBoolean(value) != order.isDescending();
      return isLast
          ? isNull
          : "(%s = %s OR %s)".formatted(name, order.isDescending() ? "FALSE" : "TRUE", isNull);
    }
    return "(%s %s %s OR %s)"
        .formatted(
            name,
            order.isDescending() ? "<" : ">",
            SqlText.exact(order.column().type(), value),
            isNull);
  }
}
