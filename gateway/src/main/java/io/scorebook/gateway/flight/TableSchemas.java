package io.scorebook.gateway.flight;

import io.scorebook.engine.answer.ArrowTypes;
import io.scorebook.engine.answer.ValueType;
import io.scorebook.gateway.session.Backend;
import io.scorebook.gateway.session.Listing.Kind;
import io.scorebook.gateway.session.Listing.Listed;
import io.scorebook.semantic.plan.Plan.OutputType;
import io.scorebook.semantic.plan.Plan.Role;
import io.scorebook.semantic.plan.Planning;
import io.scorebook.semantic.plan.TableDescription.ColumnDescription;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.arrow.flight.sql.FlightSqlColumnMetadata;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/// The columns of tables as Arrow's fields: of the types that answers have, with what they mean in
/// their metadata.
final class TableSchemas {
  private static final String COMMENT = "comment";
  private final Backend.View view;

  TableSchemas(Backend.View view) {
    this.view = view;
  }

  /// @param remarks what is said of the table
  Schema of(Listed listed, Optional<String> remarks) {
    Map<String, ValueType> exact = exact(listed);
    var fields = new ArrayList<Field>();
    for (ColumnDescription column : listed.table().columns()) {
      ValueType type = exact.getOrDefault(column.name(), ValueType.of(column.type()));
      var metadata = new HashMap<>(known(listed, column, type));
      metadata.put("role", column.role().name().toLowerCase(Locale.ROOT));
      listed.remarks(column).ifPresent(words -> metadata.put(COMMENT, words));
      fields.add(
          new Field(
              column.name(),
              new FieldType(column.nullable(), ArrowTypes.of(type), null, metadata),
              null));
    }
    return new Schema(fields, remarks.map(words -> Map.of(COMMENT, words)).orElse(Map.of()));
  }

  private static Map<String, String> known(
      Listed listed, ColumnDescription column, ValueType type) {
    var builder =
        new FlightSqlColumnMetadata.Builder()
            .schemaName(listed.table().schema())
            .tableName(listed.table().name())
            .typeName(XdbcTypes.of(column.type()).typeName())
            .isAutoIncrement(false)
            .isCaseSensitive(column.type() == OutputType.STRING)
            .isReadOnly(true)
            .isSearchable(true);
    switch (type) {
      case ValueType.Decimal(int precision, int scale) -> builder.precision(precision).scale(scale);
      case ValueType.Simple _ -> builder.precision(XdbcTypes.of(column.type()).size()).scale(0);
    }
    listed.remarks(column).ifPresent(builder::remarks);
    return builder.build().getMetadataMap();
  }

  /// The exact types of decimals and times, which the description of a table does not have, by the
  /// plan of a query for them that is not run.
  private Map<String, ValueType> exact(Listed listed) {
    var found = new LinkedHashMap<String, ValueType>();
    List<ColumnDescription> open =
        listed.table().columns().stream()
            .filter(column ->
                column.type() == OutputType.DECIMAL || column.type() == OutputType.TIMESTAMP)
            .toList();
    boolean dataset = listed.kind() == Kind.TABLE;
    for (boolean metrics : new boolean[] {false, true}) {
      List<ColumnDescription> some =
          open.stream()
              .filter(column -> (dataset && column.role() == Role.METRIC) == metrics)
              .toList();
      if (!some.isEmpty()) {
        String columns =
            some.stream()
                .map(column ->
                    metrics ? "AGGREGATE(" + quoted(column.name()) + ")" : quoted(column.name()))
                .collect(Collectors.joining(", "));
        String query =
            "SELECT %s FROM %s.%s"
                .formatted(columns, quoted(listed.table().schema()), quoted(listed.table().name()));
        if (view.plan(query) instanceof Planning.Planned(var plan)) {
          List<ValueType> types = ValueType.of(plan.rel().getRowType());
          for (int i = 0; i < some.size(); i++) {
            found.put(some.get(i).name(), types.get(i));
          }
        }
      }
    }
    return found;
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
