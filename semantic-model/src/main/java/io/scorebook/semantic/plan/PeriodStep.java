package io.scorebook.semantic.plan;

import io.scorebook.semantic.expression.Expressions;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Metric;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeUtil;

/// The step from a period to the one that a period-over-period metric compares it with.
///
/// A day steps back by months to the same day of that month, or to its last where there is none.
final class PeriodStep {
  private final CompiledModel model;
  private final Expressions expressions;
  private final MetricQuery query;
  private final Dataset fact;
  private final Metric.Prior metric;

  PeriodStep(
      CompiledModel model,
      Expressions expressions,
      MetricQuery query,
      Dataset fact,
      Metric.Prior metric) {
    this.model = model;
    this.expressions = expressions;
    this.query = query;
    this.fact = fact;
    this.metric = metric;
  }

  /// The period that lies before the value of a key.
  ///
  /// @throws Refusal where the key has other periods
  RexNode back(MetricQuery.Key key, RexNode value) {
    Optional<Grain> unit = Grain.find(metric.unit());
    if (unit.isEmpty()) {
      if (!isCalendar(key.value()) || !SqlTypeUtil.isIntType(value.getType())) {
        throw refusal();
      }
      RexNode earlier =
          rex()
              .makeCall(
                  SqlStdOperatorTable.MINUS,
                  value,
                  rex().makeExactLiteral(BigDecimal.valueOf(metric.periods())));
      return rex().ensureType(value.getType(), earlier, true);
    }
    Grain grain = Grain.of(key.value()).orElseThrow(this::refusal);
    if (!unit.get().isMadeOf(grain)) {
      throw refusal();
    }
    return rex()
        .makeCall(
            value.getType(), SqlStdOperatorTable.MINUS_DATE, List.of(value, interval(unit.get())));
  }

  Refusal refusal() {
    List<String> needed = Requirements.periods(metric.time(), metric.unit());
    return new Refusal(
        Issue.Code.NOT_GROUPABLE,
        metric.name(),
        "Cannot tell the period before for '%s': group by just one period, %s"
            .formatted(metric.name(), String.join(" or ", needed)),
        needed);
  }

  private boolean isCalendar(RexNode key) {
    return key instanceof RexInputRef reference
        && model
            .dimension(fact, query.space().get(reference.getIndex()).name())
            .equals(model.dimension(fact, metric.unit()));
  }

  private RexNode interval(Grain unit) {
    return switch (unit) {
      case DAY -> days(metric.periods());
      case WEEK -> days(metric.periods() * 7L);
      case MONTH -> months(metric.periods());
      case QUARTER -> months(metric.periods() * 3L);
      case YEAR -> months(metric.periods() * 12L);
    };
  }

  private RexNode days(long count) {
    return rex()
        .makeIntervalLiteral(
            BigDecimal.valueOf(count * 86_400_000L),
            new SqlIntervalQualifier(TimeUnit.DAY, null, SqlParserPos.ZERO));
  }

  private RexNode months(long count) {
    return rex()
        .makeIntervalLiteral(
            BigDecimal.valueOf(count),
            new SqlIntervalQualifier(TimeUnit.MONTH, null, SqlParserPos.ZERO));
  }

  private RexBuilder rex() {
    return expressions.cluster().getRexBuilder();
  }
}
