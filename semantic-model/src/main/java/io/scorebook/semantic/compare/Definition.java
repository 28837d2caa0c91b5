package io.scorebook.semantic.compare;

import io.scorebook.semantic.expression.NormalForm;
import io.scorebook.semantic.expression.Sql;
import io.scorebook.semantic.model.Metric;
import io.scorebook.semantic.model.Settings;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;

/// What a metric says by itself, without what its names mean.
final class Definition {
  private Definition() {}

  /// For reading: the expression, and the settings of its kind.
  static String of(Metric metric) {
    String expressions =
        expressions(metric).stream()
            .map(text -> text.strip().replaceAll("\\s+", " "))
            .collect(Collectors.joining(" then "));
    String kind = metric.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    String settings =
        Settings.of(metric).entrySet().stream()
            .filter(setting -> !isEmpty(setting.getValue()))
            .map(setting -> setting.getKey() + " " + shown(setting.getValue()))
            .collect(Collectors.joining(", "));
    return metric instanceof Metric.Expression
        ? expressions
        : "%s of %s (%s)".formatted(kind, expressions, settings);
  }

  /// For comparing: the same however it is written.
  static String normal(Metric metric) {
    return metric.getClass().getSimpleName()
        + Settings.of(metric).toString().toLowerCase(Locale.ROOT)
        + trees(metric).stream().map(NormalForm::of).toList();
  }

  /// The parsed expressions.
  static List<SqlNode> trees(Metric metric) {
    return expressions(metric).stream().map(Definition::parse).toList();
  }

  private static List<String> expressions(Metric metric) {
    return metric instanceof Metric.Conversion conversion
        ? List.of(conversion.expression(), conversion.then())
        : List.of(metric.expression());
  }

  private static SqlNode parse(String expression) {
    try {
      return Sql.parseExpression(expression);
    } catch (SqlParseException e) {
      throw new IllegalArgumentException("Invalid expression: " + expression, e);
    }
  }

  private static boolean isEmpty(Object value) {
    return value instanceof Collection<?> some && some.isEmpty()
        || value instanceof Optional<?> one && one.isEmpty();
  }

  private static String shown(Object value) {
    return switch (value) {
      case Optional<?> some -> some.map(Definition::shown).orElse("");
      case Enum<?> word -> Change.lower(word).replace('_', ' ');
      case Record record ->
          Settings.of(record).entrySet().stream()
              .map(Map.Entry::getValue)
              .map(Definition::shown)
              .collect(
                  Collectors.joining(
                      " ", "", " " + record.getClass().getSimpleName().toLowerCase(Locale.ROOT)));
      case Collection<?> list ->
          list.stream().map(Definition::shown).collect(Collectors.joining(", ", "[", "]"));
      default -> value.toString();
    };
  }
}
