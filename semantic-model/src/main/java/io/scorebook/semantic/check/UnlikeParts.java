package io.scorebook.semantic.check;

import io.scorebook.documents.Findings;
import io.scorebook.semantic.expression.Sql;
import io.scorebook.semantic.model.Metric;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/// Both parts of a ratio are of the same time. A total up to a day by what happened within a month
/// is a number without a meaning.
final class UnlikeParts implements Rule {
  @Override
  public void check(Subject subject, Findings findings) {
    for (Metric metric : subject.model().metrics()) {
      if (metric instanceof Metric.Expression) {
        subject
            .parse(metric)
            .tree()
            .ifPresent(
                tree -> ratios(tree).forEach(ratio -> check(subject, metric, ratio, findings)));
      }
    }
  }

  private static void check(Subject subject, Metric metric, SqlCall ratio, Findings findings) {
    if (metrics(subject, ratio.operand(0)).isEmpty()
        || metrics(subject, ratio.operand(1)).isEmpty()) {
      return; // by a constant, or by an aggregate of its own
    }
    Set<List<Object>> dividend = times(subject, ratio.operand(0));
    Set<List<Object>> divisor = times(subject, ratio.operand(1));
    if (!dividend.equals(divisor)) {
      findings.warning(
          Parsed.place(metric.expressionAt(), ratio.getParserPosition()),
          "Cannot compare the parts of metric '%s': %s, and %s"
              .formatted(
                  metric.name(), words("the dividend", dividend), words("the divisor", divisor)),
          "divide metrics that look at the same time");
    }
  }

  private static String words(String part, Set<List<Object>> times) {
    return times.isEmpty()
        ? part + " is of the period"
        : "%s is %s"
            .formatted(
                part,
                String.join(
                    " and ", times.stream().map(time -> time.getFirst().toString()).toList()));
  }

  private static List<SqlCall> ratios(SqlNode tree) {
    List<SqlCall> ratios = new ArrayList<>();
    tree.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public Void visit(SqlCall call) {
            if (Sql.isRatio(call)) {
              ratios.add(call);
            }
            return super.visit(call);
          }
        });
    return ratios;
  }

  /// The metrics that an operand names.
  private static List<Metric> metrics(Subject subject, SqlNode operand) {
    List<Metric> metrics = new ArrayList<>();
    operand.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public Void visit(SqlIdentifier name) {
            if (name.isSimple()) {
              subject.model().findMetric(name.getSimple()).ifPresent(metrics::add);
            }
            return null;
          }
        });
    return metrics;
  }

  /// How an operand looks along time, the kind first; empty where it is of the period itself.
  private static Set<List<Object>> times(Subject subject, SqlNode operand) {
    Set<List<Object>> times = new LinkedHashSet<>();
    metrics(subject, operand)
        .forEach(metric -> collect(subject, metric, times, new LinkedHashSet<>()));
    return times;
  }

  private static void collect(
      Subject subject, Metric metric, Set<List<Object>> times, Set<Metric> seen) {
    if (!seen.add(metric)) {
      return;
    }
    time(metric).ifPresent(times::add);
    if (metric instanceof Metric.Expression) {
      subject
          .parse(metric)
          .tree()
          .ifPresent(
              tree -> metrics(subject, tree).forEach(part -> collect(subject, part, times, seen)));
    }
  }

  private static Optional<List<Object>> time(Metric metric) {
    return switch (metric) {
      case Metric.Cumulative cumulative ->
          Optional.of(List.of("cumulative", cumulative.time(), cumulative.restart()));
      case Metric.SemiAdditive semi ->
          Optional.of(List.of("semi-additive", semi.time(), semi.take()));
      case Metric.Expression _,
          Metric.Streak _,
          Metric.Window _,
          Metric.Rolling _,
          Metric.Prior _,
          Metric.Fixed _,
          Metric.Nested _,
          Metric.Rank _,
          Metric.Conversion _ ->
          Optional.empty();
    };
  }
}
