package io.scorebook.semantic.plan;

import io.scorebook.documents.Suggestions;
import io.scorebook.semantic.expression.Expressions;
import io.scorebook.semantic.expression.Sql;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.Pair;
import org.jspecify.annotations.Nullable;

/// Plans one SQL query; what is wrong with its text is told with its place.
final class SqlPlanner {
  private static final Pattern UNKNOWN =
      Pattern.compile("(?:Column|Object|Table) '([^']+)' not found.*", Pattern.DOTALL);

  private static final Pattern ENCOUNTERED = Pattern.compile("Encountered \"(\\w+)");

  private final CompiledModel model;
  private final PublicSchema schema;

  SqlPlanner(CompiledModel model, PublicSchema schema) {
    this.model = model;
    this.schema = schema;
  }

  Plan plan(String sql) {
    SqlNode statement = parse(sql);
    if (!statement.isA(SqlKind.QUERY)) {
      throw new Refusal(
          Issue.Code.UNSUPPORTED_SQL,
          "Cannot run a statement of kind %s; only queries are answered"
              .formatted(statement.getKind()));
    }
    Expressions sources = AssumedKeys.planning(model);
    RelRoot root;
    try {
      root =
          Expressions.over(schema.root(), schema.defaultPath(), sources.cluster()).query(statement);
    } catch (CalciteContextException e) {
      throw invalid(e);
    } catch (CalciteException | UnsupportedOperationException | AssertionError e) {
      throw new Refusal(Issue.Code.UNSUPPORTED_SQL, "Cannot plan the query: " + e.getMessage());
    }
    RelNode rel = new SqlExpansion(model, sources).expand(root.project());
    List<String> names = Pair.right(root.fields);
    return Plans.of(rel, names, names.stream().map(_ -> Plan.Role.VALUE).toList());
  }

  private SqlNode parse(String sql) {
    try {
      return MetricNames.alias(Sql.parseStatement(sql));
    } catch (SqlParseException e) {
      throw new Refusal(
          List.of(
              new Issue(
                  Issue.Code.SYNTAX,
                  "Cannot parse the query: " + firstLine(e.getMessage()) + quoteHint(e),
                  Optional.empty(),
                  List.of(),
                  position(e.getPos()))));
    }
  }

  /// `date` begins a literal in SQL; as a name it has to be quoted.
  private String quoteHint(SqlParseException e) {
    Matcher encountered = ENCOUNTERED.matcher(firstLine(e.getMessage()));
    if (!encountered.lookingAt()) {
      return "";
    }
    String word = encountered.group(1);
    boolean isColumn =
        schema.descriptions().stream()
            .flatMap(table -> table.columns().stream())
            .anyMatch(column -> column.name().equalsIgnoreCase(word));
    return isColumn ? " As a name, write \"%s\" in double quotes.".formatted(word) : "";
  }

  private Refusal invalid(CalciteContextException e) {
    String message = firstLine(e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
    Optional<Issue.Position> position =
        e.getPosLine() > 0
            ? Optional.of(new Issue.Position(e.getPosLine(), e.getPosColumn()))
            : Optional.empty();
    Matcher unknown = UNKNOWN.matcher(message);
    if (!unknown.matches()) {
      return new Refusal(
          List.of(
              new Issue(
                  Issue.Code.UNSUPPORTED_SQL,
                  "Cannot plan the query: " + message,
                  Optional.empty(),
                  List.of(),
                  position)));
    }
    String name = unknown.group(1);
    boolean isColumn = message.startsWith("Column");
    List<String> known =
        isColumn
            ? schema.descriptions().stream()
                .flatMap(table -> table.columns().stream())
                .map(TableDescription.ColumnDescription::name)
                .distinct()
                .toList()
            : schema.descriptions().stream()
                .flatMap(table -> java.util.stream.Stream.of(table.schema(), table.name()))
                .distinct()
                .toList();
    return new Refusal(
        List.of(
            new Issue(
                isColumn ? Issue.Code.UNKNOWN_DIMENSION : Issue.Code.UNKNOWN_TABLE,
                "Cannot find %s '%s'; %s"
                    .formatted(
                        isColumn ? "column" : "table", name, Suggestions.clause(name, known)),
                Optional.of(name),
                Suggestions.similar(name, known),
                position)));
  }

  private static Optional<Issue.Position> position(@Nullable SqlParserPos position) {
    return position == null
        ? Optional.empty()
        : Optional.of(new Issue.Position(position.getLineNum(), position.getColumnNum()));
  }

  private static String firstLine(@Nullable String message) {
    return String.valueOf(message).lines().findFirst().orElse("");
  }
}
