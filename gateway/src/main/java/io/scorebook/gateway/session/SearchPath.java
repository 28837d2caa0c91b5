package io.scorebook.gateway.session;

import io.scorebook.engine.domain.Domain;
import io.scorebook.semantic.expression.Spelling;
import io.scorebook.semantic.expression.Sql;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/// Where a session looks for tables that are named without a schema.
///
/// A name alone is a table of the model, whatever the path: so under a path by which it would be
/// another table, which PostgreSQL would find, it is refused; a table that is named with its schema
/// is the same under each path.
record SearchPath(List<String> schemas) {
  /// Schemas that every path may name: they hold no table of ours, or none that is meant.
  private static final Set<String> ANYWHERE =
      Set.of("", "$user", "public", "pg_catalog", "information_schema");

  private static final Pattern EXPLAIN =
      Pattern.compile("^\\s*EXPLAIN\\b", Pattern.CASE_INSENSITIVE);

  static final SearchPath DEFAULT = new SearchPath(List.of());

  SearchPath {
    schemas = List.copyOf(schemas);
  }

  /// @param value as `SET search_path` has it
  static SearchPath of(String value) {
    return new SearchPath(
        Arrays.stream(value.split(","))
            .map(part -> part.strip().replace("\"", ""))
            .filter(schema -> !ANYWHERE.contains(schema))
            .toList());
  }

  /// @throws ProblemException where a query names a table without its schema, and the path says
  ///   that another than the model's is meant
  void check(String sql, List<Domain> domains) {
    boolean isModel =
        schemas.isEmpty()
            || domains.size() == 1 && schemas.equals(List.of(domains.getFirst().name()));
    if (isModel) {
      return;
    }
    for (String table : tables(sql)) {
      String schema =
          schemas.stream()
              .filter(each -> has(domains, each, table))
              .findFirst()
              .orElse(schemas.getFirst());
      throw new ProblemException(
          ErrorCode.UNKNOWN_TABLE,
          "Cannot find the table '%s' by the search path, but with its schema: write %s.%1$s"
              .formatted(table, schema));
    }
  }

  private static boolean has(List<Domain> domains, String schema, String table) {
    return domains.stream()
        .flatMap(domain -> domain.planner().tables().stream())
        .anyMatch(
            each -> each.schema().equalsIgnoreCase(schema) && each.name().equalsIgnoreCase(table));
  }

  /// The tables of a query that are named alone. None where it cannot be parsed, which its planning
  /// tells.
  private static List<String> tables(String sql) {
    SqlNode query;
    String asked = EXPLAIN.matcher(sql).replaceFirst("");
    try {
      query = SqlParser.create(Spelling.of(asked).text(), Sql.CONFIG).parseStmt();
    } catch (SqlParseException | StackOverflowError _) {
      return List.of();
    }
    var found = new Tables();
    query.accept(found);
    return found.alone;
  }

  private static final class Tables extends SqlBasicVisitor<@Nullable Void> {
    private final List<String> alone = new ArrayList<>();
    private Set<String> given = Set.of();

    @Override
    public @Nullable Void visit(SqlCall call) {
      Set<String> outside = given;
      switch (call) {
        case SqlSelect select -> from(select.getFrom());
        case SqlWith with -> {
          for (SqlNode each : with.withList) {
            var item = (SqlWithItem) each;
            if (item.recursive.booleanValue()) {
              give(item.name);
            }
            item.query.accept(this);
            give(item.name);
          }
          with.body.accept(this);
          given = outside;
          return null;
        }
        case SqlCall table when table.getKind() == SqlKind.EXPLICIT_TABLE -> from(table.operand(0));
        default -> {}
      }
      return super.visit(call);
    }

    private void give(SqlIdentifier name) {
      var more = new HashSet<>(given);
      more.add(lower(name));
      given = more;
    }

    private void from(@Nullable SqlNode source) {
      switch (source) {
        case SqlIdentifier name when name.isSimple() -> {
          if (!given.contains(lower(name))) {
            alone.add(name.getSimple());
          }
        }
        case SqlJoin join -> {
          from(join.getLeft());
          from(join.getRight());
        }
        case SqlCall call
            when call.getKind() == SqlKind.AS || call.getKind() == SqlKind.TABLE_REF ->
            from(call.operand(0));
        case null, default -> {}
      }
    }

    private static String lower(SqlIdentifier name) {
      return name.getSimple().toLowerCase(Locale.ROOT);
    }
  }
}
