package io.scorebook.semantic.model;

import io.scorebook.documents.Findings;
import io.scorebook.documents.Location;
import io.scorebook.documents.Suggestions;
import io.scorebook.documents.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads an Ossie expression and chooses the dialect that Scorebook speaks.
final class Expressions {
  /// The dialects that are read, the preferred first.
  private static final List<String> SPOKEN = List.of("OSSIE_SQL_2026", "ANSI_SQL");

  /// All dialects of the standard.
  private static final Set<String> DIALECTS =
      Set.of(
          "OSSIE_SQL_2026",
          "ANSI_SQL",
          "SNOWFLAKE",
          "MDX",
          "TABLEAU",
          "DATABRICKS",
          "MAQL",
          "BIGQUERY",
          "SIGMA",
          "THOUGHTSPOT",
          "DAX");

  private Expressions() {}

  /// An expression's text, and where it begins.
  record Sql(String text, Location location) {}

  /// The expression of a field or metric; the empty text (and a finding) where it has none.
  static Sql read(Value.Mapping thing, SourceText source, Findings findings) {
    var none = new Sql("", thing.locationOf("expression"));
    if (thing.find("expression").isEmpty()) {
      findings.error(thing.location(), "Cannot find the required 'expression'");
      return none;
    }
    return thing
        .findMapping("expression", findings)
        .map(expression -> choose(expression, none, source, findings))
        .orElse(none);
  }

  private static Sql choose(
      Value.Mapping expression, Sql none, SourceText source, Findings findings) {
    expression.allowOnly(Set.of("dialects"), findings);
    Map<String, Sql> written = new LinkedHashMap<>();
    List<Value.Mapping> dialects = expression.mappings("dialects", findings);
    for (Value.Mapping entry : dialects) {
      entry.allowOnly(Set.of("dialect", "expression"), findings);
      String dialect = entry.text("dialect", findings);
      String text = entry.text("expression", findings);
      if (!dialect.isEmpty() && !DIALECTS.contains(dialect)) {
        findings.error(
            entry.locationOf("dialect"),
            "Cannot find the dialect '%s'".formatted(dialect),
            Suggestions.clause(dialect, DIALECTS));
      }
      if (entry.find("expression").orElse(null) instanceof Value.Scalar scalar) {
        if (text.isBlank()) {
          findings.error(scalar.location(), "Invalid expression: it is empty");
        }
        if (written.putIfAbsent(dialect, new Sql(text, source.contentOf(scalar))) != null) {
          findings.error(
              entry.location(),
              "Cannot have two expressions in the dialect '%s'".formatted(dialect));
        }
      }
    }
    for (String dialect : SPOKEN) {
      Sql sql = written.get(dialect);
      if (sql != null) {
        return sql;
      }
    }
    if (dialects.isEmpty() || !written.isEmpty()) {
      findings.error(
          none.location(),
          written.isEmpty()
              ? "Cannot find an expression"
              : "Cannot read an expression in %s only"
                  .formatted(String.join(", ", written.keySet())),
          "write it in the dialect " + String.join(" or ", SPOKEN));
    }
    return none;
  }
}
