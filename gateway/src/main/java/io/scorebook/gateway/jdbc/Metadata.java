package io.scorebook.gateway.jdbc;

import io.scorebook.engine.answer.EngineException;
import io.scorebook.engine.answer.Limits;
import io.scorebook.engine.answer.Provenance.Missed;
import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.domain.Domain.PublicPort;
import io.scorebook.gateway.session.Backend;
import io.scorebook.semantic.plan.Plan.OutputType;
import io.scorebook.semantic.plan.Plan.Role;
import io.scorebook.semantic.plan.TableDescription;
import io.scorebook.semantic.plan.TableDescription.ColumnDescription;
import java.sql.DatabaseMetaData;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.calcite.avatica.ColumnMetaData;
import org.jspecify.annotations.Nullable;

/// Schemas, tables and columns as JDBC lists them. Datasets are tables, the ports of products are
/// views; a metric is a column whose remarks say how to ask for it.
final class Metadata {
  private static final String TABLE = "TABLE";
  private static final String VIEW = "VIEW";
  private static final Duration STANDING = Duration.ofSeconds(10);

  /// Rows of the form that JDBC fixes.
  record Table(List<ColumnMetaData> columns, List<Object> rows) {}

  private final Backend.View view;

  Metadata(Backend.View view) {
    this.view = view;
  }

  private record Described(Domain domain, TableDescription table, boolean isDataset) {
    Optional<PublicPort> port() {
      return domain.ports().stream()
          .filter(port ->
              port.table().schema().equals(table.schema())
                  && port.table().name().equals(table.name()))
          .findFirst();
    }
  }

  private Stream<Described> described() {
    return view.domains().stream()
        .flatMap(domain ->
            domain.planner().tables().stream()
                .map(table ->
                    new Described(domain, table, table.schema().equals(domain.model().name()))))
        .sorted(
            Comparator.comparing((Described d) -> d.table().schema())
                .thenComparing(d -> d.table().name()));
  }

  Table schemas(@Nullable String schema) {
    Pattern wanted = like(schema);
    return new Table(
        columns("TABLE_SCHEM:s TABLE_CATALOG:s"),
        described()
            .map(described -> described.table().schema())
            .distinct()
            .filter(name -> wanted.matcher(name).matches())
            .map(name -> row(name, null))
            .toList());
  }

  Table tables(@Nullable String schema, @Nullable String table, @Nullable List<String> types) {
    return new Table(
        columns(
            "TABLE_CAT:s TABLE_SCHEM:s TABLE_NAME:s TABLE_TYPE:s REMARKS:s TYPE_CAT:s TYPE_SCHEM:s"
                + " TYPE_NAME:s SELF_REFERENCING_COL_NAME:s REF_GENERATION:s"),
        find(schema, table)
            .filter(found -> types == null || types.isEmpty() || types.contains(type(found)))
            .map(found ->
                row(
                    null,
                    found.table().schema(),
                    found.table().name(),
                    type(found),
                    remarks(found),
                    null,
                    null,
                    null,
                    null,
                    null))
            .toList());
  }

  /// What the table is, and what its product misses of what it promises: JDBC has no other place
  /// for it.
  private @Nullable String remarks(Described found) {
    var words = new ArrayList<String>();
    found.table().description().ifPresent(words::add);
    found
        .port()
        .filter(port -> !port.port().rules().isEmpty() || !port.port().levels().isEmpty())
        .ifPresent(port ->
            missed(found.domain(), port)
                .forEach(missed ->
                    words.add(
                        "misses %s '%s': promised %s, measured %s"
                            .formatted(
                                missed.level(),
                                missed.name(),
                                missed.promised(),
                                missed.measured()))));
    return words.isEmpty() ? null : String.join("; ", words);
  }

  /// A store that does not answer keeps nobody from knowing what tables there are.
  private List<Missed> missed(Domain domain, PublicPort port) {
    try {
      return view.standing(domain, port, Limits.of(STANDING)).missed(port);
    } catch (EngineException _) {
      return List.of();
    }
  }

  private Stream<Described> find(@Nullable String schema, @Nullable String table) {
    Pattern schemas = like(schema);
    Pattern tables = like(table);
    return described()
        .filter(found -> schemas.matcher(found.table().schema()).matches())
        .filter(found -> tables.matcher(found.table().name()).matches());
  }

  private static String type(Described described) {
    return described.isDataset() ? TABLE : VIEW;
  }

  Table columns(@Nullable String schema, @Nullable String table, @Nullable String column) {
    Pattern wanted = like(column);
    var rows = new ArrayList<Object>();
    find(schema, table)
        .forEach(found -> {
          Optional<String> ends = found.port().flatMap(port -> port.product().deprecation());
          int position = 0;
          for (ColumnDescription described : found.table().columns()) {
            position++;
            if (wanted.matcher(described.name()).matches()) {
              rows.add(column(found, described, position, ends));
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

  /// @param ends what is said of a version that ends, on each of its columns
  private static Object column(
      Described found, ColumnDescription column, int position, Optional<String> ends) {
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
        Stream.concat(ends.stream(), remarks(found, column).stream())
            .reduce((end, words) -> end + ". " + words)
            .orElse(null),
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

  private static Optional<String> remarks(Described found, ColumnDescription column) {
    if (found.isDataset() && column.role() == Role.METRIC) {
      return Optional.of(
          "Metric, asked as AGGREGATE(%s)%s"
              .formatted(column.name(), column.description().map(text -> ": " + text).orElse("")));
    }
    return column.description();
  }

  static Table catalogs() {
    return new Table(columns("TABLE_CAT:s"), List.of());
  }

  static Table tableTypes() {
    return new Table(columns("TABLE_TYPE:s"), List.of(row(TABLE), row(VIEW)));
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

  /// A pattern of SQL's LIKE: `%`, `_`, and a backslash before either; without one all matches.
  private static Pattern like(@Nullable String pattern) {
    if (pattern == null) {
      return Pattern.compile(".*", Pattern.DOTALL);
    }
    var regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '\\' && i + 1 < pattern.length()) {
        i++;
        regex.append(Pattern.quote(String.valueOf(pattern.charAt(i))));
      } else if (c == '%') {
        regex.append(".*");
      } else if (c == '_') {
        regex.append('.');
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }
}
