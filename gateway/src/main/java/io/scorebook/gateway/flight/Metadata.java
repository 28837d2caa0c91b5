package io.scorebook.gateway.flight;

import com.google.protobuf.Message;
import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.domain.Keys;
import io.scorebook.gateway.session.Backend;
import io.scorebook.gateway.session.Listing;
import io.scorebook.gateway.session.Listing.Listed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.arrow.flight.sql.FlightSqlProducer.Schemas;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetCatalogs;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetCrossReference;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetDbSchemas;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetExportedKeys;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetImportedKeys;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetPrimaryKeys;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetTableTypes;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetTables;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetXdbcTypeInfo;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/// What one caller may know of schemas, tables and keys, as Flight SQL lists it. There are no
/// catalogs: who asks for one by name finds nothing in it.
final class Metadata {
  /// What happens to a row when the one that it names goes: nothing is written here.
  private static final int NO_ACTION = 3;

  private final Backend.View view;
  private final Listing listing;

  Metadata(Backend.View view) {
    this.view = view;
    this.listing = new Listing(view);
  }

  /// The schema of a command's rows.
  static Schema schema(Message command) {
    return switch (command) {
      case CommandGetCatalogs _ -> Schemas.GET_CATALOGS_SCHEMA;
      case CommandGetDbSchemas _ -> Schemas.GET_SCHEMAS_SCHEMA;
      case CommandGetTables tables ->
          tables.getIncludeSchema()
              ? Schemas.GET_TABLES_SCHEMA
              : Schemas.GET_TABLES_SCHEMA_NO_SCHEMA;
      case CommandGetTableTypes _ -> Schemas.GET_TABLE_TYPES_SCHEMA;
      case CommandGetPrimaryKeys _ -> Schemas.GET_PRIMARY_KEYS_SCHEMA;
      case CommandGetImportedKeys _ -> Schemas.GET_IMPORTED_KEYS_SCHEMA;
      case CommandGetExportedKeys _ -> Schemas.GET_EXPORTED_KEYS_SCHEMA;
      case CommandGetCrossReference _ -> Schemas.GET_CROSS_REFERENCE_SCHEMA;
      case CommandGetXdbcTypeInfo _ -> Schemas.GET_TYPE_INFO_SCHEMA;
      default -> throw new IllegalArgumentException("Invalid command: " + command.getClass());
    };
  }

  /// The name of a command that asks what there is; absent for one whose rows are always the same.
  static Optional<String> call(Message command) {
    return switch (command) {
      case CommandGetCatalogs _ -> Optional.empty();
      case CommandGetTableTypes _ -> Optional.empty();
      case CommandGetXdbcTypeInfo _ -> Optional.empty();
      default -> Optional.of(command.getDescriptorForType().getName().replace("CommandG", "g"));
    };
  }

  MetadataRows rows(Message command) {
    return new MetadataRows(
        schema(command),
        switch (command) {
          case CommandGetCatalogs _ -> List.of();
          case CommandGetDbSchemas asked -> schemas(asked);
          case CommandGetTables asked -> tables(asked);
          case CommandGetTableTypes _ ->
              Stream.of(Listing.Kind.values()).map(kind -> row(kind.name())).toList();
          case CommandGetPrimaryKeys asked -> primaryKeys(asked);
          case CommandGetImportedKeys asked ->
              foreignKeys(
                  _ -> true,
                  named(
                      catalog(asked.hasCatalog(), asked.getCatalog()),
                      given(asked.hasDbSchema(), asked.getDbSchema()),
                      asked.getTable()));
          case CommandGetExportedKeys asked ->
              foreignKeys(
                  named(
                      catalog(asked.hasCatalog(), asked.getCatalog()),
                      given(asked.hasDbSchema(), asked.getDbSchema()),
                      asked.getTable()),
                  _ -> true);
          case CommandGetCrossReference asked ->
              foreignKeys(
                  named(
                      catalog(asked.hasPkCatalog(), asked.getPkCatalog()),
                      given(asked.hasPkDbSchema(), asked.getPkDbSchema()),
                      asked.getPkTable()),
                  named(
                      catalog(asked.hasFkCatalog(), asked.getFkCatalog()),
                      given(asked.hasFkDbSchema(), asked.getFkDbSchema()),
                      asked.getFkTable()));
          case CommandGetXdbcTypeInfo asked ->
              XdbcTypes.rows(
                  asked.hasDataType() ? Optional.of(asked.getDataType()) : Optional.empty());
          default -> throw new IllegalArgumentException("Invalid command: " + command.getClass());
        });
  }

