package io.scorebook.gateway.wire;

import io.scorebook.catalog.quality.Measured;
import io.scorebook.catalog.registry.QualityTerms;
import io.scorebook.catalog.registry.Rule;
import io.scorebook.engine.answer.Provenance.Missed;
import io.scorebook.engine.domain.Domain.PublicPort;
import io.scorebook.engine.quality.LevelState;
import io.scorebook.engine.quality.PortStanding;
import io.scorebook.engine.quality.RuleState;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The quality of products as JSON tells it.
public final class QualityForm {
  private QualityForm() {}

  /// What a port promises, and how it stands.
  public static Map<String, Object> port(PublicPort port, PortStanding standing) {
    var plain = new LinkedHashMap<String, Object>();
    plain.put("product", port.product().name());
    plain.put("version", port.product().version().toString());
    plain.put("port", port.port().name());
    plain.put("state", Values.lower(standing.state()));
    plain.put("rules", standing.rules().stream().map(QualityForm::rule).toList());
    plain.put("levels", standing.levels().stream().map(QualityForm::level).toList());
    return plain;
  }

  private static Map<String, Object> rule(RuleState state) {
    Rule rule = state.rule().rule();
    var plain = new LinkedHashMap<String, Object>();
    plain.put("name", rule.name());
    rule.description().ifPresent(words -> plain.put("description", words));
    rule.column().ifPresent(column -> plain.put("column", column));
    plain.put("rule", rule.sentence());
    plain.put("severity", rule.severity().word());
    rule.schedule().ifPresent(schedule -> plain.put("schedule", schedule.text()));
    if (state.isHidden()) {
      plain.put("outcome", "hidden");
    } else if (state.measured().isEmpty()) {
      plain.put("outcome", "unknown");
    } else {
      put(plain, state.measured().get());
      plain.put("current", state.isCurrent());
    }
    return plain;
  }

  private static void put(Map<String, Object> plain, Measured measured) {
    plain.put("outcome", measured.outcome().word());
    measured.value().ifPresent(value -> plain.put("value", new BigDecimal(value)));
    measured.looked().ifPresent(looked -> plain.put("of", looked));
    measured.reason().ifPresent(reason -> plain.put("reason", reason));
    plain.put("measuredAt", measured.at().toString());
    plain.put("millis", measured.took().toMillis());
    plain.put("snapshots", measured.snapshots());
  }

  private static Map<String, Object> level(LevelState state) {
    Map<String, Object> plain = QualityTerms.of(state.level());
    plain.put("state", Values.lower(state.state()));
    state.level().promised().ifPresent(promised -> plain.put("promised", promised.toString()));
    state.measured().map(Duration::toString).ifPresent(age -> plain.put("measured", age));
    state.by().ifPresent(by -> plain.put("on", by));
    return plain;
  }

  /// What products miss, as answers tell it.
  public static List<Map<String, String>> missed(List<Missed> missed) {
    return missed.stream()
        .map(one -> {
          var plain = new LinkedHashMap<String, String>();
          plain.put("product", one.product());
          plain.put("version", one.version());
          plain.put("level", one.level());
          plain.put("name", one.name());
          plain.put("promised", one.promised());
          plain.put("measured", one.measured());
          return (Map<String, String>) plain;
        })
        .toList();
  }

  /// What a metric with a target came to on each load.
  public static Map<String, Object> history(String metric, List<Measured> history) {
    var plain = new LinkedHashMap<String, Object>();
    plain.put("metric", metric);
    plain.put(
        "history",
        history.stream()
            .map(measured -> {
              var one = new LinkedHashMap<String, Object>();
              one.put("model", measured.of());
              measured.value().ifPresent(value -> one.put("value", new BigDecimal(value)));
              one.put("target", measured.bound());
              one.put("onTarget", measured.outcome() == Measured.Outcome.PASSED);
              one.put("measuredAt", measured.at().toString());
              one.put("snapshots", measured.snapshots());
              return one;
            })
            .toList());
    return plain;
  }
}
