package io.scorebook.engine.tpcds;

import io.scorebook.semantic.plan.SourceTable;
import io.scorebook.semantic.plan.SourceTable.Type.Simple;
import io.trino.tpcds.Results;
import io.trino.tpcds.Session;
import io.trino.tpcds.Table;
import io.trino.tpcds.column.Column;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/// A table of TPC-DS with some of its columns, made by the generator of the Trino project.
enum RetailTable {
  STORE_SALES(
      Table.STORE_SALES,
      "ss_sold_date_sk ss_item_sk ss_customer_sk ss_store_sk ss_ticket_number ss_quantity",
      "ss_sales_price ss_ext_sales_price ss_net_profit",
      ""),
  DATE_DIM(Table.DATE_DIM, "d_date_sk d_year", "", "d_date d_quarter_name d_month_name"),
  CUSTOMER(
      Table.CUSTOMER,
      "c_customer_sk",
      "",
      "c_customer_id c_first_name c_last_name c_email_address"),
  ITEM(Table.ITEM, "i_item_sk", "i_current_price", "i_item_id i_item_desc i_brand i_category"),
  STORE(Table.STORE, "s_store_sk s_number_employees", "", "s_store_id s_store_name s_city s_state");

  /// 28,800 sales.
  private static final double SCALE = 0.01;

  private final Table table;
  private final List<String> integers;
  private final List<String> decimals;
  private final List<String> texts;

  RetailTable(Table table, String integers, String decimals, String texts) {
    this.table = table;
    this.integers = split(integers);
    this.decimals = split(decimals);
    this.texts = split(texts);
  }

  private static List<String> split(String names) {
    return names.isEmpty() ? List.of() : List.of(names.split(" ", -1));
  }

  String title() {
    return table.getName();
  }

  List<String> columns() {
    var columns = new ArrayList<String>();
    columns.addAll(integers);
    columns.addAll(decimals);
    columns.addAll(texts);
    return columns;
  }

  Schema schema() {
    var fields = new ArrayList<Types.NestedField>();
    for (String column : columns()) {
      fields.add(Types.NestedField.optional(fields.size() + 1, column, type(column)));
    }
    return new Schema(fields);
  }

  private Type type(String column) {
    if (integers.contains(column)) {
      return Types.LongType.get();
    }
    if (decimals.contains(column)) {
      return Types.DecimalType.of(7, 2);
    }
    return column.equals("d_date") ? Types.DateType.get() : Types.StringType.get();
  }

  /// How plain DuckDB calls the type of a column.
  String sqlType(String column) {
    return switch (type(column).typeId()) {
      case LONG -> "BIGINT";
      case DECIMAL -> "DECIMAL(7, 2)";
      case DATE -> "DATE";
      case STRING -> "VARCHAR";
      default -> throw new IllegalArgumentException("Invalid column: " + column);
    };
  }

  SourceTable source() {
    return new SourceTable(
        "public",
        title(),
        columns().stream()
            .map(column ->
                new SourceTable.Column(
                    column,
                    switch (type(column).typeId()) {
                      case LONG -> Simple.LONG;
                      case DECIMAL -> new SourceTable.Type.Decimal(7, 2);
                      case DATE -> Simple.DATE;
                      case STRING -> Simple.STRING;
                      default -> throw new IllegalArgumentException("Invalid column: " + column);
                    },
                    false))
            .toList());
  }

  /// The rows that are always the same for the same scale.
  List<List<@Nullable Object>> rows() {
    Session session = Session.getDefaultSession().withScale(SCALE).withTable(table);
    List<String> all = Arrays.stream(table.getColumns()).map(Column::getName).toList();
    List<Integer> places = columns().stream().map(all::indexOf).toList();
    var rows = new ArrayList<List<@Nullable Object>>();
    for (List<List<String>> made : Results.constructResults(table, session)) {
      List<@Nullable String> texts = made.getFirst();
      List<@Nullable Object> row = new ArrayList<>();
      for (int i = 0; i < places.size(); i++) {
        // The model has a name of the month, which the tables of TPC-DS lack.
        row.add(
            columns().get(i).equals("d_month_name")
                ? LocalDate.parse(texts.get(all.indexOf("d_date"))).getMonth().name()
                : value(columns().get(i), texts.get(places.get(i))));
      }
      rows.add(row);
    }
    return rows;
  }

  private @Nullable Object value(String column, @Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    return switch (type(column).typeId()) {
      case LONG -> Long.valueOf(text);
      case DECIMAL -> new BigDecimal(text).setScale(2);
      case DATE -> LocalDate.parse(text);
      case STRING -> text.strip();
      default -> throw new IllegalArgumentException("Invalid column: " + column);
    };
  }
}
