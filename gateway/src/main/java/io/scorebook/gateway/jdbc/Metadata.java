package io.scorebook.gateway.jdbc;

import io.scorebook.gateway.session.Backend;
import io.scorebook.gateway.session.LikePattern;
import io.scorebook.gateway.session.Listing;
import io.scorebook.gateway.session.Listing.Listed;
import io.scorebook.semantic.plan.Plan.OutputType;
import io.scorebook.semantic.plan.TableDescription.ColumnDescription;
import java.sql.DatabaseMetaData;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.calcite.avatica.ColumnMetaData;
import org.jspecify.annotations.Nullable;

/// Schemas, tables and columns as JDBC lists them. Datasets are tables, the ports of products are
/// views; a metric is a column whose remarks say how to ask for it.
final class Metadata {
  /// Rows of the form that JDBC fixes.
  record Table(List<ColumnMetaData> columns, List<Object> rows) {}

  private final Listing listing;

  Metadata(Backend.View view) {
    this.listing = new Listing(view);
  }

  Table schemas(@Nullable String schema) {
    return new Table(
        columns("TABLE_SCHEM:s TABLE_CATALOG:s"),
        listing.schemas(schema).stream().map(name -> row(name, null)).toList());
  }

  Table tables(@Nullable String schema, @Nullable String table, @Nullable List<String> types) {
    return new Table(
        columns(
            "TABLE_CAT:s TABLE_SCHEM:s TABLE_NAME:s TABLE_TYPE:s REMARKS:s TYPE_CAT:s TYPE_SCHEM:s"
                + " TYPE_NAME:s SELF_REFERENCING_COL_NAME:s REF_GENERATION:s"),
        listing
            .find(schema, table)
            .filter(
                found -> types == null || types.isEmpty() || types.contains(found.kind().name()))
            .map(found ->
                row(
                    null,
                    found.table().schema(),
                    found.table().name(),
                    found.kind().name(),
                    listing.remarks(found).orElse(null),
                    null,
                    null,
                    null,
                    null,
                    null))
            .toList());
  }

  Table columns(@Nullable String schema, @Nullable String table, @Nullable String column) {
    LikePattern wanted = LikePattern.of(column);
    var rows = new ArrayList<Object>();
    listing
        .find(schema, table)
        .forEach(found -> {
          int position = 0;
          for (ColumnDescription described : found.table().columns()) {
            position++;
            if (wanted.test(described.name())) {
              rows.add(column(found, described, position));
            }
          }
        });
    return new Table(
        columns(
            "TABLE_CAT:s TABLE_SCHEM:s TABLE_NAME:s COLUMN_NAME:s DATA_TYPE:i TYPE_NAME:s"
                + " COLUMN_SIZE:i BUFFER_LENGTH:i DECIMAL_DIGITS:i NUM_PREC_RADIX:i NULLABLE:i"
                + " REMARKS:s COLUMN_DEF:s SQL_DATA_TYPE:i SQL_DATETIME_SUB:i CHAR_OCTET_LENGTH:i"
                + " ORDINAL_POSITION:i IS_NULLABLE:s SCOPE_CATALOG:s SCOPE_SCHEMA:s SCOPE_TABLE:s"
                + " SOURCE_DATA_TYPE:i IS_AUTOINCREMENT:s IS_GENERATEDCOLUMN:s"),
        rows);
  }

  private static Object column(Listed found, ColumnDescription column, int position) {
    Types type = Types.of(column.type());
    return row(
        null,
        found.table().schema(),
        found.table().name(),
        column.name(),
        (long) type.jdbcType(),
        type.sqlName(),
        (long) type.precision(),
        null,
        (long) type.scale(),
        10L,
        (long)
            (column.nullable() ? DatabaseMetaData.columnNullable : DatabaseMetaData.columnNoNulls),
        found.remarks(column).orElse(null),
        null,
        null,
        null,
        null,
        (long) position,
        column.nullable() ? "YES" : "NO",
        null,
        null,
        null,
        null,
        "NO",
        "NO");
  }

  static Table catalogs() {
    return new Table(columns("TABLE_CAT:s"), List.of());
  }

  static Table tableTypes() {
    return new Table(
        columns("TABLE_TYPE:s"),
        Stream.of(Listing.Kind.values()).map(kind -> row(kind.name())).toList());
  }

  static Table typeInfo() {
    var rows = new ArrayList<Object>();
    for (Types type : Types.values()) {
      boolean isText = type.type() == OutputType.STRING;
      rows.add(
          row(
              type.sqlName(),
              (long) type.jdbcType(),
              (long) type.precision(),
              isText ? "'" : null,
              isText ? "'" : null,
              null,
              (long) DatabaseMetaData.typeNullable,
              isText,
              (long) DatabaseMetaData.typeSearchable,
              false,
              false,
              false,
              type.sqlName(),
              0L,
              (long) type.scale(),
              null,
              null,
              10L));
    }
    return new Table(
        columns(
            "TYPE_NAME:s DATA_TYPE:i PRECISION:i LITERAL_PREFIX:s LITERAL_SUFFIX:s CREATE_PARAMS:s"
                + " NULLABLE:i CASE_SENSITIVE:b SEARCHABLE:i UNSIGNED_ATTRIBUTE:b"
                + " FIXED_PREC_SCALE:b AUTO_INCREMENT:b LOCAL_TYPE_NAME:s MINIMUM_SCALE:i"
                + " MAXIMUM_SCALE:i SQL_DATA_TYPE:i SQL_DATETIME_SUB:i NUM_PREC_RADIX:i"),
        rows);
  }

  private static Object row(@Nullable Object... values) {
    return values;
  }

  /// Columns of such a table: `NAME:s` a text, `:i` a number, `:b` a boolean.
  private static List<ColumnMetaData> columns(String form) {
    var columns = new ArrayList<ColumnMetaData>();
    for (String column : form.split(" ")) {
      String name = column.substring(0, column.length() - 2);
      Types type =
          switch (column.charAt(column.length() - 1)) {
            case 'i' -> Types.INTEGER;
            case 'b' -> Types.BOOLEAN;
            default -> Types.STRING;
          };
      columns.add(type.column(columns.size(), name));
    }
    return columns;
  }
}
