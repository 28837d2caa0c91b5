package io.scorebook.semantic.model;

import io.scorebook.documents.Location;
import java.lang.reflect.RecordComponent;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// What a metric has beside its head and its expressions: mode, entity, order and so on, by name.
///
/// They are read off the record, so that a setting that is added to a kind is seen by all who
/// compare metrics.
public final class Settings {
  private static final Set<String> OTHERS = Set.of("head", "expression", "then");

  private Settings() {}

  /// @param metric a metric, or another record that has its settings
  public static Map<String, Object> of(Object metric) {
    var settings = new LinkedHashMap<String, Object>();
    for (RecordComponent component : metric.getClass().getRecordComponents()) {
      if (!OTHERS.contains(component.getName()) && !component.getType().equals(Location.class)) {
        settings.put(component.getName(), value(component, metric));
      }
    }
    return Collections.unmodifiableMap(settings);
  }

  private static Object value(RecordComponent component, Object of) {
    try {
      var accessor = component.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(of);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a record of this module can be read", e);
    }
  }
}
