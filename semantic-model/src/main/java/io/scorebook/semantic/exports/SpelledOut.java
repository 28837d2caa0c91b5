package io.scorebook.semantic.exports;

import io.scorebook.semantic.expression.Sql;
import io.scorebook.semantic.model.Metric;
import io.scorebook.semantic.model.SemanticModel;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/// Metrics of metrics with the others' expressions in their place.
final class SpelledOut {
  /// A text, a quoted name, a name with its qualifier, a function, or a bare name.
  private static final Pattern NAMES =
      Pattern.compile(
          "'[^']*'|\"[^\"]*\"|[A-Za-z_]\\w*\\s*\\.\\s*\\w+"
              + "|[A-Za-z_]\\w*\\s*\\(|[A-Za-z_]\\w*");

  private final SemanticModel model;

  SpelledOut(SemanticModel model) {
    this.model = model;
  }

  boolean isOfMetrics(Metric metric) {
    return names(metric).stream().anyMatch(name -> name.indexOf('.') < 0);
  }

  /// The expression without other metrics' names; empty where some need an extension, or where they
  /// are of several datasets, of which one expression would mean something else.
  Optional<String> expression(Metric metric) {
    if (!isOfMetrics(metric)) {
      return Optional.empty();
    }
    var datasets = new HashSet<String>();
    return spell(metric, datasets, 0).filter(_ -> datasets.size() == 1);
  }

  private Optional<String> spell(Metric metric, Set<String> datasets, int depth) {
    if (!(metric instanceof Metric.Expression) || depth > 50) {
      return Optional.empty();
    }
    names(metric).stream()
        .filter(name -> name.indexOf('.') > 0)
        .map(name -> name.substring(0, name.indexOf('.')).toLowerCase(Locale.ROOT))
        .forEach(datasets::add);
    Matcher found = NAMES.matcher(metric.expression());
    var text = new StringBuilder();
    while (found.find()) {
      String word = found.group();
      Optional<Metric> other =
          word.endsWith("(") ? Optional.empty() : model.findMetric(word.strip());
      if (other.isPresent()) {
        Optional<String> inner = spell(other.get(), datasets, depth + 1);
        if (inner.isEmpty()) {
          return Optional.empty();
        }
        found.appendReplacement(text, Matcher.quoteReplacement("(" + inner.get() + ")"));
      }
    }
    found.appendTail(text);
    return Optional.of(text.toString().strip());
  }

  private static Set<String> names(Metric metric) {
    var names = new HashSet<String>();
    try {
      Sql.parseExpression(metric.expression())
          .accept(
              new SqlBasicVisitor<Void>() {
                @Override
                public Void visit(SqlIdentifier name) {
                  if (!name.isStar()) {
                    names.add(name.toString());
                  }
                  return null;
                }
              });
    } catch (SqlParseException e) {
      throw new IllegalArgumentException("Invalid expression: " + metric.expression(), e);
    }
    return names;
  }
}