  private static @Nullable Object[] row(@Nullable Object... values) {
    return values;
  }

  private static @Nullable String given(boolean there, String value) {
    return there ? value : null;
  }

  /// Whether what has no catalog is asked for: where none is named, or the empty one.
  private static boolean catalog(boolean named, String catalog) {
    return !named || catalog.isEmpty();
  }

  /// A table of a domain.
  private record Ref(String schema, String table) {}

  private static Predicate<Ref> named(boolean catalog, @Nullable String schema, String table) {
    return ref ->
        catalog && (schema == null || ref.schema().equals(schema)) && ref.table().equals(table);
  }

  private List<@Nullable Object[]> schemas(CommandGetDbSchemas asked) {
    if (!catalog(asked.hasCatalog(), asked.getCatalog())) {
      return List.of();
    }
    return listing
        .schemas(given(asked.hasDbSchemaFilterPattern(), asked.getDbSchemaFilterPattern()))
        .stream()
        .map(name -> row(null, name))
        .toList();
  }

  private List<@Nullable Object[]> tables(CommandGetTables asked) {
    if (!catalog(asked.hasCatalog(), asked.getCatalog())) {
      return List.of();
    }
    var schemas = new TableSchemas(view);
    return listing
        .find(
            given(asked.hasDbSchemaFilterPattern(), asked.getDbSchemaFilterPattern()),
            given(asked.hasTableNameFilterPattern(), asked.getTableNameFilterPattern()))
        .filter(listed ->
            asked.getTableTypesCount() == 0
                || asked.getTableTypesList().contains(listed.kind().name()))
        .map(listed ->
            asked.getIncludeSchema()
                ? row(
                    null,
                    listed.table().schema(),
                    listed.table().name(),
                    listed.kind().name(),
                    schemas.of(listed, listing.remarks(listed)).serializeAsMessage())
                : row(null, listed.table().schema(), listed.table().name(), listed.kind().name()))
        .toList();
  }

  private List<@Nullable Object[]> primaryKeys(CommandGetPrimaryKeys asked) {
    Predicate<Ref> wanted =
        named(
            catalog(asked.hasCatalog(), asked.getCatalog()),
            given(asked.hasDbSchema(), asked.getDbSchema()),
            asked.getTable());
    var rows = new ArrayList<@Nullable Object[]>();
    listing
        .find(null, null)
        .filter(Listed::isDataset)
        .filter(listed -> wanted.test(new Ref(listed.table().schema(), listed.table().name())))
        .forEach(listed -> {
          int sequence = 0;
          for (String column : new Keys(listed.domain()).primary(listed.table().name())) {
            sequence++;
            rows.add(
                row(
                    null,
                    listed.table().schema(),
                    listed.table().name(),
                    column,
                    sequence,
                    listed.table().name() + "_pkey"));
          }
        });
    return rows;
  }

  /// @param to chooses the table that is named, whose key it is
  /// @param from chooses the table that names it
  private List<@Nullable Object[]> foreignKeys(Predicate<Ref> to, Predicate<Ref> from) {
    var rows = new ArrayList<@Nullable Object[]>();
    for (Domain domain : view.domains()) {
      var keys = new Keys(domain);
      for (Keys.Foreign key : keys.foreign()) {
        if (to.test(new Ref(domain.name(), key.to()))
            && from.test(new Ref(domain.name(), key.from()))) {
          boolean primary = keys.primary(key.to()).equals(key.toColumns());
          for (int i = 0; i < key.fromColumns().size(); i++) {
            rows.add(
                row(
                    null,
                    domain.name(),
                    key.to(),
                    key.toColumns().get(i),
                    null,
                    domain.name(),
                    key.from(),
                    key.fromColumns().get(i),
                    i + 1,
                    key.name(),
                    primary ? key.to() + "_pkey" : null,
                    NO_ACTION,
                    NO_ACTION));
          }
        }
      }
    }
    return rows;
  }
}
