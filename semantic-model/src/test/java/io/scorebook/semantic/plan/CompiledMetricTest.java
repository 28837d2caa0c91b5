package io.scorebook.semantic.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.junit.jupiter.api.Test;

class CompiledMetricTest {
  /// Otherwise two gateways have two plans of one question, and explain it differently.
  @Test
  void leavesStandInTheOrderOfTheExpression() {
    var metrics = new CompiledModel(Basketball.MODEL, Basketball.tables()).metrics();
    assertThat(metrics.stream().filter(metric -> metric.leaves().size() > 1).count())
        .isGreaterThan(4);
    assertThat(metrics)
        .allSatisfy(
            metric -> assertThat(List.copyOf(metric.leaves().keySet())).isEqualTo(named(metric)));
  }

  private static List<String> named(CompiledMetric metric) {
    var names = new ArrayList<String>();
    metric
        .above()
        .accept(
            new SqlBasicVisitor<Void>() {
              @Override
              public Void visit(SqlIdentifier identifier) {
                names.add(identifier.getSimple());
                return null;
              }
            });
    return names.stream().distinct().toList();
  }
}
