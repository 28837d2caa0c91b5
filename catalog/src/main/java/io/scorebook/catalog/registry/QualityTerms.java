package io.scorebook.catalog.registry;

import io.scorebook.catalog.registry.Rule.Measure;
import io.scorebook.catalog.registry.Rule.Unit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Rules and levels of service as the Open Data Contract Standard writes them.
public final class QualityTerms {
  private QualityTerms() {}

  /// An item of a contract's `quality`. A rule about one column ([Rule#column]) belongs to that
  /// property, another to the table.
  public static Map<String, Object> of(Rule rule) {
    var plain = new LinkedHashMap<String, Object>();
    plain.put("name", rule.name());
    rule.description().ifPresent(words -> plain.put("description", words));
    switch (rule.measure()) {
      case Measure.RowCount _ -> library(plain, "rowCount", Unit.ROWS);
      case Measure.NullValues(_, Unit unit) -> library(plain, "nullValues", unit);
      case Measure.MissingValues(_, var missing, Unit unit) -> {
        library(plain, "missingValues", unit);
        plain.put("arguments", Map.of("missingValues", new ArrayList<@Nullable Object>(missing)));
      }
      case Measure.InvalidValues(_, var valid, var pattern, Unit unit) -> {
        library(plain, "invalidValues", unit);
        var arguments = new LinkedHashMap<String, Object>();
        if (!valid.isEmpty()) {
          arguments.put("validValues", valid);
        }
        pattern.ifPresent(text -> arguments.put("pattern", text));
        plain.put("arguments", arguments);
      }
      case Measure.DuplicateValues(var columns, Unit unit) -> {
        library(plain, "duplicateValues", unit);
        if (columns.size() > 1) {
          plain.put("arguments", Map.of("properties", columns));
        }
      }
      case Measure.Query(String sql) -> {
        plain.put("type", "sql");
        plain.put("query", sql);
      }
      case Measure.KpiValues kpi -> {
        plain.put("type", "custom");
        plain.put("engine", "scorebook");
        plain.put("implementation", implementation(kpi, rule.comparison()));
      }
    }
    if (!(rule.measure() instanceof Measure.KpiValues)) {
      plain.put(rule.comparison().key(), rule.comparison().value());
    }
    plain.put("severity", rule.severity().word());
    rule.dimension().ifPresent(dimension -> plain.put("dimension", dimension));
    rule.schedule()
        .ifPresent(schedule -> {
          plain.put("scheduler", schedule.scheduler());
          plain.put("schedule", schedule.text());
        });
    if (rule.stopsLoad()) {
      plain.put("customProperties", List.of(Map.of("property", "stopsLoad", "value", true)));
    }
    return plain;
  }

  private static void library(Map<String, Object> plain, String metric, Unit unit) {
    plain.put("type", "library");
    plain.put("metric", metric);
    if (!metric.equals("rowCount")) {
      plain.put("unit", unit.word());
    }
  }

  private static Map<String, Object> implementation(Measure.KpiValues kpi, Comparison comparison) {
    var plain = new LinkedHashMap<String, Object>();
    plain.put("metric", kpi.metric());
    plain.put("dimensions", kpi.dimensions());
    if (!kpi.filters().isEmpty()) {
      plain.put("filters", kpi.filters().stream().map(QualityTerms::filter).toList());
    }
    plain.put(comparison.key(), comparison.value());
    return plain;
  }

  private static Map<String, Object> filter(Port.Condition condition) {
    var plain = new LinkedHashMap<String, Object>();
    plain.put("field", condition.field());
    plain.put("op", condition.op());
    if (condition.op().equals("in") || condition.op().equals("notIn")) {
      plain.put("value", condition.values());
    } else if (!condition.values().isEmpty() && condition.values().getFirst() != null) {
      plain.put("value", condition.values().getFirst());
    }
    return plain;
  }

  /// An item of a contract's `slaProperties`.
  public static Map<String, Object> of(ServiceLevel level) {
    var plain = new LinkedHashMap<String, Object>();
    plain.put("id", level.name());
    plain.put("property", level.property());
    plain.put("value", level.value());
    level.unit().ifPresent(unit -> plain.put("unit", unit));
    level.element().ifPresent(element -> plain.put("element", element));
    level.driver().ifPresent(driver -> plain.put("driver", driver));
    level.description().ifPresent(words -> plain.put("description", words));
    return plain;
  }
}
