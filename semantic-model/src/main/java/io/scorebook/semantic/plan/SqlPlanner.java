package io.scorebook.semantic.plan;

import io.scorebook.documents.Suggestions;
import io.scorebook.semantic.expression.Expressions;
import io.scorebook.semantic.expression.Spelling;
import io.scorebook.semantic.expression.Sql;
import io.scorebook.semantic.expression.SqlWords;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.core.RepeatUnion;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.runtime.CalciteContextException;
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

  /// How many tables a message names.
  private static final int MOST_TABLES = 3;

  private final CompiledModel model;
  private final PublicSchema schema;

  SqlPlanner(CompiledModel model, PublicSchema schema) {
    this.model = model;
    this.schema = schema;
  }

  Plan plan(String sql) {
    Spelling spelling = Spelling.of(sql);
    SqlNode statement = parse(sql, spelling);
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
          Expressions.over(schema.root(), schema.defaultPath(), sources.cluster()).asked(statement);
    } catch (CalciteContextException e) {
      throw invalid(e, spelling);
    } catch (Refusal refusal) {
      throw refusal;
    } catch (StackOverflowError _) {
      throw tooDeep();
    } catch (RuntimeException | AssertionError e) {
      // Calcite says in many ways that it cannot do something.
      throw new Refusal(Issue.Code.UNSUPPORTED_SQL, meaning(e.getMessage()));
    }
    refuseUnknown(root.rel);
    RelNode rel = SqlSubQueries.join(new SqlExpansion(model, sources).expand(root.project()));
    List<String> names = Pair.right(root.fields);
    if (NoRows.in(rel)) {
      // Planned anew, so that no key of any table has to be looked at.
      rel = LogicalValues.createEmpty(AssumedKeys.planning(model).cluster(), rel.getRowType());
    }
    return Plans.bounded(Plans.of(rel, names, names.stream().map(_ -> Plan.Role.VALUE).toList()));
  }

  private SqlNode parse(String sql, Spelling spelling) {
    try {
      return MetricNames.alias(Sql.parseQuery(spelling));
    } catch (SqlParseException e) {
      if (e.getCause() instanceof StackOverflowError) {
        throw tooDeep();
      }
      throw new Refusal(
          List.of(
              new Issue(
                  Issue.Code.SYNTAX,
                  "Cannot parse the query: " + SqlWords.syntax(e.getMessage(), sql) + quoteHint(e),
                  Optional.empty(),
                  List.of(),
                  position(e.getPos(), spelling))));
    } catch (StackOverflowError _) {
      throw tooDeep();
    }
  }

  private static String meaning(@Nullable String message) {
    String words = SqlWords.meaning(message);
    return words.startsWith("Cannot ") ? words : "Cannot plan the query: " + words;
  }

  private static Refusal tooDeep() {
    return new Refusal(
        Issue.Code.UNSUPPORTED_SQL,
        "Cannot plan the query: it is nested too deep; take it apart with WITH");
  }

  /// What the parser reads and no engine here has.
  private static void refuseUnknown(RelNode rel) {
    String unknown =
        switch (rel) {
          case Uncollect _ -> "UNNEST";
          case RepeatUnion _ -> "WITH RECURSIVE";
          default -> "";
        };
    if (!unknown.isEmpty()) {
      throw new Refusal(
          Issue.Code.UNSUPPORTED_SQL,
          "Cannot use %s; there are tables, subqueries, WITH and VALUES".formatted(unknown));
    }
    rel.getInputs().forEach(SqlPlanner::refuseUnknown);
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

  private Refusal invalid(CalciteContextException e, Spelling spelling) {
    String message = firstLine(e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
    Optional<Issue.Position> position =
        e.getPosLine() > 0
            ? position(new SqlParserPos(e.getPosLine(), e.getPosColumn()), spelling)
            : Optional.empty();
    Optional<SqlWords.NoFunction> function = SqlWords.function(message);
    if (function.isPresent()) {
      return new Refusal(
          List.of(
              new Issue(
                  Issue.Code.UNSUPPORTED_SQL,
                  function.get().message(),
                  Optional.of(function.get().name()),
                  function.get().suggestions(),
                  position)));
    }
    Matcher unknown = UNKNOWN.matcher(message);
    if (!unknown.matches()) {
      return new Refusal(
          List.of(
              new Issue(
                  Issue.Code.UNSUPPORTED_SQL,
                  meaning(message),
                  Optional.empty(),
                  List.of(),
                  position)));
    }
    String name = unknown.group(1);
    Optional<String> gone = schema.findGone(name);
    if (gone.isPresent()) {
      return new Refusal(
          List.of(new Issue(Issue.Code.GONE, gone.get(), Optional.of(name), List.of(), position)));
    }
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
    // What stands in FROM here does not have it.
    List<String> elsewhere = isColumn ? tablesWith(name) : List.of();
    return new Refusal(
        List.of(
            new Issue(
                isColumn ? Issue.Code.UNKNOWN_DIMENSION : Issue.Code.UNKNOWN_TABLE,
                !elsewhere.isEmpty()
                    ? ("Cannot find column '%s' in what is read at this place; %s. Read that, or a"
                            + " subquery or a join that brings it along")
                        .formatted(name, have(elsewhere))
                    : "Cannot find %s '%s'; %s"
                        .formatted(
                            isColumn ? "column" : "table", name, Suggestions.clause(name, known)),
                Optional.of(name),
                !elsewhere.isEmpty() ? List.of() : Suggestions.similar(name, known),
                position)));
  }

  private List<String> tablesWith(String column) {
    return schema.descriptions().stream()
        .filter(
            table -> table.columns().stream().anyMatch(one -> one.name().equalsIgnoreCase(column)))
        .map(table -> table.schema() + "." + table.name())
        .toList();
  }

  private static String have(List<String> tables) {
    return tables.size() == 1
        ? tables.getFirst() + " has it"
        : String.join(", ", tables.subList(0, Math.min(MOST_TABLES, tables.size())))
            + (tables.size() > MOST_TABLES ? " and others have it" : " have it");
  }

  private static Optional<Issue.Position> position(
      @Nullable SqlParserPos position, Spelling spelling) {
    return Optional.ofNullable(position)
        .map(spelling::original)
        .map(place -> new Issue.Position(place.getLineNum(), place.getColumnNum()));
  }

  private static String firstLine(@Nullable String message) {
    return String.valueOf(message).lines().findFirst().orElse("");
  }
}
