package io.scorebook.catalog.registry;

import io.scorebook.catalog.registry.ServiceLevel.Kind;
import io.scorebook.documents.Findings;
import io.scorebook.documents.Suggestions;
import io.scorebook.documents.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads the levels of service of a port: the items of ODCS's `slaProperties`.
final class ServiceLevelReader {
  private static final Set<String> KEYS =
      Set.of(
          "id",
          "property",
          "value",
          "valueExt",
          "unit",
          "element",
          "driver",
          "description",
          "scheduler",
          "schedule");

  private static final Map<String, Kind> KINDS =
      Map.of(
          "freshness", Kind.FRESHNESS,
          "latency", Kind.FRESHNESS,
          "ly", Kind.FRESHNESS,
          "frequency", Kind.FREQUENCY,
          "fy", Kind.FREQUENCY,
          "retention", Kind.RETENTION,
          "re", Kind.RETENTION);

  /// What the standard lists, and nothing here can measure.
  private static final Set<String> STATED =
      Set.of(
          "availability",
          "throughput",
          "errorrate",
          "generalavailability",
          "endofsupport",
          "endoflife",
          "timeofavailability",
          "timetodetect",
          "timetonotify",
          "timetorepair");

  private static final Map<String, Duration> UNITS = units();

  private final Findings findings;

  ServiceLevelReader(Findings findings) {
    this.findings = findings;
  }

  List<ServiceLevel> read(List<Value> items) {
    var levels = new ArrayList<ServiceLevel>();
    var names = new HashSet<String>();
    for (Value item : items) {
      item.asMapping("service level", findings)
          .flatMap(this::read)
          .ifPresent(level -> {
            if (!names.add(level.name())) {
              findings.error(
                  level.location(),
                  "Cannot have two service levels '%s' of one output port".formatted(level.name()),
                  "give each an 'id' of its own");
            }
            levels.add(level);
          });
    }
    return levels;
  }

  private Optional<ServiceLevel> read(Value.Mapping item) {
    item.allowOnly(KEYS, findings);
    String property = item.text("property", findings);
    String id = item.findText("id", findings).orElse(property);
    Optional<String> unit = item.findText("unit", findings);
    Optional<String> element = item.findText("element", findings);
    Optional<String> driver = item.findText("driver", findings);
    Optional<String> description = item.findText("description", findings);
    Optional<Kind> kind = kind(item, property);
    for (String key : List.of("scheduler", "schedule", "valueExt")) {
      if (item.find(key).isPresent()) {
        findings.error(
            item.locationOf(key),
            "Cannot use '%s' of a service level: it is measured when it is asked for"
                .formatted(key),
            "leave it out; rules of quality have a schedule");
      }
    }
    Object value =
        item.find("value").orElse(null) instanceof Value.Scalar scalar ? scalar.toPlain() : null;
    if (value == null) {
      findings.error(
          item.locationOf("value"), "Invalid 'value': must be a text, a number or a boolean");
      return Optional.empty();
    }
    if (kind.isEmpty()) {
      return Optional.empty();
    }
    Optional<Duration> promised =
        kind.get() == Kind.STATED ? Optional.empty() : promised(item, value, unit);
    return Optional.of(
        new ServiceLevel(
            id,
            kind.get(),
            property,
            value,
            unit,
            element,
            promised,
            driver,
            description,
            item.location()));
  }

  private Optional<Kind> kind(Value.Mapping item, String property) {
    String word = property.toLowerCase(Locale.ROOT);
    if (KINDS.containsKey(word)) {
      return Optional.of(KINDS.get(word));
    }
    if (STATED.contains(word)) {
      return Optional.of(Kind.STATED);
    }
    if (!property.isEmpty()) {
      var known = new HashSet<>(KINDS.keySet());
      known.addAll(STATED);
      findings.error(
          item.locationOf("property"),
          "Cannot find the service level '%s'".formatted(property),
          Suggestions.clause(property, known));
    }
    return Optional.empty();
  }

  /// A number with its unit, or a text such as `PT24H`.
  private Optional<Duration> promised(Value.Mapping item, Object value, Optional<String> unit) {
    if (value instanceof String text && unit.isEmpty()) {
      return positive(item, value, duration(text));
    }
    Duration one = unit.map(word -> UNITS.get(word.toLowerCase(Locale.ROOT))).orElse(null);
    if (one == null) {
      findings.error(
          item.locationOf("unit"),
          unit.map("Cannot use the unit '%s'"::formatted).orElse("Cannot find the unit"),
          "write s, min, h, d, w or y (of 365 days)");
      return Optional.empty();
    }
    return positive(
        item,
        value,
        switch (value) {
          case BigInteger whole -> times(new BigDecimal(whole), one);
          case BigDecimal number -> times(number, one);
          default -> Optional.empty();
        });
  }

  private Optional<Duration> positive(
      Value.Mapping item, Object value, Optional<Duration> duration) {
    Optional<Duration> positive = duration.filter(Duration::isPositive);
    if (positive.isEmpty()) {
      findings.error(
          item.locationOf("value"),
          "Invalid value of a service level: '%s' is no time".formatted(value),
          "write a number above 0 with its unit, or a text such as PT24H");
    }
    return positive;
  }

  private static Optional<Duration> times(BigDecimal number, Duration one) {
    try {
      return Optional.of(
          Duration.ofMillis(
              number.multiply(BigDecimal.valueOf(one.toMillis())).toBigInteger().longValueExact()));
    } catch (ArithmeticException _) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> duration(String text) {
    try {
      return Optional.of(Duration.parse(text));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static Map<String, Duration> units() {
    var units = new java.util.HashMap<String, Duration>();
    List.of("s", "second", "seconds").forEach(word -> units.put(word, Duration.ofSeconds(1)));
    List.of("min", "minute", "minutes").forEach(word -> units.put(word, Duration.ofMinutes(1)));
    List.of("h", "hour", "hours").forEach(word -> units.put(word, Duration.ofHours(1)));
    List.of("d", "day", "days").forEach(word -> units.put(word, Duration.ofDays(1)));
    List.of("w", "week", "weeks").forEach(word -> units.put(word, Duration.ofDays(7)));
    List.of("y", "yr", "year", "years").forEach(word -> units.put(word, Duration.ofDays(365)));
    return Map.copyOf(units);
  }
}
